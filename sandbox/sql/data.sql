-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- A little of the data that a system has after three weeks of paper trading.

insert into schema_version (version, description)
    select n, 'migration ' || n from generate_series(1, 13) n;

insert into agent_status (agent_name, agent_type, status) values
    ('technical-analyst', 'analysis', 'STOPPED'),
    ('orderbook-analyst', 'analysis', 'STOPPED'),
    ('sentiment-analyst', 'analysis', 'STOPPED'),
    ('trend-follower', 'strategy', 'STOPPED'),
    ('mean-reversion', 'strategy', 'STOPPED'),
    ('risk-manager', 'risk', 'STOPPED');

insert into orchestrator_state (paused) values (false);

insert into trading_sessions (mode, symbol, started_at, stopped_at, initial_capital, total_trades, config)
    select 'PAPER', (array['BTCUSDT', 'ETHUSDT'])[1 + d % 2], now() - make_interval(days => d),
           case when d > 1 then now() - make_interval(days => d) + interval '23 hours' end, 10000, 40,
           '{"max_position_size": 0.1, "max_daily_loss": 0.02, "max_drawdown": 0.1}'
    from generate_series(0, 20) d;

insert into positions (session_id, symbol, side, entry_price, exit_price, quantity, entry_time, exit_time, stop_loss, take_profit)
    select s.id, s.symbol, 'LONG', 100 + n, 101 + n, 0.01, s.started_at + make_interval(mins => n),
           s.started_at + make_interval(mins => n + 30), 98 + n, 105 + n
    from trading_sessions s, generate_series(1, 10) n;

insert into orders (session_id, position_id, exchange_order_id, symbol, side, type, status, price, stop_price, quantity,
                    executed_quantity, placed_at, filled_at, created_at)
    select session_id, id, 'sb-' || id, symbol, 'BUY', 'LIMIT', 'FILLED', entry_price, stop_loss, quantity,
           quantity, entry_time, entry_time + interval '1 second', entry_time
    from positions;

insert into trades (order_id, exchange_trade_id, symbol, side, price, quantity, quote_quantity, executed_at)
    select id, 'sbt-' || id, symbol, side, price, quantity, price * quantity, filled_at from orders;

insert into agent_signals (session_id, agent_name, agent_type, symbol, signal, confidence, reasoning, created_at)
    select s.id, 'technical-analyst', 'analysis', s.symbol, 'HOLD', 0.8, 'range', s.started_at + make_interval(mins => n)
    from trading_sessions s, generate_series(1, 20) n;

insert into llm_decisions (session_id, decision_type, symbol, prompt, response, model, latency_ms, agent_name, confidence)
    select id, 'signal', symbol, 'Which way?', 'Sideways.', 'sandbox-model', 120, 'technical-analyst', 0.8
    from trading_sessions;

insert into candlesticks (symbol, interval, open_time, close_time, open, high, low, close, volume)
    select s, '1h', t, t + interval '1 hour', 100, 101, 99, 100, 5
    from unnest(array['BTCUSDT', 'ETHUSDT']) s,
         generate_series(date_trunc('hour', now()) - interval '14 days', date_trunc('hour', now()), interval '1 hour') t;

insert into performance_metrics (session_id, metric_time, symbol, total_value, cash_balance, position_value)
    select id, coalesce(stopped_at, now()), symbol, 10050, 9000, 1050 from trading_sessions;

insert into audit_logs (timestamp, event_type, severity, ip_address, action)
    select now() - make_interval(hours => n), 'CONFIG_VIEWED', 'INFO', '127.0.0.1', 'GET /api/v1/config'
    from generate_series(1, 200) n;

insert into notification_log (user_id, notification_type, title, body, status, sent_at)
    select gen_random_uuid(), 'trade', 'Filled', 'An order was filled', 'sent', now() - make_interval(hours => n)
    from generate_series(1, 50) n;
