-- How a device sends: JSON, sealed, because it has passwords in it. Null: the phone fetches.
alter table device add column transport blob;

-- SMS on their way to a customer: automatic replies, and what the tenant sends.
create table outgoing (
    id              text primary key, -- begins with its time; a reply's is derived from its delivery's
    tenant_id       text    not null,
    device_id       text    not null, -- the one that sends it
    delivery_id     text,             -- of the reply; null: the tenant sent it
    granted_from    integer not null, -- of that delivery: a replay is another SMS
    idempotency_key text,
    request_hash    text,             -- of what came with that key
    recipient       text    not null,
    recipient_key   text    not null, -- for comparison: digits
    text            text    not null,
    ref             text,
    ref_until       integer,          -- until then an answer carries the ref
    sim             integer,
    status          integer not null, -- 0 queued, 1 leased, 2 sent, 3 delivered, 4 failed, 5 expired
    error           text,
    leases          integer not null, -- how often a phone fetched it
    pushes          integer not null, -- how often it was pushed
    due_at          integer not null, -- while unfinished: when it may be taken, again
    expires_at      integer not null,
    created_at      integer not null,
    updated_at      integer not null
) strict, without rowid;
create index outgoing_of_tenant on outgoing (tenant_id, id);
create index outgoing_to_number on outgoing (tenant_id, recipient_key, created_at);
create index outgoing_of_delivery on outgoing (delivery_id, granted_from) where delivery_id is not null;
create unique index outgoing_of_key on outgoing (tenant_id, idempotency_key) where idempotency_key is not null;
create index outgoing_of_device on outgoing (device_id, id) where status < 2;
create index outgoing_due on outgoing (due_at) where status < 2;
create index outgoing_expiring on outgoing (expires_at) where status < 2;
create index outgoing_with_ref on outgoing (ref_until) where ref_until is not null;

-- Numbers that said STOP, until they say START.
create table opt_out (
    seq        integer primary key,
    tenant_id  text    not null,
    number     text    not null, -- as it was written
    number_key text    not null,
    message_id text    not null, -- the message that said it
    at         integer not null,
    unique (tenant_id, number_key)
) strict;
