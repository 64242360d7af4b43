-- The market, the sessions and what the agents do in them.

begin;

create extension if not exists "uuid-ossp";
create extension if not exists vector;
create extension if not exists timescaledb;
create type order_side as enum ('BUY', 'SELL');
create type order_type as enum
    ('MARKET', 'LIMIT', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT');
create type order_status as enum ('NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED');
create type position_side as enum ('LONG', 'SHORT', 'FLAT');
create type signal_type as enum ('BUY', 'SELL', 'HOLD');
create type trading_mode as enum ('PAPER', 'LIVE');
create type agent_state_type as enum ('STARTING', 'RUNNING', 'STOPPED', 'ERROR');
create table candlesticks (
    id bigserial,
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    interval varchar(10) not null,
    open_time timestamptz not null,
    close_time timestamptz not null,
    open numeric(20, 8) not null,
    high numeric(20, 8) not null,
    low numeric(20, 8) not null,
    close numeric(20, 8) not null,
    volume numeric(30, 8) not null,
    quote_volume numeric(30, 8),
    trades_count integer,
    taker_buy_base_volume numeric(30, 8),
    taker_buy_quote_volume numeric(30, 8),
    created_at timestamptz default now(),
    primary key (symbol, exchange, interval, open_time)
);
create index idx_candlesticks_symbol_time on candlesticks (symbol, open_time desc);
create index idx_candlesticks_exchange_symbol on candlesticks (exchange, symbol, open_time desc);
create table trading_sessions (
    id uuid primary key default gen_random_uuid(),
    mode trading_mode not null,
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    started_at timestamptz default now(),
    stopped_at timestamptz,
    initial_capital numeric(20, 8) not null,
    final_capital numeric(20, 8),
    total_trades integer default 0,
    winning_trades integer default 0,
    losing_trades integer default 0,
    total_pnl numeric(20, 8) default 0,
    max_drawdown numeric(20, 8) default 0,
    sharpe_ratio numeric(10, 4),
    config jsonb,
    metadata jsonb,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create index idx_trading_sessions_symbol on trading_sessions (symbol, started_at desc);
create index idx_trading_sessions_mode on trading_sessions (mode, started_at desc);
create table positions (
    id uuid primary key default gen_random_uuid(),
    session_id uuid references trading_sessions (id) on delete cascade,
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    side position_side not null,
    entry_price numeric(20, 8) not null,
    exit_price numeric(20, 8),
    quantity numeric(30, 8) not null,
    entry_time timestamptz default now(),
    exit_time timestamptz,
    stop_loss numeric(20, 8),
    take_profit numeric(20, 8),
    realized_pnl numeric(20, 8),
    unrealized_pnl numeric(20, 8),
    fees numeric(20, 8) default 0,
    entry_reason text,
    exit_reason text,
    metadata jsonb,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create index idx_positions_session on positions (session_id, entry_time desc);
create index idx_positions_symbol on positions (symbol, entry_time desc);
create index idx_positions_open on positions (exit_time) where exit_time is null;
create table orders (
    id uuid primary key default gen_random_uuid(),
    session_id uuid references trading_sessions (id) on delete cascade,
    position_id uuid references positions (id) on delete set null,
    exchange_order_id varchar(100),
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    side order_side not null,
    type order_type not null,
    status order_status not null,
    price numeric(20, 8),
    stop_price numeric(20, 8),
    quantity numeric(30, 8) not null,
    executed_quantity numeric(30, 8) default 0,
    executed_quote_quantity numeric(30, 8) default 0,
    time_in_force varchar(10),
    placed_at timestamptz default now(),
    filled_at timestamptz,
    canceled_at timestamptz,
    error_message text,
    metadata jsonb,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create index idx_orders_session on orders (session_id, placed_at desc);
create index idx_orders_symbol on orders (symbol, placed_at desc);
create index idx_orders_status on orders (status, placed_at desc);
create index idx_orders_exchange_id on orders (exchange_order_id) where exchange_order_id is not null;
create table trades (
    id uuid primary key default gen_random_uuid(),
    order_id uuid references orders (id) on delete cascade,
    exchange_trade_id varchar(100),
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    side order_side not null,
    price numeric(20, 8) not null,
    quantity numeric(30, 8) not null,
    quote_quantity numeric(30, 8) not null,
    commission numeric(20, 8) default 0,
    commission_asset varchar(10),
    executed_at timestamptz not null,
    is_maker boolean default false,
    metadata jsonb,
    created_at timestamptz default now()
);
create index idx_trades_order on trades (order_id, executed_at desc);
create index idx_trades_symbol on trades (symbol, executed_at desc);
create index idx_trades_exchange_id on trades (exchange_trade_id) where exchange_trade_id is not null;
create table agent_signals (
    id uuid primary key default gen_random_uuid(),
    session_id uuid references trading_sessions (id) on delete cascade,
    agent_name varchar(100) not null,
    agent_type varchar(50) not null,
    symbol varchar(20) not null,
    signal signal_type not null,
    confidence numeric(5, 4) not null check (confidence between 0 and 1),
    reasoning text,
    context jsonb,
    indicators jsonb,
    llm_prompt text,
    llm_response text,
    llm_model varchar(100),
    llm_tokens_used integer,
    processing_time_ms integer,
    created_at timestamptz default now()
);
create index idx_agent_signals_session on agent_signals (session_id, created_at desc);
create index idx_agent_signals_symbol on agent_signals (symbol, created_at desc);
create index idx_agent_signals_agent on agent_signals (agent_name, created_at desc);
create table agent_status (
    id uuid primary key default gen_random_uuid(),
    agent_name varchar(100) unique not null,
    agent_type varchar(50) not null,
    status agent_state_type not null,
    pid integer,
    started_at timestamptz,
    last_heartbeat timestamptz,
    total_signals integer default 0,
    avg_confidence numeric(5, 4),
    error_count integer default 0,
    last_error text,
    config jsonb,
    metadata jsonb,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);
create index idx_agent_status_type on agent_status (agent_type, status);
create table llm_decisions (
    id uuid primary key default gen_random_uuid(),
    session_id uuid references trading_sessions (id) on delete cascade,
    decision_type varchar(50) not null,
    symbol varchar(20) not null,
    prompt text not null,
    response text not null,
    model varchar(100) not null,
    tokens_used integer,
    latency_ms integer,
    cost_usd numeric(10, 6),
    cached boolean default false,
    outcome varchar(50),
    outcome_pnl numeric(20, 8),
    metadata jsonb,
    created_at timestamptz default now()
);
create index idx_llm_decisions_session on llm_decisions (session_id, created_at desc);
create index idx_llm_decisions_symbol on llm_decisions (symbol, created_at desc);
create index idx_llm_decisions_type on llm_decisions (decision_type, created_at desc);
create index idx_llm_decisions_outcome on llm_decisions (outcome) where outcome is not null;
create table performance_metrics (
    id uuid default gen_random_uuid(),
    session_id uuid references trading_sessions (id) on delete cascade,
    metric_time timestamptz not null,
    symbol varchar(20) not null,
    total_value numeric(20, 8) not null,
    cash_balance numeric(20, 8) not null,
    position_value numeric(20, 8) not null,
    unrealized_pnl numeric(20, 8),
    realized_pnl numeric(20, 8),
    total_pnl numeric(20, 8),
    win_rate numeric(5, 4),
    sharpe_ratio numeric(10, 4),
    max_drawdown numeric(20, 8),
    metadata jsonb,
    created_at timestamptz default now(),
    primary key (id, metric_time)
);
create index idx_performance_metrics_session on performance_metrics (session_id, metric_time desc);
create table market_data_cache (
    symbol varchar(20) not null,
    exchange varchar(50) not null default 'binance',
    data_type varchar(50) not null,
    data jsonb not null,
    expires_at timestamptz not null,
    created_at timestamptz default now(),
    primary key (symbol, exchange, data_type)
);
create index idx_market_data_cache_expires on market_data_cache (expires_at);
create view active_positions as
    select * from positions where exit_time is null order by entry_time desc;
create view open_orders as
    select * from orders where status in ('NEW', 'PARTIALLY_FILLED') order by placed_at desc;
create view daily_performance as
    select metric_time::date as date, session_id, symbol, max(total_value) as final_value, min(total_value) as min_value,
           max(total_value) - min(total_value) as intraday_change, sum(realized_pnl) as total_realized_pnl
    from performance_metrics group by 1, 2, 3 order by 1 desc;
select create_hypertable('candlesticks', 'open_time', chunk_time_interval => interval '1 day');
select create_hypertable('performance_metrics', 'metric_time', chunk_time_interval => interval '1 day');
alter table candlesticks set (timescaledb.compress, timescaledb.compress_segmentby = 'symbol, exchange, interval');
select add_compression_policy('candlesticks', interval '7 days');
alter table llm_decisions add column prompt_embedding vector(1536);
create index idx_llm_decisions_embedding on llm_decisions
    using ivfflat (prompt_embedding vector_cosine_ops) with (lists = 100);

commit;
