-- What tenants have set for their SMS.
create table sms_settings (
    tenant_id   text not null primary key,
    quiet_hours text, -- JSON, as given; null: none
    help        text  -- JSON, as given: what a customer gets who asks for HELP; null: nothing
) strict, without rowid;

-- Where events about the SMS go; null: nowhere.
alter table outgoing add column status_url text;
