-- The first attempt of a delivery, which nearly always is the only one; later ones are rows of attempt, as are all of those
-- that earlier versions wrote. Null: there was none, it is kept no longer, or it is a row of attempt.
-- Written into the schema by hand, because SQLite looks through all rows of a strict table for each column that is added.
-- Columns at the end that may be null change nothing of the rows.
pragma writable_schema = on;
update sqlite_schema set sql = replace(sql, ') strict, without rowid', ',
    first_at integer,
    first_ms integer,
    first_success integer,
    first_class text,
    first_status integer,
    first_error text,
    first_body text, -- the first 2 KiB of the answer
    first_step_error text,
    first_location text
) strict, without rowid')
where type = 'table' and name = 'delivery';
pragma writable_schema = reset;

-- The deliveries of a tenant are merged from those of its targets, and a recipient is looked for among the newest messages.
drop index delivery_of_tenant;
drop index message_of_recipient;

-- The deliveries that a message has from its acceptance on, a line for each, until they have rows of their own. Null: none,
-- or all of them got their rows with it.
alter table message add column plan text;
-- The last message up to which all have.
insert into meta (name, value) select 'deliveries/written', cast(coalesce(max(seq), 0) as text) from message;
