-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- CryptoFunk's database after its thirteen migrations: tables, views and indexes, without what needs TimescaleDB or
-- pgvector (hypertables.sql, vectors.sql). The names and types are facts of the real schema, and so are its flaws:
-- three foreign keys without an index, and two indexes that double a unique constraint (hardened.sql mends them).

create type order_side as enum ('BUY', 'SELL');
create type order_type as enum
    ('MARKET', 'LIMIT', 'STOP_LOSS', 'STOP_LOSS_LIMIT', 'TAKE_PROFIT', 'TAKE_PROFIT_LIMIT');
create type order_status as enum ('NEW', 'PARTIALLY_FILLED', 'FILLED', 'CANCELED', 'REJECTED', 'EXPIRED');
create type position_side as enum ('LONG', 'SHORT', 'FLAT');
create type signal_type as enum ('BUY', 'SELL', 'HOLD');
create type trading_mode as enum ('PAPER', 'LIVE');
create type agent_state_type as enum ('STARTING', 'RUNNING', 'STOPPED', 'ERROR');
create type feedback_rating as enum ('positive', 'negative');

create table schema_version (
    version integer primary key,
    applied_at timestamptz not null default now(),
    description text not null
);

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
    created_at timestamptz default now(),
    agent_name varchar(100) not null default 'unknown',
    confidence numeric(5, 4) default 0,
    context jsonb
);
create index idx_llm_decisions_session on llm_decisions (session_id, created_at desc);
create index idx_llm_decisions_symbol on llm_decisions (symbol, created_at desc);
create index idx_llm_decisions_type on llm_decisions (decision_type, created_at desc);
create index idx_llm_decisions_outcome on llm_decisions (outcome) where outcome is not null;
create index idx_llm_decisions_agent_name on llm_decisions (agent_name, created_at desc);
create index idx_llm_decisions_confidence on llm_decisions (confidence) where confidence > 0.8;
create index idx_llm_decisions_model_created on llm_decisions (model, created_at desc);
create index idx_llm_decisions_outcome_pnl on llm_decisions (outcome, outcome_pnl) where outcome is not null;
create index idx_llm_decisions_session_created on llm_decisions (session_id, created_at desc) where session_id is not null;
create index idx_llm_decisions_high_confidence on llm_decisions (created_at desc) where confidence >= 0.8;
create index idx_llm_decisions_latency on llm_decisions (latency_ms) where latency_ms is not null;
create index idx_llm_decisions_fulltext on llm_decisions
    using gin (to_tsvector('english', coalesce(prompt, '') || ' ' || coalesce(response, '')));

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

create table semantic_memory (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null check (type in ('fact', 'pattern', 'experience', 'strategy', 'risk')),
    content text not null,
    confidence double precision not null default 0.5 check (confidence between 0 and 1),
    importance double precision not null default 0.5 check (importance between 0 and 1),
    access_count integer not null default 0,
    source varchar(100) not null,
    source_id uuid references llm_decisions (id) on delete set null,
    agent_name varchar(100) not null,
    symbol varchar(20),
    context jsonb,
    validation_count integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    last_validated timestamp,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    expires_at timestamp
);
create index idx_semantic_memory_type on semantic_memory (type);
create index idx_semantic_memory_agent on semantic_memory (agent_name);
create index idx_semantic_memory_symbol on semantic_memory (symbol) where symbol is not null;
create index idx_semantic_memory_source on semantic_memory (source, source_id);
create index idx_semantic_memory_importance on semantic_memory (importance desc, confidence desc);
create index idx_semantic_memory_created_at on semantic_memory (created_at desc);
create index idx_semantic_memory_expires_at on semantic_memory (expires_at) where expires_at is not null;
create index idx_semantic_memory_type_agent on semantic_memory (type, agent_name, created_at desc);
create index idx_semantic_memory_context on semantic_memory using gin (context);

