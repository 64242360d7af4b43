-- Users of the Telegram bot.

begin;

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

commit;
