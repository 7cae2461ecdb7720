-- Counts the changes of a row: its ETag, by which somebody who changes it can tell that nobody else has meanwhile.
-- Rules have since_version.
alter table target add column version integer not null default 1;
alter table device add column version integer not null default 1;
alter table tenant add column version integer not null default 1;

-- Deleting a key or a device looks for the other keys of the same owner, on the writer.
create index credential_of_tenant on credential (tenant_id, id);
create index credential_of_device on credential (device_id);