create table procedural_memory_policies (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null check (type in ('entry', 'exit', 'sizing', 'risk', 'hedging', 'rebalancing')),
    name varchar(200) not null,
    description text,
    conditions jsonb not null,
    actions jsonb not null,
    parameters jsonb,
    times_applied integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    avg_pnl double precision not null default 0,
    total_pnl double precision not null default 0,
    sharpe double precision not null default 0,
    max_drawdown double precision not null default 0,
    win_rate double precision not null default 0 check (win_rate between 0 and 1),
    agent_name varchar(100) not null,
    symbol varchar(20),
    learned_from varchar(50) not null,
    source_id uuid,
    confidence double precision not null default 0.5 check (confidence between 0 and 1),
    is_active boolean not null default true,
    priority integer not null default 0,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    last_applied timestamp,
    last_modified timestamp
);
create index idx_procedural_policies_type on procedural_memory_policies (type);
create index idx_procedural_policies_agent on procedural_memory_policies (agent_name);
create index idx_procedural_policies_symbol on procedural_memory_policies (symbol) where symbol is not null;
create index idx_procedural_policies_active on procedural_memory_policies (is_active, priority desc) where is_active;
create index idx_procedural_policies_created_at on procedural_memory_policies (created_at desc);
create index idx_procedural_policies_conditions on procedural_memory_policies using gin (conditions);
create index idx_procedural_policies_actions on procedural_memory_policies using gin (actions);

create table procedural_memory_skills (
    id uuid primary key default gen_random_uuid(),
    type varchar(50) not null,
    name varchar(200) not null,
    description text,
    implementation jsonb not null,
    parameters jsonb,
    prerequisites jsonb,
    times_used integer not null default 0,
    success_count integer not null default 0,
    failure_count integer not null default 0,
    avg_duration double precision not null default 0,
    avg_accuracy double precision not null default 0 check (avg_accuracy between 0 and 1),
    agent_name varchar(100) not null,
    learned_from varchar(50) not null,
    source_id uuid,
    proficiency double precision not null default 0.5 check (proficiency between 0 and 1),
    is_active boolean not null default true,
    created_at timestamp not null default now(),
    updated_at timestamp not null default now(),
    last_used timestamp
);
create index idx_procedural_skills_type on procedural_memory_skills (type);
create index idx_procedural_skills_agent on procedural_memory_skills (agent_name);
create index idx_procedural_skills_active on procedural_memory_skills (is_active, proficiency desc) where is_active;

create table audit_logs (
    id uuid not null default gen_random_uuid(),
    timestamp timestamptz not null default now(),
    event_type varchar(50) not null,
    severity varchar(20) not null check (severity in ('INFO', 'WARNING', 'ERROR', 'CRITICAL')),
    user_id varchar(255),
    ip_address varchar(45) not null,
    user_agent text,
    resource varchar(255),
    action text not null,
    success boolean not null default true,
    error_message text,
    metadata jsonb,
    request_id varchar(255),
    duration_ms bigint,
    primary key (id, timestamp)
);
create index idx_audit_logs_timestamp on audit_logs (timestamp desc);
create index idx_audit_logs_event_type on audit_logs (event_type);
create index idx_audit_logs_ip_address on audit_logs (ip_address);
create index idx_audit_logs_resource on audit_logs (resource) where resource is not null;
create index idx_audit_logs_severity on audit_logs (severity);
create index idx_audit_logs_success on audit_logs (success);
create index idx_audit_logs_user_timestamp on audit_logs (user_id, timestamp desc) where user_id is not null;
create index idx_audit_logs_ip_timestamp on audit_logs (ip_address, timestamp desc);

create table decision_feedback (
    id uuid primary key default gen_random_uuid(),
    decision_id uuid not null references llm_decisions (id) on delete cascade,
    user_id uuid,
    rating feedback_rating not null,
    comment text,
    tags text[],
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    session_id uuid references trading_sessions (id) on delete set null,
    symbol varchar(20),
    decision_type varchar(50),
    agent_name varchar(100),
    constraint unique_user_decision_feedback unique (decision_id, user_id)
);
create index idx_decision_feedback_decision on decision_feedback (decision_id);
create index idx_decision_feedback_user on decision_feedback (user_id) where user_id is not null;
create index idx_decision_feedback_rating on decision_feedback (rating, created_at desc);
create index idx_decision_feedback_agent on decision_feedback (agent_name, rating) where agent_name is not null;
create index idx_decision_feedback_created on decision_feedback (created_at desc);

