-- Undo 009. What stood in these tables is lost: take a dump first.

begin;

drop table api_keys;

commit;
