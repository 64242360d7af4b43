#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: postgresql_info
short_description: Look at a PostgreSQL server, its security, its use and its health
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Logs in once, and looks at the aspects of O(aspects) one after the other. What one aspect cannot see leaves the others alone.
  - Each query is a read-only transaction of its own, bounded in time on the server and here. Nothing is left behind in the session, so that a
    pooler may stand in between.
  - With the aspect V(tls) a second login without TLS is tried. It sends no password, whatever the server asks for.
  - What PostgreSQL hides without a word from a role that lacks the right is an error here, with the right to grant.
    C(docs/grants/postgresql.sql) of the collection makes a role with the least that is needed.
  - Tables, indexes, extensions, sessions and statements are those of the database O(login_db).
  - Texts of statements are shown without what stands in quotes in them. No password, and no hash of one, is read.
  - Knows PostgreSQL 13 to 18. TimescaleDB and PgBouncer are looked at where they are.
requirements:
  - psycopg2 2.9 or newer, where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.login
  - cryptofunk.readiness._options.database
options:
  aspects:
    description:
      - What to look at. The keys of the others are listed in RV(observation[].unseen).
    type: list
    elements: str
    choices:
      - server
      - tls
      - hba
      - extensions
      - sessions
      - replication
      - hypertables
      - pooler
      - indexes
      - tables
      - statements
      - sizes
      - schema
    default:
      - server
      - tls
      - hba
      - extensions
      - sessions
      - replication
      - hypertables
      - pooler
      - indexes
      - tables
      - statements
      - sizes
      - schema
  latest_minors:
    description:
      - The newest minor release of each major version, for RV(observation[].minors_behind).
    type: dict
    default: {}
  application_names:
    description:
      - Count only sessions with one of these application names as those of the application. Without it all sessions in O(login_db)
        but those of this probe count.
    type: list
    elements: str
    default: []
  application_users:
    description:
      - Count only sessions of these users as those of the application.
    type: list
    elements: str
    default: []
  pool_size:
    description:
      - How many connections the application's pools hold at most, all of them together.
    type: int
  pooler:
    description:
      - Whether a PgBouncer answers at O(login_host), whose console O(login_user) may use.
    type: bool
    default: false
  volume_bytes:
    description:
      - The size of the volume that the databases are on.
    type: int
  tables:
    description:
      - Tables whose rows are counted.
    type: list
    elements: str
    default: []
  large_table_rows:
    description:
      - How many rows make a table a large one.
    type: int
    default: 10000
  min_scans:
    description:
      - How often a large table must have been read from end to end before that counts.
    type: int
    default: 50
  min_calls:
    description:
      - How many calls of statements must be counted before they tell anything.
    type: int
    default: 100
  requests:
    description:
      - How many requests the application served since pg_stat_statements was last reset, for RV(observation[].calls_per_request).
    type: int
  reused_after:
    description:
      - How many seconds after it was opened a session must have been used for it to count as used again. Make it longer than a request takes.
    type: float
    default: 10.0
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 15.0
"""

EXAMPLES = r"""
- name: Look at the application's database
  cryptofunk.readiness.postgresql_info:
    login_host: db.internal.example.com
    login_user: readiness_probe
    login_password: "{{ vault_readiness_postgresql_password }}"
    login_db: cryptofunk
    ssl_mode: verify-full
    ca_cert: /etc/ssl/certs/internal-ca.pem
    volume_bytes: 53687091200
    pool_size: 10
    tables: [trading_sessions]

- name: Look whether everybody has to use TLS
  cryptofunk.readiness.postgresql_info:
    login_host: db.internal.example.com
    login_user: readiness_probe
    login_password: "{{ vault_readiness_postgresql_password }}"
    login_db: cryptofunk
    aspects: [tls, hba, sessions]
  register: database

- name: Judge it
  cryptofunk.readiness.assess:
    topic: security.tls
    looks:
      - {of: database, observed: database}
