-- Undo 004. What stood in these tables is lost: take a dump first.

begin;

drop index idx_llm_decisions_session_created;
drop index idx_llm_decisions_outcome_pnl;
drop index idx_llm_decisions_model_created;
drop index idx_llm_decisions_confidence;
drop index idx_llm_decisions_agent_name;
alter table llm_decisions drop column agent_name;
alter table llm_decisions drop column confidence;
alter table llm_decisions drop column context;

commit;
