-- Strategies and their history.

begin;

create table strategies (
    id uuid primary key default gen_random_uuid(),
    name varchar(100) not null,
    description text,
    schema_version varchar(20) not null default '1.0',
    config jsonb not null,
    is_active boolean default false,
    author varchar(255),
    version varchar(20) default '1.0.0',
    tags text[],
    source varchar(100),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint strategies_single_active exclude using btree (is_active with =) where (is_active)
);
create index idx_strategies_name on strategies (name);
create index idx_strategies_created_at on strategies (created_at desc);
create index idx_strategies_updated_at on strategies (updated_at desc);
create index idx_strategies_tags on strategies using gin (tags);
create index idx_strategies_schema_version on strategies (schema_version);
create index idx_strategies_config on strategies using gin (config jsonb_path_ops);
create table strategy_history (
    id uuid primary key default gen_random_uuid(),
    strategy_id uuid not null references strategies (id) on delete cascade,
    config jsonb not null,
    version varchar(20),
    changed_by varchar(255),
    change_reason text,
    created_at timestamptz not null default now()
);
create index idx_strategy_history_strategy_id on strategy_history (strategy_id);
create index idx_strategy_history_created_at on strategy_history (created_at desc);

commit;
