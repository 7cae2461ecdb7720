-- The order in which targets were made, whatever the clock said.
alter table target add column seq bigint not null default 0;
create index target_in_order on target (seq);

-- The newest target when the message was accepted: those made later get nothing of it.
alter table fan_out add column target_seq bigint not null default 0;
