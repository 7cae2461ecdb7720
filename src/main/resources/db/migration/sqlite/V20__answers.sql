-- Which answers of a receiver count as success: JSON; null: a 2xx.
alter table target add column answers text;

-- Where a redirect leads to, which is never followed; without what may hold a secret.
alter table attempt add column location text;
