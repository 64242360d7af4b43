-- Keys of the API, kept as digests.

begin;

create table api_keys (
    id uuid primary key default gen_random_uuid(),
    key_hash varchar(64) not null unique,
    name varchar(255) not null,
    user_id varchar(255) not null,
    permissions jsonb default '["read:decisions"]',
    last_used_at timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked boolean not null default false,
    revoked_at timestamptz,
    metadata jsonb default '{}'
);
create index idx_api_keys_key_hash on api_keys (key_hash);
create index idx_api_keys_user_id on api_keys (user_id);
create index idx_api_keys_revoked on api_keys (revoked) where not revoked;
create index idx_api_keys_expires on api_keys (expires_at) where expires_at is not null;
create function create_api_key(key_name varchar, owner varchar) returns text
language plpgsql as $$
declare
    fresh text := encode(gen_random_bytes(32), 'hex');
begin
    insert into api_keys (key_hash, name, user_id) values (encode(sha256(fresh::bytea), 'hex'), key_name, owner);
    return fresh;
end;
$$;

commit;
