-- The words by which customers of a tenant stop and allow automatic replies, a line each; a tenant without a row has the
-- standard ones.
create table opt_out_words (
    tenant_id text not null primary key,
    languages text, -- null: all
    opt_out   text not null,
    opt_in    text not null
) strict, without rowid;
