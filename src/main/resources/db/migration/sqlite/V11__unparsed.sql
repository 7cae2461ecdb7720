-- The request that nobody understood, as JSON, of a message that is flagged so; null of every other.
alter table message add column raw text;
