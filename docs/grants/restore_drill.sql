-- Copyright (c) 2026, the cryptofunk.readiness authors
-- GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The role of the restore drill (playbooks/restore_drill.yml), for the server that it restores to: better a spare one than production.
-- Run it with psql as a superuser in the database postgres, then set the password with: \password readiness_drill
--
-- The role may create databases, and owns no other. It may not read the application's: take care that
-- REVOKE CONNECT ON DATABASE cryptofunk FROM PUBLIC was run there. In pg_hba.conf it needs, as its databases have new names each time:
--   hostssl  all  readiness_drill  ADDRESS/32  scram-sha-256

create role readiness_drill login nosuperuser createdb nocreaterole noreplication connection limit 4;
grant connect on database postgres to readiness_drill;

-- What a scratch database is copied from. Extensions that only a superuser may create are created here, once, by you: add those of the
-- application, such as timescaledb and vector.
create database readiness_drill_template is_template true;
\connect readiness_drill_template
create extension if not exists pg_stat_statements;
