-- Undo 008. What stood in these tables is lost: take a dump first.

begin;

drop table strategy_history;
drop table strategies;

commit;
