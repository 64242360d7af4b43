-- Undo 011. What stood in these tables is lost: take a dump first.

begin;

drop table backtest_jobs;

commit;
