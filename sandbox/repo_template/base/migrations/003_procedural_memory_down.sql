-- Undo 003. What stood in these tables is lost: take a dump first.

begin;

drop table procedural_memory_skills;
drop table procedural_memory_policies;

commit;
