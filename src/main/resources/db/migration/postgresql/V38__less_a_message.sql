-- The first attempt of a delivery, which nearly always is the only one; later ones are rows of attempt, as are all of those
-- that earlier versions wrote. Null: there was none, it is kept no longer, or it is a row of attempt.
alter table delivery add column first_at bigint;
alter table delivery add column first_ms bigint;
alter table delivery add column first_success integer;
alter table delivery add column first_class text;
alter table delivery add column first_status integer;
alter table delivery add column first_error text;
alter table delivery add column first_body text; -- the first 2 KiB of the answer
alter table delivery add column first_step_error text;
alter table delivery add column first_location text;

-- The deliveries of a tenant are merged from those of its targets, and a recipient is looked for among the newest messages.
drop index delivery_of_tenant;
drop index message_of_recipient;

-- The deliveries that a message has from its acceptance on, a line for each, until they have rows of their own. Null: none,
-- or all of them got their rows with it.
alter table message add column plan text;
-- The last message up to which all have.
insert into meta (name, value) select 'deliveries/written', cast(coalesce(max(seq), 0) as text) from message;
