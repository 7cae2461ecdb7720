-- Times are milliseconds since the epoch, UTC. Secrets are AES-GCM boxes, keys are SHA-256 hashes.

create table meta (
    name  text primary key,
    value text not null
) strict, without rowid;

create table tenant (
    id               text primary key,
    name             text    not null,
    allowed_networks text    not null, -- CIDRs, separated by a space
    created_at       integer not null
) strict, without rowid;

-- Every key that opens a door: API keys, device tokens, the operator's.
create table credential (
    hash       blob primary key, -- SHA-256 of the key
    id         text    not null unique,
    kind       text    not null check (kind in ('tenant', 'device', 'operator')),
    tenant_id  text,
    device_id  text,
    name       text    not null,
    created_at integer not null
) strict, without rowid;

create table device (
    id          text primary key,
    tenant_id   text    not null,
    name        text    not null,
    number      text,
    sims        text    not null, -- JSON object: SIM slot to number
    adapter     text,
    signing_key blob,
    outbox      integer not null,
    manage      integer not null,
    created_at  integer not null
) strict, without rowid;
create index device_of_tenant on device (tenant_id, created_at, id);

-- The forward-all webhook and the connections. A deleted one stays as a name for its old deliveries.
create table target (
    id              text primary key,
    tenant_id       text    not null,
    type            text    not null check (type in ('webhook', 'connection')),
    name            text    not null,
    connector       text    not null,
    url             text,
    enabled         integer not null,
    status          text    not null check (status in ('active', 'paused', 'disabled')),
    status_reason   text,
    secret          blob,
    previous_secret blob,
    previous_until  integer,
    predicate       text, -- JSON, as given
    properties      text    not null, -- JSON object
    redelivery      text    not null, -- JSON object
    concurrency     integer not null,
    rate_per_second real,
    ordered         integer not null,
    created_at      integer not null,
    updated_at      integer not null,
    deleted_at      integer
) strict, without rowid;
create index target_of_tenant on target (tenant_id, created_at, id);

create table message (
    seq             integer primary key, -- in the order of acceptance
    id              text    not null unique, -- derived: a repeat of a capture has the same
    tenant_id       text    not null,
    tenant_name     text    not null, -- as it was when accepted: part of the signed body
    device_id       text    not null,
    phone_id        text,
    sender          text    not null,
    sender_key      text    not null, -- for comparison: digits, or the lower-cased name
    recipient       text,
    recipient_key   text,
    text            text    not null,
    ref             text,
    sim             integer,
    received_at     integer not null,
    accepted_at     integer not null,
    flags           integer not null,
    matched_rule_id text,
    evaluation      text    -- JSON
) strict;
create index message_of_tenant on message (tenant_id, accepted_at);
create index message_of_sender on message (tenant_id, sender_key, accepted_at);

create table delivery (
    id           text primary key, -- begins with its time, so that new rows come last
    message_seq  integer not null,
    tenant_id    text    not null,
    target_id    text    not null,
    action_id    text    not null, -- '' for the mirror
    rule_id      text,             -- what the body names as matchedRuleId
    state        integer not null, -- 0 pending, 1 delivered, 2 failed, 3 skipped; held is derived
    reason       text,
    attempts     integer not null,
    granted_from integer not null, -- attempts made before the last replay: the policy counts from here
    next_at      integer not null, -- when it is due, while pending
    created_at   integer not null,
    finished_at  integer
) strict, without rowid;
create unique index delivery_of_message on delivery (message_seq, target_id, action_id);
create index delivery_of_tenant on delivery (tenant_id, id);
create index delivery_of_target on delivery (target_id, id);
create index delivery_due on delivery (target_id, next_at, id) where state = 0;
create index delivery_unsuccessful on delivery (tenant_id, state, id) where state > 1;

create table attempt (
    delivery_id   text    not null,
    n             integer not null,
    at            integer not null,
    duration_ms   integer not null,
    success       integer not null,
    error_class   text,
    http_status   integer,
    error         text,
    response_body text, -- the first 2 KiB
    primary key (delivery_id, n)
) strict, without rowid;

create table audit (
    seq       integer primary key,
    tenant_id text, -- null: the operator's own doing
    at        integer not null,
    actor     text    not null,
    action    text    not null,
    subject   text    not null,
    detail    text
) strict;
create index audit_of_tenant on audit (tenant_id, at);
