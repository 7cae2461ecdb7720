-- What the tenant attached to its things, JSON objects of texts; null: nothing.
alter table device add column metadata text;
alter table target add column metadata text;
alter table outgoing add column metadata text;

-- What bodies have beyond the contract, and the header of their signature; null: as the contract says.
alter table target add column payload_include text;
alter table target add column signature_header text;
alter table delivery add column carried text; -- JSON object: what its body has beside the message

-- Whose turn it is at a phone: 0 an automatic reply, 1 an SMS of the tenant, 2 one of many.
alter table outgoing add column turn integer not null default 0;
-- When it is to be sent; null: at once.
alter table outgoing add column send_at integer;
-- 1: its time has not come, and no phone looks at it.
alter table outgoing add column held integer not null default 0;
update outgoing set turn = 1 where delivery_id is null and status < 2;

drop index outgoing_of_device;
create index outgoing_of_device on outgoing (device_id, held, turn, id) where status < 2;
create index outgoing_held on outgoing (due_at) where held = 1 and status < 2;
