-- The audit log is read by tenant in the order of its numbers; by time it is read only when it ages out.
drop index audit_of_tenant;
create index audit_of_tenant on audit (tenant_id, seq);
