-- Unfinished deliveries that are to end because their target or their device was deleted: gone through in steps.
create table discard (
    target_id text not null,
    device_id text not null, -- '' for all of the target's
    primary key (target_id, device_id)
);
