-- Whether trading is paused, and by whom.

begin;

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

commit;
