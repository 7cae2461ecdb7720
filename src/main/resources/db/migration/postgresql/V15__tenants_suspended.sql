-- The service that a tenant gets, and since when; null: since it was made.
alter table tenant add column status text not null default 'active';
alter table tenant add column status_since bigint;

-- The network address that a change was asked for from; null: from before this was noted.
alter table audit add column address text;
create index audit_of_operator on audit (seq) where actor = 'operator';

-- A query often holds a secret; from now on none is written down.
update audit set detail = left(detail, strpos(detail, '?')) || '…'
where strpos(detail, '?') > 0 and (detail like 'http://%' or detail like 'https://%');
