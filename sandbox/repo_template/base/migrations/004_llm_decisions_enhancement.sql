-- Who decided, and how sure they were.

begin;

alter table llm_decisions add column agent_name varchar(100) not null default 'unknown';
alter table llm_decisions add column confidence numeric(5, 4) default 0;
alter table llm_decisions add column context jsonb;
create index idx_llm_decisions_agent_name on llm_decisions (agent_name, created_at desc);
create index idx_llm_decisions_confidence on llm_decisions (confidence) where confidence > 0.8;
create index idx_llm_decisions_model_created on llm_decisions (model, created_at desc);
create index idx_llm_decisions_outcome_pnl on llm_decisions (outcome, outcome_pnl) where outcome is not null;
create index idx_llm_decisions_session_created on llm_decisions (session_id, created_at desc) where session_id is not null;

commit;
