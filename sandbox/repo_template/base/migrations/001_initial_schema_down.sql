-- Undo 001. What stood in these tables is lost: take a dump first.

begin;

drop view daily_performance;
drop view open_orders;
drop view active_positions;
drop table market_data_cache;
drop table performance_metrics;
drop table llm_decisions;
drop table agent_status;
drop table agent_signals;
drop table trades;
drop table orders;
drop table positions;
drop table trading_sessions;
drop table candlesticks;
drop type agent_state_type;
drop type trading_mode;
drop type signal_type;
drop type position_side;
drop type order_status;
drop type order_type;
drop type order_side;

commit;
