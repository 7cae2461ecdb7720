-- Which types of targets there are is the code's to say. The check goes with the column that it is part of.
alter table target rename column type to checked_type;
alter table target add column type text not null default '';
update target set type = checked_type;
alter table target drop column checked_type;

-- How old an undelivered message may get before it is not worth sending, in ms.
alter table target add column expires_after integer;

-- A target that fails: since when there was no success. Gone with the next one.
create table target_health (
    target_id     text primary key,
    failing_since integer not null
) strict, without rowid;

-- What is sent, where it is not the message itself; an event that no message stands behind has message_seq 0.
alter table delivery add column payload text;
alter table delivery add column event text;
-- When it was last asked for: its age counts from there. Null: as old as the row.
alter table delivery add column granted_at integer;
-- The sender, in a lane that keeps order. At most one of a sender's is due; the others are never due until then.
alter table delivery add column order_key text;
create index delivery_in_order on delivery (target_id, order_key, next_at, message_seq) where state = 0 and order_key is not null;
create index delivery_unsuccessful_of_target on delivery (target_id, state, id) where state > 1;

create index message_of_recipient on message (tenant_id, recipient_key, accepted_at);

-- Replays under way: each goes on from where it is, also after a crash.
create table replay (
    id         text primary key,
    tenant_id  text    not null,
    state      integer not null, -- of the deliveries that are sent again
    target_id  text,
    since      integer,
    until      integer,
    as_of      integer not null, -- what ended later is not meant
    after_id   text    not null
) strict, without rowid;
