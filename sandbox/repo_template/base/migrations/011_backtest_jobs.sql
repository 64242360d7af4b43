-- Runs over past prices.

begin;

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

commit;
