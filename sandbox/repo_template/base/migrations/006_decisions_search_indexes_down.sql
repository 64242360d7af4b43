-- Undo 006. What stood in these tables is lost: take a dump first.

begin;

drop index idx_llm_decisions_fulltext;
drop index idx_llm_decisions_latency;
drop index idx_llm_decisions_high_confidence;

commit;
