-- Long work, done in steps: replays, discards and the like. Names ids and counts only, no number and no text of an SMS.
create table job (
    id         text primary key, -- begins with its time
    tenant_id  text,             -- null: the bridge's own
    kind       text    not null,
    work       text    not null, -- JSON: what is to be done
    place      text,             -- JSON: how far it has come; null: not begun
    done       integer not null,
    total      integer,          -- null: not known beforehand
    state      integer not null, -- 0 open, 1 done, 2 cancelled, 3 failed
    result     text,             -- JSON
    error      text,
    created_at integer not null,
    started_at integer,
    ended_at   integer
) strict, without rowid;
create index job_of_tenant on job (tenant_id, id);
create index job_open on job (tenant_id, kind) where state = 0;
create index job_ended on job (ended_at, id) where state > 0;

insert into job (id, tenant_id, kind, work, place, done, state, created_at, started_at)
select 'job_' || substr(id, 5), tenant_id, 'replay',
    json_object('state', state, 'target', target_id, 'since', since, 'until', until, 'endedBy', as_of),
    json_quote(after_id), 0, 0, as_of, as_of
from replay;

insert into job (id, tenant_id, kind, work, done, state, created_at)
select 'job_0' || lower(hex(randomblob(12))), t.tenant_id, 'discard',
    json_object('device', nullif(d.device_id, ''), 'targets', json_array(d.target_id)), 0, 0, 0
from discard d join target t on t.id = d.target_id;

drop table replay;
drop table discard;

-- Keys of this store's own, each a box of the vault.
create table hash_key (
    id     text primary key,
    sealed blob not null
) strict, without rowid;

-- Numbers that had said STOP and were erased since, as hashes under such a key: they still get nothing.
create table erased_opt_out (
    tenant_id   text    not null,
    number_hash text    not null,
    at          integer not null,
    primary key (tenant_id, number_hash)
) strict, without rowid;

-- Earlier versions wrote the number whose opt-out a person took back.
create index audit_of_number on audit (tenant_id, subject) where action = 'opt-out.delete';
