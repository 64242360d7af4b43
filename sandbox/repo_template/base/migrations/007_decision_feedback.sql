-- What people think of a decision.

begin;

create type feedback_rating as enum ('positive', 'negative');
create table decision_feedback (
    id uuid primary key default gen_random_uuid(),
    decision_id uuid not null references llm_decisions (id) on delete cascade,
    user_id uuid,
    rating feedback_rating not null,
    comment text,
    tags text[],
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    session_id uuid references trading_sessions (id) on delete set null,
    symbol varchar(20),
    decision_type varchar(50),
    agent_name varchar(100),
    constraint unique_user_decision_feedback unique (decision_id, user_id)
);
create index idx_decision_feedback_decision on decision_feedback (decision_id);
create index idx_decision_feedback_user on decision_feedback (user_id) where user_id is not null;
create index idx_decision_feedback_rating on decision_feedback (rating, created_at desc);
create index idx_decision_feedback_agent on decision_feedback (agent_name, rating) where agent_name is not null;
create index idx_decision_feedback_created on decision_feedback (created_at desc);
create view decisions_needing_review as
    select d.id as decision_id, d.agent_name, d.decision_type, d.symbol, d.confidence, d.created_at as decision_created_at,
           count(*) as feedback_count, count(*) filter (where f.rating = 'negative') as negative_count
    from llm_decisions d join decision_feedback f on f.decision_id = d.id
    group by d.id having count(*) filter (where f.rating = 'negative') >= 2 order by negative_count desc;
create materialized view decision_feedback_stats as
    select agent_name, decision_type, symbol, date_trunc('day', created_at) as feedback_date, count(*) as total_feedback,
           count(*) filter (where rating = 'positive') as positive_count,
           count(*) filter (where rating = 'negative') as negative_count
    from decision_feedback group by 1, 2, 3, 4;
create unique index idx_feedback_stats_unique
    on decision_feedback_stats (agent_name, decision_type, symbol, feedback_date);

commit;
