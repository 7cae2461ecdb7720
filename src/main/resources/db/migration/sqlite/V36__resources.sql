-- Databases, brokers and folders that the operator has named.
create table resource (
    id         text    not null primary key, -- its name
    kind       text  not null, -- database, kafka or folder
    place      text  not null, -- JSON of what may be seen
    secrets    blob, -- a box of the vault: JSON of what may not; null: nothing
    tenants    text  not null, -- ids; *: all
    version    integer not null,
    created_at integer not null,
    updated_at integer not null
) strict;
