-- Undo 002. What stood in these tables is lost: take a dump first.

begin;

drop table semantic_memory;

commit;