"""

RETURN = r"""
observation:
  description:
    - One subject, the database. Every key is always there; one that could not be filled is null and listed in
      RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: Where the database is.
      type: str
      sample: db.internal.example.com:5432/cryptofunk
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    server:
      description: What the server says about itself.
      type: dict
      contains:
        version:
          description: The version, as the server words it.
          type: str
          sample: 17.5 (Debian 17.5-1.pgdg120+1)
        version_num:
          description: The version as one number.
          type: int
          sample: 170005
        major:
          description: The major version.
          type: int
          sample: 17
        minor:
          description: The minor release.
          type: int
          sample: 5
        in_recovery:
          description: Whether the server is a standby.
          type: bool
          sample: false
        uptime_seconds:
          description: How long ago it was started.
          type: float
          sample: 864000.5
        database:
          description: The database as the server names it. Behind a pooler it may be another one than asked for.
          type: str
          sample: cryptofunk
        user:
          description: The role that the queries run as.
          type: str
          sample: readiness_probe
        is_superuser:
          description: Whether that role is a superuser.
          type: bool
          sample: false
        listen_addresses:
          description: The addresses that the server listens on; V(*) is all of them.
          type: list
          elements: str
          sample: [10.0.0.5]
        password_encryption:
          description: How new passwords are stored.
          type: str
          sample: scram-sha-256
        data_checksums:
          description: Whether pages carry checksums.
          type: bool
          sample: true
        pending_restart:
          description: The settings that are changed in the files, and wait for a restart.
          type: list
          elements: str
          sample: []
    minors_behind:
      description: How many minor releases the server is behind the one in O(latest_minors).
      type: int
      sample: 1
    preloaded_libraries:
      description: The libraries that the server loads when it starts.
      type: list
      elements: str
      sample: [timescaledb, pg_stat_statements]
    tls:
      description: How the server is set up for TLS.
      type: dict
      contains:
        enabled:
          description: Whether the server speaks TLS.
          type: bool
          sample: true
        own_session:
          description: The probe's own session, up to a pooler where there is one.
          type: dict
          contains:
            encrypted:
              description: Whether it is encrypted.
              type: bool
              sample: true
            protocol:
              description: The version of TLS; null without it.
              type: str
              sample: TLSv1.3
            cipher:
              description: The cipher suite; null without TLS.
              type: str
              sample: TLS_AES_256_GCM_SHA384
    tls_protocols:
      description: The versions of TLS that the server speaks.
      type: dict
      contains:
        min:
          description: The oldest one; empty without a limit.
          type: str
          sample: TLSv1.2
        max:
          description: The newest one; empty without a limit.
          type: str
          sample: ""
    plaintext_login:
      description: What became of a login without TLS, as this user, to this database, from where the probe runs.
      type: dict
      contains:
        outcome:
          description: V(refused), or V(accepted) when the server let it in or asked for the password.
          type: str
          sample: refused
        detail:
          description: The same in words.
          type: str
          sample: pg_hba.conf admits no connection without TLS from here
    hba:
      description: The rules of pg_hba.conf, as the file is now.
      type: dict
      contains:
        rules:
          description: The rules, in their order.
          type: list
          elements: dict
          contains:
            line:
              description: The line in the file.
              type: int
              sample: 12
            type:
              description: The type of connection.
              type: str
              sample: hostssl
            databases:
              description: The databases.
              type: list
              elements: str
              sample: [cryptofunk]
            users:
              description: The users.
              type: list
              elements: str
              sample: [cryptofunk_app]
            address:
              description: The address, with the length of its prefix; null for local sockets.
              type: str
              sample: 10.0.0.0/16
            method:
              description: How users prove who they are.
              type: str
              sample: scram-sha-256
            is_network:
              description: Whether it is about connections over the network.
              type: bool
              sample: true
            encrypted_only:
              description: Whether it admits encrypted connections only.
              type: bool
              sample: true
            is_loopback:
              description: Whether its address is this machine only.
              type: bool
              sample: false
            is_any_address:
              description: Whether its address is every address.
              type: bool
              sample: false
        wrong_lines:
          description: Lines that the server cannot read.
          type: list
          elements: int
          sample: []
        plaintext_rules:
          description: The rules that admit connections without encryption from other machines.
          type: list
          elements: str
          sample: ["line 14: host all all 10.0.0.0/16 scram-sha-256"]
        trust_rules:
          description: The rules that ask for nothing.
          type: list
          elements: str
          sample: ["line 3: local all all trust"]
        weak_rules:
          description: The rules over the network with md5, password or ident.
          type: list
          elements: str
          sample: ["line 14: host all all 10.0.0.0/16 md5"]
        open_rules:
          description: The rules that admit every address.
          type: list
          elements: str
          sample: ["line 15: hostssl all all 0.0.0.0/0 scram-sha-256"]
    extensions:
      description: The extensions of this database.
      type: dict
      contains:
        installed:
          description: The installed ones.
          type: list
          elements: str
          sample: [plpgsql, timescaledb, vector]
        available:
          description: Those that could be installed, and those that are.
          type: list
          elements: str
          sample: [pgcrypto, plpgsql, timescaledb, vector]
        loaded:
          description: Installed ones the library of which has defined its settings, which those that need preloading do only then.
          type: list
          elements: str
          sample: [plpgsql, timescaledb]
        versions:
          description: The installed ones with their versions.
          type: list
          elements: dict
          contains:
            name:
              description: The extension.
              type: str
              sample: timescaledb
            version:
              description: The installed version.
              type: str
              sample: 2.23.0
            version_num:
              description: The same as one number, V(22300) for V(2.23.0); null when it does not begin with a number.
              type: int
              sample: 22300
            default_version:
              description: The version that would be installed anew; null when its files are gone.
              type: str
              sample: 2.23.0
    connections:
      description: The connections of the whole server.
      type: dict
      contains:
        in_use:
          description: How many clients are connected.
          type: int
          sample: 27
        max:
          description: How many can be.
          type: int
          sample: 100
        reserved:
          description: How many of these are kept for superusers.
          type: int
          sample: 3
        ratio:
          description: The share in use of what is not reserved.
          type: float
          sample: 0.2784
    sessions:
      description: The application's sessions in this database.
      type: dict
      contains:
        count:
          description: How many there are.
          type: int
          sample: 12
        groups:
          description: All of them, grouped.
          type: list
          elements: dict
          contains: &group
            user:
              description: The role.
              type: str
              sample: cryptofunk_app
            application_name:
              description: The name that the client gives itself.
              type: str
              sample: cryptofunk-api
            encrypted:
              description: Whether they use TLS.
              type: bool
              sample: true
            is_local:
              description: Whether they came by a local socket.
              type: bool
              sample: false
            sessions:
              description: How many there are.
              type: int
              sample: 10
            idle_in_transaction:
              description: How many of them wait inside a transaction.
              type: int
              sample: 0
            reused:
              description: How many of them were used again, O(reused_after) seconds or more after they were opened.
              type: int
              sample: 10
            young:
              description: How many of them are not that old yet.
              type: int
              sample: 0
            longest_idle_in_transaction_seconds:
              description: How long the one does that waits longest.
              type: float
              sample: 0
        remote:
          description: Those over the network, grouped.
          type: list
          elements: dict
          contains: *group
        unencrypted:
          description: Those over the network without TLS, in words.
          type: list
          elements: str
          sample: [2 of cryptofunk_app (cryptofunk-api)]
        idle_in_transaction:
          description: How many wait inside a transaction.
          type: int
          sample: 0
        longest_idle_in_transaction_seconds:
          description: How long the one does that waits longest.
          type: float
          sample: 0
    pool:
      description: The pool of the application.
      type: dict
      contains:
        sizes:
          description: Its size as declared, and as PgBouncer has it.
          type: list
          elements: int
          sample: [10]
        sessions:
          description: How many sessions the application has now.
          type: int
          sample: 10
        beyond:
          description: How many of these are more than the largest of the sizes.
          type: int
          sample: 0
    reuse:
      description: Whether the application's sessions are used again, instead of for one request each.
      type: dict
      contains:
        by:
          description: How that is known. V(sessions) by their age, or V(pooler) where PgBouncer has a pool for the database.
          type: str
          sample: sessions
        reused:
          description: How many were used again O(reused_after) seconds or more after they were opened; null with a pooler.
          type: int
          sample: 10
        young:
          description: How many are not that old yet; null with a pooler. Those that are, and were never used again, count nowhere.
          type: int
          sample: 0
        ratio:
          description: The share of sessions that were used again.
          type: float
          sample: 1.0
    replication:
      description: Standbys and slots.
      type: dict
      contains:
        standbys:
          description: The standbys that are connected.
          type: list
          elements: dict
          contains:
            name:
              description: The name that the standby gives itself.
              type: str
              sample: standby1
            address:
              description: Its address; null by a local socket.
              type: str
              sample: 10.0.0.6
            state:
              description: What it does, as the server words it.
              type: str
              sample: streaming
            sync_state:
              description: Whether commits wait for it.
              type: str
              sample: async
            lag_bytes:
              description: How far its database is behind, in bytes of the log.
              type: int
              sample: 0
            lag_seconds:
              description:
                - How far its database is behind in time; V(0) where it has replayed all there is. Null where it is behind, and has not
                  told the time.
              type: float
              sample: 0.004
        slots:
          description: The replication slots that outlive their sessions.
          type: list
          elements: dict
          contains:
            name:
              description: The slot.
              type: str
              sample: standby1
            type:
              description: V(physical) or V(logical).
              type: str
              sample: physical
            active:
              description: Whether somebody uses it.
              type: bool
              sample: true
            wal_status:
              description: Whether what it needs is still there, as the server words it.
              type: str
              sample: reserved
            retained_bytes:
              description: How much of the log is kept for it; null when none was ever reserved.
              type: int
              sample: 16777216
        inactive_slots:
          description: The slots that nobody uses.
          type: list
          elements: str
          sample: []
        receives_from:
          description: The host that this server is a standby of; null when it is none.
          type: str
          sample: null
        receiver_status:
          description: What its receiver does; null when it has none.
          type: str
          sample: null
    hypertables:
      description: The hypertables. Without the extension timescaledb there are none.
      type: dict
      contains:
        names:
          description: Their names.
          type: list
          elements: str
          sample: [candlesticks]
        compressed:
          description: The names of those for which a compression policy is scheduled.
          type: list
          elements: str
          sample: [candlesticks]
        details:
          description: The hypertables.
          type: list
          elements: dict
          contains:
            schema:
              description: The schema.
              type: str
              sample: public
            name:
              description: The table.
              type: str
              sample: candlesticks
            chunks:
              description: How many chunks it has.
              type: int
              sample: 31
            compression_enabled:
              description: Whether chunks can be compressed.
              type: bool
              sample: true
            dimension:
              description: The column that it is divided by first.
              type: str
              sample: open_time
            chunk_seconds:
              description: How much time new chunks span; null where the column is no time.
              type: int
              sample: 86400
            compression:
              description: The compression policy; each key is null without one.
              type: dict
              contains: &policy
                scheduled:
                  description: Whether it is scheduled.
                  type: bool
                  sample: true
                last_run_status:
                  description: V(Success) or V(Failed); null when it never ran.
                  type: str
                  sample: Success
                hours_since_run:
                  description: How long ago it last ran; null when it never did.
                  type: float
                  sample: 5.5
                after_seconds:
                  description: From which age on it takes a chunk; null where age is no time.
                  type: int
                  sample: 604800
            retention:
              description: The retention policy; each key is null without one.
              type: dict
              contains: *policy
    hypertable_sizes:
      description: The sizes of the hypertables, with all of their chunks.
      type: list
      elements: dict
      contains:
        schema:
          description: The schema.
          type: str
          sample: public
        name:
          description: The table.
          type: str
          sample: candlesticks
        bytes:
          description: Its size.
          type: int
          sample: 73400320
    pooler:
      description: What PgBouncer says, with O(pooler).
      type: dict
      contains:
        pool_mode:
          description: When a connection goes back to the pool.
          type: str
          sample: transaction
        default_pool_size:
          description: How many connections a pool has unless its database says otherwise.
          type: int
          sample: 20
        max_client_connections:
          description: How many clients there can be.
          type: int
          sample: 100
        client_tls:
          description: How clients have to use TLS.
          type: str
          sample: require
        server_tls:
          description: How TLS is used to the server.
          type: str
          sample: verify-full
        databases:
          description: The databases that it offers.
          type: list
          elements: dict
          contains:
            name:
              description: The name by which clients ask for it.
              type: str
              sample: cryptofunk
            pool_size:
              description: The size of its pools.
              type: int
              sample: 15
            in_use:
              description: The connections that it has to the server.
              type: int
              sample: 4
        pools:
          description: The pools, one a database and user.
          type: list
          elements: dict
          contains:
            database:
              description: The database.
              type: str
              sample: cryptofunk
            user:
              description: The user.
              type: str
              sample: cryptofunk_app
            clients_active:
              description: Clients that are served.
              type: int
              sample: 8
            clients_waiting:
              description: Clients that wait for a connection.
              type: int
              sample: 0
            servers_active:
              description: Connections in use.
              type: int
              sample: 3
            servers_idle:
              description: Connections that are free.
              type: int
              sample: 1
            longest_wait_seconds:
              description: How long the client waits that waits longest.
              type: int
              sample: 0
    indexes:
      description: The indexes of the application's tables.
      type: dict
      contains:
        count:
          description: How many there are.
          type: int
          sample: 130
        invalid:
          description: Those that the server does not use, as their creation failed.
          type: list
          elements: str
          sample: [public.idx_orders_symbol]
        duplicate:
          description: Pairs that do the same.
          type: list
          elements: str
          sample: [public.api_keys_key_hash_key = public.idx_api_keys_key_hash]
        unindexed_foreign_keys:
          description: The foreign keys that no index of the referring table serves.
          type: list
          elements: str
          sample: [public.orders (position_id)]
    tables:
      description: The tables, and in particular those of at least O(large_table_rows) rows. A chunk of a hypertable counts by itself.
      type: dict
      contains:
        count:
          description: How many tables there are.
          type: int
          sample: 28
        large_count:
          description: How many of them are large.
          type: int
          sample: 3
        large:
          description: The largest ones, 50 at most.
          type: list
          elements: dict
          contains:
            name:
              description: The table.
              type: str
              sample: public.orders
            rows:
              description: How many rows the server thinks it has.
              type: int
              sample: 2000000
            live:
              description: How many live rows are counted since the statistics began.
              type: int
              sample: 1999000
            dead:
              description: How many dead ones.
              type: int
              sample: 1000
            dead_ratio:
              description: The share of dead rows.
              type: float
              sample: 0.0005
            sequential_scans:
              description: How often it was read from end to end.
              type: int
              sample: 12
            index_scans:
              description: How often one of its indexes was used.
              type: int
              sample: 480000
            days_since_vacuum:
              description: How long ago it was vacuumed; null when it never was, as far as the statistics go back.
              type: float
              sample: 0.8
            days_since_analyze:
              description: How long ago it was analyzed; null when it never was.
              type: float
              sample: 0.8
            changed_since_vacuum:
              description: Whether rows were written since.
              type: bool
              sample: true
            changed_since_analyze:
              description: Whether rows were written since.
              type: bool
              sample: true
            autovacuum_is_off:
              description: Whether autovacuum is told to leave it alone.
              type: bool
              sample: false
        sequential:
          description: The large tables that were read from end to end at least O(min_scans) times, and more often than by an index.
          type: list
          elements: str
          sample: ["public.orders: 600 sequential and 12 index scans of 2000000 rows"]
        never_vacuumed:
          description: The large tables that changed and were never vacuumed.
          type: list
          elements: str
          sample: []
        never_analyzed:
          description: The large tables that changed and were never analyzed.
          type: list
          elements: str
          sample: []
        longest_without_vacuum_days:
          description: The longest time since the vacuum of a large table that has changed since; 0 without any.
          type: float
          sample: 0.8
        longest_without_analyze_days:
          description: The longest time since the analysis of a large table that has changed since; 0 without any.
          type: float
          sample: 0.8
        highest_dead_ratio:
          description: The highest share of dead rows in a large table; 0 without any.
          type: float
          sample: 0.0005
        autovacuum_is_off:
          description: The large tables that autovacuum is told to leave alone.
          type: list
          elements: str
          sample: []
    vacuum:
      description: The settings of autovacuum, and how old transactions are.
      type: dict
      contains:
        autovacuum:
          description: Whether autovacuum is on.
          type: bool
          sample: true
        track_counts:
          description: Whether the server counts what autovacuum goes by.
          type: bool
          sample: true
        naptime:
          description: How long autovacuum sleeps between two rounds.
          type: str
          sample: 1min
        vacuum_scale_factor:
          description: The share of rows that have to change before a table is vacuumed.
          type: float
          sample: 0.2
        analyze_scale_factor:
          description: The share of rows that have to change before a table is analyzed.
          type: float
          sample: 0.1
        freeze_max_age:
          description: The age of a transaction at which a table is vacuumed in any case.
          type: int
          sample: 200000000
        wraparound_age:
          description: The age of the oldest transaction of any database. Two thousand million is the end.
          type: int
          sample: 4000000
    statements:
      description: What pg_stat_statements counted in this database of queries and changes of data that ran at least twice.
      type: dict
      contains:
        version:
          description: The version of the extension.
          type: str
          sample: "1.10"
        calls:
          description: How many calls are counted.
          type: int
          sample: 1200000
        count:
          description: How many statements there are.
          type: int
          sample: 87
        by_mean:
          description: The slowest 20 by their mean, the slowest first.
          type: list
          elements: dict
          contains: &statement
            query:
              description: The beginning of the statement, without what stands in quotes.
              type: str
              sample: select * from orders where session_id = $1 order by placed_at desc limit $2
            user:
              description: The role that ran it; null when it is gone.
              type: str
              sample: cryptofunk_app
            calls:
              description: How often it ran.
              type: int
              sample: 48000
            total_ms:
              description: How long it ran in all, in milliseconds.
              type: float
              sample: 5760.5
            mean_ms:
              description: How long a run takes on average.
              type: float
              sample: 0.12
            max_ms:
              description: How long the longest took.
              type: float
              sample: 41.7
            stddev_ms:
              description: The standard deviation.
              type: float
              sample: 0.3
        by_max:
          description: The slowest 20 by their longest run, the slowest first.
          type: list
          elements: dict
          contains: *statement
    calls_per_request:
      description: The statements that run most often, against O(requests).
      type: dict
      contains:
        requests:
          description: The number of requests, as it was declared.
          type: int
          sample: 40000
        most:
          description: How often the one that runs most often runs, per request.
          type: float
          sample: 1.2
        by_calls:
          description: The 20 that ran most often, the one with the most calls first.
          type: list
          elements: dict
          contains:
            <<: *statement
            per_request:
              description: How often it ran per request.
              type: float
              sample: 1.2
    sizes:
      description: How big it all is.
      type: dict
      contains:
        database_bytes:
          description: The size of this database.
          type: int
          sample: 8589934592
        all_databases_bytes:
          description: The size of all databases of the server.
          type: int
          sample: 8617197568
        largest:
          description: The ten largest tables with their indexes. A chunk of a hypertable counts by itself.
          type: list
          elements: dict
          contains:
            name:
              description: The table.
              type: str
              sample: public.agent_signals
            bytes:
              description: Its size.
              type: int
              sample: 352321536
    volume_ratio:
      description: The share of O(volume_bytes) that all databases fill.
      type: float
      sample: 0.1605
    schema:
      description: The migrations in the table schema_version.
      type: dict
      contains:
        version:
          description: The newest one; null when there is none.
          type: int
          sample: 13
        versions:
          description: All that were applied.
          type: list
          elements: int
          sample: [1, 2, 3]
        missing:
          description: Those between 1 and the newest that were not.
          type: list
          elements: int
          sample: []
    missing_tables:
      description: Those of O(tables) that do not exist.
      type: list
      elements: str
      sample: []
    declared_tables:
      description: The tables of O(tables).
      type: list
      elements: dict
      contains:
        name:
          description: The table, as it was given.
          type: str
          sample: trading_sessions
        exists:
          description: Whether it exists.
          type: bool
          sample: true
        rows:
          description: How many rows it has; null when it does not exist.
          type: int
          sample: 21
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: postgresql_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 170
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import postgresql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**postgresql.SPEC, supports_check_mode=True)
    run_module(module, "postgresql_info", postgresql.observe)


if __name__ == "__main__":
    main()
