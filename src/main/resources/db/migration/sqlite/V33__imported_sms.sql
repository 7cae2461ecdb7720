-- SMS of phones' backups that wait for their import.
create table imported_sms (
    import_id   text not null,
    n           integer not null, -- number in the backup
    tenant_id   text not null,
    sender      text,
    sender_key  text not null,
    text        text not null,
    sim         integer,
    received_at text, -- as the backup has it
    staged_at   integer not null,
    primary key (import_id, n)
) strict, without rowid;
create index imported_sms_of_sender on imported_sms (tenant_id, sender_key);
