-- What the operator allows this tenant, where it differs from the settings: JSON, number by name of limit.
alter table tenant add column limits text not null default '{}';

-- Accepted messages whose deliveries are not all made yet, each with the place that was reached.
create table fan_out (
    message_seq  integer primary key,
    tenant_id    text    not null,
    device_id    text    not null,
    after_target text    not null, -- the last target, by id, whose delivery is made
    actions_done integer not null  -- actions of rules, in their order, whose deliveries are made
) strict;
create index fan_out_of_tenant on fan_out (tenant_id, message_seq);
create index fan_out_of_device on fan_out (device_id);

create index outgoing_waiting on outgoing (tenant_id) where status < 2;
