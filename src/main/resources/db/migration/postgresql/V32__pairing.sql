-- How long a phone may be silent, in milliseconds; null: as the setting says.
alter table device add column silent_after bigint;

-- When the phone last called, known to the minute after a crash; null: never. Since when it counts as silent; null: it does not.
alter table device add column last_seen_at bigint;
alter table device add column silent_since bigint;
alter table device add column heartbeat text; -- JSON: what it last said of itself; null: nothing

-- The links by which phones are paired, one for a device at most.
create table pairing (
    id         text collate "C" not null primary key, -- of the device
    tenant_id  text collate "C" not null,
    code_hash  text collate "C" not null,
    token      bytea, -- sealed; null once it was given out
    expires_at bigint not null,
    used_at    bigint -- null: nobody has used it
);
create index pairing_of_tenant on pairing (tenant_id);
