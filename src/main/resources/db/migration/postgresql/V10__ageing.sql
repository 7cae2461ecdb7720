-- When a form of a rule ended; null: it stands, or it ended before this was noted.
alter table rule add column ended_at bigint;
-- Whether a message was held against a version of the rules. Tenants without rules pay nothing for it.
create index message_of_rules on message (tenant_id, rule_version) where rule_version is not null;
create index audit_by_age on audit (at, seq);
