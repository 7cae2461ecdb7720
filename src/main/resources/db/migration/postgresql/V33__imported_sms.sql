-- SMS of phones' backups that wait for their import.
create table imported_sms (
    import_id   text collate "C" not null,
    n           bigint not null, -- number in the backup
    tenant_id   text collate "C" not null,
    sender      text,
    sender_key  text collate "C" not null,
    text        text not null,
    sim         bigint,
    received_at text, -- as the backup has it
    staged_at   bigint not null,
    primary key (import_id, n)
);
create index imported_sms_of_sender on imported_sms (tenant_id, sender_key);
