-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The least that cryptofunk.readiness needs to look at PostgreSQL. Run it as a superuser in the application's database,
-- then set the password with: \password readiness_probe

create role readiness_probe login nosuperuser nocreatedb nocreaterole noreplication connection limit 10;
alter role readiness_probe set default_transaction_read_only = on;

-- Settings, sessions, statistics, statements, replication and sizes: what pg_monitor was made for.
grant pg_monitor to readiness_probe;

-- Which connections the server admits, and whether it demands TLS for them (items 1.3.1 and 1.4.2).
grant select on pg_hba_file_rules to readiness_probe;
grant execute on function pg_hba_file_rules() to readiness_probe;

-- The database itself, where not everybody may connect to it.
do $$ begin execute format('grant connect on database %I to readiness_probe', current_database()); end $$;

-- The application's own tables (items 2.1.2, 3.2.5, 3.2.9, 8.2.2 and 8.3.4): no prompts, no keys, no users.
grant usage on schema public to readiness_probe;
grant select on schema_version, trading_sessions, orders, agent_signals, agent_status to readiness_probe;
