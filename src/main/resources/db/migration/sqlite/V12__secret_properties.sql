-- The secrets among a connection's properties, as one box of the vault.
alter table target add column secret_properties blob;
