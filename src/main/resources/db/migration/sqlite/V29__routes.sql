-- Every accepted text of a route; the newest of each is the one that runs.
create table route_version (
    name    text    not null,
    version integer not null,
    text    text, -- null: deleted
    at      integer not null,
    author  text    not null,
    reason  text,
    source  text    not null, -- api, file or rollback
    primary key (name, version)
) strict;
