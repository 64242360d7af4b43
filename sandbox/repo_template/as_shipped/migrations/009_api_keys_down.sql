-- Undo 009. What stood in these tables is lost: take a dump first.

begin;

drop function create_api_key(varchar, varchar);
drop table api_keys;

commit;
