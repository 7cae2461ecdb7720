-- Whose turn it is at a phone: 0 an automatic reply, 1 an SMS of the tenant, 2 one of many.
alter table outgoing add column turn integer not null default 0;
-- When it is to be sent; null: at once.
alter table outgoing add column send_at integer;
-- 1: its time has not come, and no phone looks at it.
alter table outgoing add column held integer not null default 0;
alter table outgoing add column metadata text; -- JSON object
update outgoing set turn = 1 where delivery_id is null and status < 2;

drop index outgoing_of_device;
create index outgoing_of_device on outgoing (device_id, held, turn, id) where status < 2;
create index outgoing_held on outgoing (due_at) where held = 1 and status < 2;
