-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The part of CryptoFunk's schema that needs TimescaleDB, which is there already. The intervals and policies are those of its migrations.

select create_hypertable('candlesticks', 'open_time', chunk_time_interval => interval '1 day');
select create_hypertable('performance_metrics', 'metric_time', chunk_time_interval => interval '1 day');
select create_hypertable('audit_logs', 'timestamp', chunk_time_interval => interval '7 days');
select create_hypertable('notification_log', 'sent_at');

alter table candlesticks set
    (timescaledb.compress, timescaledb.compress_segmentby = 'symbol, exchange, interval');
select add_compression_policy('candlesticks', interval '7 days');
alter table audit_logs set
    (timescaledb.compress, timescaledb.compress_orderby = 'timestamp desc',
     timescaledb.compress_segmentby = 'event_type, severity');
select add_compression_policy('audit_logs', interval '30 days');
select add_retention_policy('audit_logs', interval '365 days');
