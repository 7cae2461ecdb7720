-- Where a phone or a tenant is: an ISO 3166 code, by which national phone numbers are read. Null: not said.
alter table device add column region text;
alter table tenant add column region text;
-- The region by which a message's numbers, or the number of an SMS to a customer, were read. Null: none was known.
alter table message add column region text;
alter table outgoing add column region text;

-- Every key under which a number that said STOP was known then, so that no later change of a region loses it.
create table opt_out_form (
    tenant_id   text    not null,
    number_key  text    not null,
    opt_out_seq integer not null,
    primary key (tenant_id, number_key, opt_out_seq)
) strict, without rowid;
create index opt_out_form_of_opt_out on opt_out_form (opt_out_seq);
insert into opt_out_form (tenant_id, number_key, opt_out_seq) select tenant_id, number_key, seq from opt_out;
