-- How long a phone may be silent, in milliseconds; null: as the setting says.
alter table device add column silent_after integer;

-- When the phone last called, known to the minute after a crash; null: never. Since when it counts as silent; null: it does not.
alter table device add column last_seen_at integer;
alter table device add column silent_since integer;
alter table device add column heartbeat text; -- JSON: what it last said of itself; null: nothing

-- The links by which phones are paired, one for a device at most.
create table pairing (
    id         text not null primary key, -- of the device
    tenant_id  text not null,
    code_hash  text not null,
    token      blob, -- sealed; null once it was given out
    expires_at integer not null,
    used_at    integer -- null: nobody has used it
) strict, without rowid;
create index pairing_of_tenant on pairing (tenant_id);
