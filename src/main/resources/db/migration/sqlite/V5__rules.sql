-- A tenant's rules in every form they ever had: version n of them are the rows with since_version <= n < until_version.
create table rule (
    id            text    not null,
    since_version integer not null,
    until_version integer, -- null: it stands
    tenant_id     text    not null,
    name          text    not null,
    enabled       integer not null,
    priority      integer not null,
    predicate     text, -- JSON, as given; null matches everything
    actions       text    not null, -- JSON list, without secrets: those are the targets'
    continues     integer not null,
    created_at    integer not null,
    updated_at    integer not null,
    primary key (id, since_version)
) strict, without rowid;
create index rule_of_tenant on rule (tenant_id, since_version);

-- Counts a tenant's changes of rules.
create table rule_version (
    tenant_id text primary key,
    version   integer not null
) strict, without rowid;

-- The version that a message was held against; null: its tenant had no rules. What it came to follows from both.
alter table message add column rule_version integer;
alter table message drop column evaluation;
