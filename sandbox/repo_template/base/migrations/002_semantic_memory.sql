-- What the agents remember of facts and patterns.

begin;

create table semantic_memory (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null check (type in ('fact', 'pattern', 'experience', 'strategy', 'risk')),
    content text not null,
    confidence double precision not null default 0.5 check (confidence between 0 and 1),
    importance double precision not null default 0.5 check (importance between 0 and 1),
    access_count integer not null default 0,
    source varchar(100) not null,
    source_id uuid references llm_decisions (id) on delete set null,
    agent_name varchar(100) not null,
    symbol varchar(20),
    context jsonb,
    validation_count integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    last_validated timestamp,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    expires_at timestamp
);
create index idx_semantic_memory_type on semantic_memory (type);
create index idx_semantic_memory_agent on semantic_memory (agent_name);
create index idx_semantic_memory_symbol on semantic_memory (symbol) where symbol is not null;
create index idx_semantic_memory_source on semantic_memory (source, source_id);
create index idx_semantic_memory_importance on semantic_memory (importance desc, confidence desc);
create index idx_semantic_memory_created_at on semantic_memory (created_at desc);
create index idx_semantic_memory_expires_at on semantic_memory (expires_at) where expires_at is not null;
create index idx_semantic_memory_type_agent on semantic_memory (type, agent_name, created_at desc);
create index idx_semantic_memory_context on semantic_memory using gin (context);
alter table semantic_memory add column embedding vector(1536);
create index idx_semantic_memory_embedding on semantic_memory
    using ivfflat (embedding vector_cosine_ops) with (lists = 100);

commit;
