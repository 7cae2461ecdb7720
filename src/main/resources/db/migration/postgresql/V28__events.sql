-- What an operations webhook is told: names of events with spaces between; null: the usual ones.
alter table target add column events text;
