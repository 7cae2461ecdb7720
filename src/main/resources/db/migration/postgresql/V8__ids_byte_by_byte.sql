-- Ids and keys of V4 to V7 are compared byte by byte, as those of V1 are: under another locale a list that is cut by a
-- range of ids is empty or has gaps. No row is converted and no table written anew; the indexes over these columns are
-- built again, in one transaction, before the bridge answers its first phone. On two busy cores a million outgoing SMS
-- took 23 seconds and a million waiting deliveries with an order 8: expect minutes for tens of millions.

alter table meta alter column name type text collate "C";

alter table target_health alter column target_id type text collate "C";

alter table delivery alter column order_key type text collate "C";

alter table replay
    alter column id type text collate "C",
    alter column tenant_id type text collate "C",
    alter column target_id type text collate "C",
    alter column after_id type text collate "C";

alter table rule
    alter column id type text collate "C",
    alter column tenant_id type text collate "C";

alter table rule_version alter column tenant_id type text collate "C";

alter table outgoing
    alter column id type text collate "C",
    alter column tenant_id type text collate "C",
    alter column device_id type text collate "C",
    alter column delivery_id type text collate "C",
    alter column idempotency_key type text collate "C",
    alter column recipient_key type text collate "C";

alter table opt_out
    alter column tenant_id type text collate "C",
    alter column number_key type text collate "C",
    alter column message_id type text collate "C";

alter table discard
    alter column target_id type text collate "C",
    alter column device_id type text collate "C";