create table strategies (
    id uuid primary key default gen_random_uuid(),
    name varchar(100) not null,
    description text,
    schema_version varchar(20) not null default '1.0',
    config jsonb not null,
    is_active boolean default false,
    author varchar(255),
    version varchar(20) default '1.0.0',
    tags text[],
    source varchar(100),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint strategies_single_active exclude using btree (is_active with =) where (is_active)
);
create index idx_strategies_name on strategies (name);
create index idx_strategies_created_at on strategies (created_at desc);
create index idx_strategies_updated_at on strategies (updated_at desc);
create index idx_strategies_tags on strategies using gin (tags);
create index idx_strategies_schema_version on strategies (schema_version);
create index idx_strategies_config on strategies using gin (config jsonb_path_ops);

create table strategy_history (
    id uuid primary key default gen_random_uuid(),
    strategy_id uuid not null references strategies (id) on delete cascade,
    config jsonb not null,
    version varchar(20),
    changed_by varchar(255),
    change_reason text,
    created_at timestamptz not null default now()
);
create index idx_strategy_history_strategy_id on strategy_history (strategy_id);
create index idx_strategy_history_created_at on strategy_history (created_at desc);

create table api_keys (
    id uuid primary key default gen_random_uuid(),
    key_hash varchar(64) not null unique,
    name varchar(255) not null,
    user_id varchar(255) not null,
    permissions jsonb default '["read:decisions"]',
    last_used_at timestamptz,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked boolean not null default false,
    revoked_at timestamptz,
    metadata jsonb default '{}'
);
create index idx_api_keys_key_hash on api_keys (key_hash);
create index idx_api_keys_user_id on api_keys (user_id);
create index idx_api_keys_revoked on api_keys (revoked) where not revoked;
create index idx_api_keys_expires on api_keys (expires_at) where expires_at is not null;

create table orchestrator_state (
    id serial primary key,
    paused boolean not null default false,
    paused_at timestamptz,
    resumed_at timestamptz,
    paused_by varchar(255),
    pause_reason text,
    updated_at timestamptz not null default now(),
    created_at timestamptz not null default now()
);
create index idx_orchestrator_state_updated_at on orchestrator_state (updated_at desc);

create table backtest_jobs (
    id uuid primary key default gen_random_uuid(),
    name varchar(255) not null,
    status varchar(50) not null default 'pending'
        check (status in ('pending', 'running', 'completed', 'failed', 'cancelled')),
    start_date timestamp not null,
    end_date timestamp not null,
    symbols text[] not null,
    initial_capital numeric(20, 8) not null check (initial_capital > 0),
    strategy_config jsonb not null,
    parameter_grid jsonb,
    results jsonb,
    total_return_pct numeric(10, 4),
    sharpe_ratio numeric(10, 4),
    max_drawdown_pct numeric(10, 4),
    win_rate numeric(10, 4),
    total_trades integer,
    error_message text,
    error_details text,
    created_at timestamp not null default now(),
    started_at timestamp,
    completed_at timestamp,
    updated_at timestamp not null default now(),
    created_by varchar(255),
    check (end_date > start_date)
);
create index idx_backtest_jobs_status on backtest_jobs (status);
create index idx_backtest_jobs_created_at on backtest_jobs (created_at desc);
create index idx_backtest_jobs_created_by on backtest_jobs (created_by);
create index idx_backtest_jobs_strategy_config on backtest_jobs using gin (strategy_config);

create table telegram_users (
    id uuid primary key default gen_random_uuid(),
    telegram_id bigint unique not null,
    telegram_username varchar(255),
    chat_id bigint not null,
    is_verified boolean default false,
    verification_code varchar(32),
    verification_expires_at timestamptz,
    receive_alerts boolean default true,
    receive_trade_notifications boolean default true,
    receive_daily_summary boolean default true,
    first_name varchar(255),
    last_name varchar(255),
    language_code varchar(10),
    created_at timestamptz default now(),
    updated_at timestamptz default now(),
    last_interaction_at timestamptz default now()
);
create index idx_telegram_users_telegram_id on telegram_users (telegram_id);
create index idx_telegram_users_chat_id on telegram_users (chat_id);
create index idx_telegram_users_is_verified on telegram_users (is_verified);

