-- Who did what, kept for a year.

begin;

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
select create_hypertable('audit_logs', 'timestamp', chunk_time_interval => interval '7 days');
alter table audit_logs set
    (timescaledb.compress, timescaledb.compress_orderby = 'timestamp desc',
     timescaledb.compress_segmentby = 'event_type, severity');
select add_compression_policy('audit_logs', interval '30 days');
select add_retention_policy('audit_logs', interval '365 days');

commit;
