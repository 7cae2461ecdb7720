-- The limits of a tenant's API key: its scopes, separated by spaces, and when it ends; null: never. Null for other keys.
alter table credential add column scopes text;
alter table credential add column expires_at bigint;
update credential set scopes = 'everything' where kind = 'tenant';

-- When it was last used, known to the minute after a crash; null: never.
alter table credential add column last_used_at bigint;
alter table credential add column version bigint not null default 1;
