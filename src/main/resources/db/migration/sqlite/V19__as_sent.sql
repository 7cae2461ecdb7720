-- What a phone gave where something else stands in the message: JSON. Null for nearly all.
alter table message add column as_sent text;
-- Where times are from that the device gives without a zone; null is UTC.
alter table device add column zone text;
