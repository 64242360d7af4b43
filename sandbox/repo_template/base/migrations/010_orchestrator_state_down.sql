-- Undo 010. What stood in these tables is lost: take a dump first.

begin;

drop table orchestrator_state;

commit;
