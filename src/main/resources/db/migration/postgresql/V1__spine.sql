-- The twin of sqlite/V1__spine.sql, table by table.
-- Ids and keys are compared byte by byte, as SQLite does, whatever locale the database was made with: ranges of ids,
-- cursors of lists and the sharing of a prefix depend on it. Hence collate "C".
-- Times are milliseconds since the epoch, UTC. Secrets are AES-GCM boxes, keys are SHA-256 hashes.

create table meta (
    name  text primary key,
    value text not null
);

create table tenant (
    id               text collate "C" primary key,
    name             text not null,
    allowed_networks text not null, -- CIDRs, separated by a space
    created_at       bigint not null
);

-- Every key that opens a door: API keys, device tokens, the operator's.
create table credential (
    hash       bytea primary key, -- SHA-256 of the key
    id         text collate "C" not null unique,
    kind       text not null check (kind in ('tenant', 'device', 'operator')),
    tenant_id  text collate "C",
    device_id  text collate "C",
    name       text not null,
    created_at bigint not null
);

create table device (
    id          text collate "C" primary key,
    tenant_id   text collate "C" not null,
    name        text not null,
    number      text,
    sims        text not null, -- JSON object: SIM slot to number
    adapter     text,
    signing_key bytea,
    outbox      integer not null,
    manage      integer not null,
    created_at  bigint not null
);
create index device_of_tenant on device (tenant_id, created_at, id);

-- The forward-all webhook and the connections. A deleted one stays as a name for its old deliveries.
create table target (
    id              text collate "C" primary key,
    tenant_id       text collate "C" not null,
    type            text not null check (type in ('webhook', 'connection')),
    name            text not null,
    connector       text not null,
    url             text,
    enabled         integer not null,
    status          text not null check (status in ('active', 'paused', 'disabled')),
    status_reason   text,
    secret          bytea,
    previous_secret bytea,
    previous_until  bigint,
    predicate       text, -- JSON, as given
    properties      text not null, -- JSON object
    redelivery      text not null, -- JSON object
    concurrency     integer not null,
    rate_per_second double precision,
    ordered         integer not null,
    created_at      bigint not null,
    updated_at      bigint not null,
    deleted_at      bigint
);
create index target_of_tenant on target (tenant_id, created_at, id);

create table message (
    seq             bigint generated always as identity primary key, -- in the order of acceptance
    id              text collate "C" not null unique, -- derived: a repeat of a capture has the same
    tenant_id       text collate "C" not null,
    tenant_name     text not null, -- as it was when accepted: part of the signed body
    device_id       text collate "C" not null,
    phone_id        text collate "C",
    sender          text not null,
    sender_key      text collate "C" not null, -- for comparison: digits, or the lower-cased name
    recipient       text,
    recipient_key   text collate "C",
    text            text not null,
    ref             text,
    sim             integer,
    received_at     bigint not null,
    accepted_at     bigint not null,
    flags           integer not null,
    matched_rule_id text collate "C",
    evaluation      text    -- JSON
);
create index message_of_tenant on message (tenant_id, accepted_at);
create index message_of_sender on message (tenant_id, sender_key, accepted_at);

create table delivery (
    id           text collate "C" primary key, -- begins with its time, so that new rows come last
    message_seq  bigint not null,
    tenant_id    text collate "C" not null,
    target_id    text collate "C" not null,
    action_id    text collate "C" not null, -- '' for the mirror
    rule_id      text collate "C",             -- what the body names as matchedRuleId
    state        integer not null, -- 0 pending, 1 delivered, 2 failed, 3 skipped; held is derived
    reason       text,
    attempts     integer not null,
    granted_from integer not null, -- attempts made before the last replay: the policy counts from here
    next_at      bigint not null, -- when it is due, while pending
    created_at   bigint not null,
    finished_at  bigint
);
create unique index delivery_of_message on delivery (message_seq, target_id, action_id);
create index delivery_of_tenant on delivery (tenant_id, id);
create index delivery_of_target on delivery (target_id, id);
create index delivery_due on delivery (target_id, next_at, id) where state = 0;
create index delivery_unsuccessful on delivery (tenant_id, state, id) where state > 1;

create table attempt (
    delivery_id   text collate "C" not null,
    n             integer not null,
    at            bigint not null,
    duration_ms   bigint not null,
    success       integer not null,
    error_class   text,
    http_status   integer,
    error         text,
    response_body text, -- the first 2 KiB
    primary key (delivery_id, n)
);

create table audit (
    seq       bigint generated always as identity primary key,
    tenant_id text collate "C", -- null: the operator's own doing
    at        bigint not null,
    actor     text not null,
    action    text not null,
    subject   text not null,
    detail    text
);
create index audit_of_tenant on audit (tenant_id, at);
