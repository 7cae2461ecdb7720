-- What went wrong in a step of the route after the outcome of the call was decided; the outcome stands.
alter table attempt add column step_error text;
