-- Requests of phone apps and providers that nobody understood, each beside a message that is flagged so.
create table unparsed (
    message_seq bigint primary key,
    accepted_at bigint not null,
    request     text not null -- JSON
);
create index unparsed_by_age on unparsed (accepted_at, message_seq);

-- The phone numbers that such a request may name, so that erasing a number finds it.
create table unparsed_number (
    tenant_id   text collate "C" not null,
    number_key  text collate "C" not null, -- digits; * for a request that names too many
    message_seq bigint not null,
    primary key (tenant_id, number_key, message_seq)
);
create index unparsed_number_of_message on unparsed_number (message_seq);
