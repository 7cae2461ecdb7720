-- Stands in for the delivery engine's V4, which adds this column; to be dropped when both are merged.
alter table delivery add column payload text;
