-- Long work, done in steps: replays, discards and the like. Names ids and counts only, no number and no text of an SMS.
create table job (
    id         text collate "C" primary key, -- begins with its time
    tenant_id  text collate "C",             -- null: the bridge's own
    kind       text collate "C" not null,
    work       text   not null, -- JSON: what is to be done
    place      text,            -- JSON: how far it has come; null: not begun
    done       bigint not null,
    total      bigint,          -- null: not known beforehand
    state      bigint not null, -- 0 open, 1 done, 2 cancelled, 3 failed
    result     text,            -- JSON
    error      text,
    created_at bigint not null,
    started_at bigint,
    ended_at   bigint
);
create index job_of_tenant on job (tenant_id, id);
create index job_open on job (tenant_id, kind) where state = 0;
create index job_ended on job (ended_at, id) where state > 0;

insert into job (id, tenant_id, kind, work, place, done, state, created_at, started_at)
select 'job_' || substr(id, 5), tenant_id, 'replay',
    json_build_object('state', state, 'target', target_id, 'since', since, 'until', until, 'endedBy', as_of)::text,
    to_json(after_id)::text, 0, 0, as_of, as_of
from replay;

insert into job (id, tenant_id, kind, work, done, state, created_at)
select 'job_0' || substr(md5(d.target_id || ' ' || d.device_id), 1, 24), t.tenant_id, 'discard',
    json_build_object('device', nullif(d.device_id, ''), 'targets', json_build_array(d.target_id))::text, 0, 0, 0
from discard d join target t on t.id = d.target_id;

drop table replay;
drop table discard;

-- Keys of this store's own, each a box of the vault.
create table hash_key (
    id     text collate "C" primary key,
    sealed bytea not null
);

-- Numbers that had said STOP and were erased since, as hashes under such a key: they still get nothing.
create table erased_opt_out (
    tenant_id   text collate "C" not null,
    number_hash text collate "C" not null,
    at          bigint not null,
    primary key (tenant_id, number_hash)
);

-- Earlier versions wrote the number whose opt-out a person took back.
alter table audit alter column subject type text collate "C";
create index audit_of_number on audit (tenant_id, subject) where action = 'opt-out.delete';
