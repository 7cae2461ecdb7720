-- Extra headers, credentials and TLS material of a target's calls: one AES-GCM box of JSON, null for none.
alter table target add column http blob;