create table telegram_messages (
    id bigserial primary key,
    telegram_user_id uuid references telegram_users (id) on delete cascade,
    message_id integer not null,
    chat_id bigint not null,
    command varchar(50),
    text text,
    response text,
    success boolean default true,
    error_message text,
    created_at timestamptz default now()
);
create index idx_telegram_messages_user_id on telegram_messages (telegram_user_id, created_at desc);
create index idx_telegram_messages_chat_id on telegram_messages (chat_id, created_at desc);
create index idx_telegram_messages_command on telegram_messages (command, created_at desc);

create table telegram_alert_queue (
    id bigserial primary key,
    telegram_user_id uuid references telegram_users (id) on delete cascade,
    chat_id bigint not null,
    title varchar(255) not null,
    message text not null,
    severity varchar(20) not null,
    metadata jsonb,
    sent boolean default false,
    sent_at timestamptz,
    error_message text,
    retry_count integer default 0,
    created_at timestamptz default now()
);
create index idx_telegram_alert_queue_sent on telegram_alert_queue (sent, created_at);
create index idx_telegram_alert_queue_user_id on telegram_alert_queue (telegram_user_id, created_at desc);

create table user_devices (
    id uuid primary key default gen_random_uuid(),
    user_id uuid not null,
    device_token text not null unique,
    platform varchar(20) not null check (platform in ('ios', 'android', 'web')),
    enabled boolean default true,
    created_at timestamptz default now(),
    last_used_at timestamptz default now()
);
create index idx_user_devices_user_id on user_devices (user_id) where enabled;
create index idx_user_devices_token on user_devices (device_token) where enabled;
create index idx_user_devices_platform on user_devices (platform);

create table notification_preferences (
    user_id uuid primary key,
    trade_executions boolean default true,
    pnl_alerts boolean default true,
    circuit_breaker boolean default true,
    consensus_failures boolean default true,
    created_at timestamptz default now(),
    updated_at timestamptz default now()
);

create table notification_log (
    id uuid default gen_random_uuid(),
    user_id uuid not null,
    device_token text,
    notification_type varchar(50) not null,
    title text not null,
    body text not null,
    data jsonb,
    status varchar(20) not null check (status in ('pending', 'sent', 'failed')),
    error_message text,
    sent_at timestamptz not null default now(),
    primary key (id, sent_at)
);
create index idx_notification_log_user_id on notification_log (user_id, sent_at desc);
create index idx_notification_log_type on notification_log (notification_type, sent_at desc);
create index idx_notification_log_status on notification_log (status, sent_at desc);

create view active_positions as
    select * from positions where exit_time is null order by entry_time desc;
create view open_orders as
    select * from orders where status in ('NEW', 'PARTIALLY_FILLED') order by placed_at desc;
create view daily_performance as
    select metric_time::date as date, session_id, symbol, max(total_value) as final_value, min(total_value) as min_value,
           max(total_value) - min(total_value) as intraday_change, sum(realized_pnl) as total_realized_pnl
    from performance_metrics group by 1, 2, 3 order by 1 desc;
create view decisions_needing_review as
    select d.id as decision_id, d.agent_name, d.decision_type, d.symbol, d.confidence, d.created_at as decision_created_at,
           count(*) as feedback_count, count(*) filter (where f.rating = 'negative') as negative_count
    from llm_decisions d join decision_feedback f on f.decision_id = d.id
    group by d.id having count(*) filter (where f.rating = 'negative') >= 2 order by negative_count desc;
create materialized view decision_feedback_stats as
    select agent_name, decision_type, symbol, date_trunc('day', created_at) as feedback_date, count(*) as total_feedback,
           count(*) filter (where rating = 'positive') as positive_count,
           count(*) filter (where rating = 'negative') as negative_count
    from decision_feedback group by 1, 2, 3, 4;
create unique index idx_feedback_stats_unique
    on decision_feedback_stats (agent_name, decision_type, symbol, feedback_date);
