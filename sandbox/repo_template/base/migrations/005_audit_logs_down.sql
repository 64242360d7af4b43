-- Undo 005. What stood in these tables is lost: take a dump first.

begin;

drop table audit_logs;

commit;
