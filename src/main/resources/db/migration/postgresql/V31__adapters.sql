-- What the pairing says about an app beside its name.
alter table device add column template integer not null default 0; -- 1: it sends its own rendering of an SMS
alter table device add column mapping text; -- JSON: where the fields stand; null: at the usual names

-- The id under which an app or provider speaks of an SMS that it was given; null: the bridge's own.
alter table outgoing add column app_id text collate "C";
create index outgoing_of_app on outgoing (device_id, app_id) where app_id is not null;

-- Parts of long SMS that come one by one. A part stays for some days after its SMS was passed on, without its text, so
-- that it is known when it comes again.
create table sms_part (
    seq        bigint generated always as identity primary key,
    tenant_id  text collate "C" not null,
    device_id  text collate "C" not null,
    sms_id     text collate "C" not null, -- what its parts share; begins with the time of the first
    sender     text collate "C" not null, -- as the gateway writes it
    sender_key text collate "C" not null, -- for comparison: digits
    ref        text collate "C" not null, -- of the sender's network; used again for other SMS
    total      integer not null,
    number     integer not null, -- from 1
    part_id    text collate "C" not null, -- the gateway's own, or one derived from sender and text
    content    text,             -- JSON; null once the SMS was passed on
    came_at    bigint  not null,
    unique (sms_id, number)
);
create index sms_part_of_sms on sms_part (device_id, sender, ref, total);
create index sms_part_waiting on sms_part (sms_id, came_at) where content is not null;
create index sms_part_waiting_of_device on sms_part (device_id) where content is not null;
create index sms_part_from_number on sms_part (tenant_id, sender_key);
create index sms_part_by_age on sms_part (came_at, seq);
