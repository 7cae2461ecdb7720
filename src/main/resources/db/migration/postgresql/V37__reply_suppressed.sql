-- Why the guards kept back the reply that a receiver's answer asked for; null for all other deliveries.
alter table delivery add column reply_suppressed text;
