-- Find decisions by their words and outcomes.

begin;

create index idx_llm_decisions_high_confidence on llm_decisions (created_at desc) where confidence >= 0.8;
create index idx_llm_decisions_latency on llm_decisions (latency_ms) where latency_ms is not null;
create index idx_llm_decisions_fulltext on llm_decisions
    using gin (to_tsvector('english', coalesce(prompt, '') || ' ' || coalesce(response, '')));

commit;
