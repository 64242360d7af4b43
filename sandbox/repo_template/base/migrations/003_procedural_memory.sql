-- What the agents have learned to do.

begin;

create table procedural_memory_policies (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null check (type in ('entry', 'exit', 'sizing', 'risk', 'hedging', 'rebalancing')),
    name varchar(200) not null,
    description text,
    conditions jsonb not null,
    actions jsonb not null,
    parameters jsonb,
    times_applied integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    avg_pnl double precision not null default 0,
    total_pnl double precision not null default 0,
    sharpe double precision not null default 0,
    max_drawdown double precision not null default 0,
    win_rate double precision not null default 0 check (win_rate between 0 and 1),
    agent_name varchar(100) not null,
    symbol varchar(20),
    learned_from varchar(50) not null,
    source_id uuid,
    confidence double precision not null default 0.5 check (confidence between 0 and 1),
    is_active boolean not null default true,
    priority integer not null default 0,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    last_applied timestamp,
    last_modified timestamp
);
create index idx_procedural_policies_type on procedural_memory_policies (type);
create index idx_procedural_policies_agent on procedural_memory_policies (agent_name);
create index idx_procedural_policies_symbol on procedural_memory_policies (symbol) where symbol is not null;
create index idx_procedural_policies_active on procedural_memory_policies (is_active, priority desc) where is_active;
create index idx_procedural_policies_created_at on procedural_memory_policies (created_at desc);
create index idx_procedural_policies_conditions on procedural_memory_policies using gin (conditions);
create index idx_procedural_policies_actions on procedural_memory_policies using gin (actions);
create table procedural_memory_skills (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null,
    name varchar(200) not null,
    description text,
    implementation jsonb not null,
    parameters jsonb,
    prerequisites jsonb,
    times_used integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    avg_duration double precision not null default 0,
    avg_accuracy double precision not null default 0 check (avg_accuracy between 0 and 1),
    agent_name varchar(100) not null,
    learned_from varchar(50) not null,
    source_id uuid,
    proficiency double precision not null default 0.5 check (proficiency between 0 and 1),
    is_active boolean not null default true,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    last_used timestamp
);
create index idx_procedural_skills_type on procedural_memory_skills (type);
create index idx_procedural_skills_agent on procedural_memory_skills (agent_name);
create index idx_procedural_skills_active on procedural_memory_skills (is_active, proficiency desc) where is_active;

commit;
