-- What happened, counted by hour. Begins with this version; ids and numbers only.
create table hourly (
    tenant_id text collate "C" not null,
    target_id text collate "C" not null, -- '' for all of the tenant
    hour      bigint  not null, -- since 1970
    received  bigint  not null, -- messages; of the tenant alone
    failed    bigint  not null, -- deliveries that ended in that hour
    skipped   bigint  not null,
    latencies text    not null, -- those that were delivered, by how long it took
    primary key (tenant_id, target_id, hour)
);
create index hourly_by_age on hourly (hour, tenant_id, target_id);

-- What was counted in the last seconds and is not in hourly yet.
create table tally (
    seq       bigint generated always as identity primary key,
    tenant_id text collate "C" not null,
    hour      bigint  not null,
    counts    text    not null
);

-- The last message that was counted.
insert into meta (name, value) select 'stats/message', cast(coalesce(max(seq), 0) as text) from message;
