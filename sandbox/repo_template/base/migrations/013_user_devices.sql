-- Devices and what they are told.

begin;

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
select create_hypertable('notification_log', 'sent_at');

commit;
