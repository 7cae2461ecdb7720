-- The record of the receiver's system that a delivery became: its id there, and where people find it. Null for most.
alter table delivery add column external_id text collate "C";
alter table delivery add column external_url text;
