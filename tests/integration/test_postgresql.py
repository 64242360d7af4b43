# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of PostgreSQL on real servers: PostgreSQL 15 with a standby, TimescaleDB behind PgBouncer."""

from __future__ import annotations

import contextlib
import os
import threading
import time
import typing as t
from pathlib import Path
from signal import SIGCONT, SIGSTOP

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox import _sql
from sandbox._certificates import Authority
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox.components import app_sessions, pgbouncer, postgres, timescale
from tests.unit.catalogue.wiring import Keys, documented_keys

from . import _looks as looks

BARE, BARE_PASSWORD = "integration_bare", "bare-Password-4711"
MARK = "of_the_application"
OPTIONS: dict[str, t.Any] = {
    "pool_size": 10,
    "requests": 1,
    "tables": ["trading_sessions"],
    "latest_minors": {"15": 99},
}


def look(sandbox: Sandbox, *aspects: str, **changes: t.Any) -> looks.Look:
    chosen = {"aspects": list(aspects)} if aspects else {}
    return looks.look(sandbox, "postgresql", "readiness_postgresql", **{**chosen, **changes})


def look_at_timescaledb(sandbox: Sandbox, *aspects: str, **changes: t.Any) -> looks.Look:
    return looks.look(sandbox, "postgresql", "readiness_timescaledb", aspects=list(aspects), **changes)


@pytest.fixture(scope="module")
def whole(started_sandbox: Sandbox) -> looks.Look:
    return look(started_sandbox, **OPTIONS)


@contextlib.contextmanager
def slow_statement(sandbox: Sandbox) -> t.Iterator[None]:
    """Let the application run a statement with ``MARK`` in it that is slower than any other, and forget it at the end."""
    who = postgres.application(sandbox)
    where = {"host": INTERNAL, "port": sandbox.port(postgres.PORTS["server"]), "dbname": postgres.DATABASE}
    with _sql.session(user=who.user, password=who.password, sslmode="require", **where) as session:
        for dummy in range(2):
            session.run(f"select pg_sleep(0.5) as {MARK}")
    try:
        yield
    finally:
        with postgres.admin(sandbox) as database:
            database.run(
                "select pg_stat_statements_reset(0, 0, queryid) from pg_stat_statements where query like %s",
                [f"%{MARK}%"],
            )


@pytest.fixture
def bare(hardened: Sandbox) -> t.Iterator[dict[str, str]]:
    """A role that may log in, and nothing else."""
    with postgres.admin(hardened) as database:
        database.run(f"drop role if exists {BARE}; create role {BARE} login password '{BARE_PASSWORD}'")
        database.run(f"grant connect on database {postgres.DATABASE} to {BARE}")
    postgres.admit(hardened, [f"hostssl {postgres.DATABASE} {BARE} {INTERNAL}/32 scram-sha-256"])
    postgres.reload(hardened)
    yield {"login_user": BARE, "login_password": BARE_PASSWORD}
    postgres.admit(hardened, [])
    postgres.reload(hardened)
    with postgres.admin(hardened) as database:
        database.run(f"drop owned by {BARE}; drop role {BARE}")


class TestHealthy:
    def test_nothing_is_unseen_but_what_is_not_declared(self, whole: looks.Look) -> None:
        assert whole.seen["error"] is None
        assert set(whole.seen["unseen"]) == {"pooler"}

    def test_every_key_is_documented_and_every_documented_key_is_there(self, whole: looks.Look) -> None:
        assert differences(whole.seen, documented_keys("postgresql_info")) == []

    def test_server(self, whole: looks.Look) -> None:
        server = whole.seen["server"]
        assert (server["major"], server["in_recovery"], server["is_superuser"]) == (15, False, False)
        assert server["version_num"] == 150000 + server["minor"]
        assert server["listen_addresses"] == [INTERNAL]
        assert whole.seen["minors_behind"] == 99 - server["minor"]
        assert whole.seen["preloaded_libraries"] == ["pg_stat_statements"]

    def test_tls(self, whole: looks.Look) -> None:
        tls = whole.seen["tls"]
        assert (tls["enabled"], tls["own_session"]["encrypted"]) == (True, True)
        assert whole.seen["tls_protocols"] == {"min": "TLSv1.2", "max": ""}
        assert whole.seen["plaintext_login"]["outcome"] == "refused"
        assert whole.seen["hba"]["plaintext_rules"] == []

    def test_sessions(self, whole: looks.Look) -> None:
        (group,) = [one for one in whole.seen["sessions"]["groups"] if one["application_name"] == "cryptofunk-api"]
        assert (group["sessions"], group["encrypted"], group["is_local"]) == (10, True, False)
        assert whole.seen["sessions"]["unencrypted"] == []
        assert whole.seen["pool"]["sizes"] == [10]

    def test_sessions_are_used_again(self, hardened: Sandbox) -> None:
        found = look(hardened, "sessions", reused_after=app_sessions.REUSED_AFTER, application_names=["cryptofunk-api"])
        assert found.seen["reuse"]["by"] == "sessions"
        assert found.seen["reuse"]["ratio"] > 0.5

    def test_sessions_younger_than_asked_for_are_not_taken_for_used_again(self, hardened: Sandbox) -> None:
        reuse = look(hardened, "sessions", reused_after=10**6).seen["reuse"]
        assert (reuse["reused"], reuse["ratio"]) == (0, 0)

    def test_no_session_of_the_application_tells_nothing(self, hardened: Sandbox) -> None:
        assert look(hardened, "sessions", application_names=["nobody"]).why("reuse") == "too_little_data"

    def test_statements_are_counted_per_request(self, whole: looks.Look) -> None:
        found = whole.seen["calls_per_request"]
        first = found["by_calls"][0]
        assert found["most"] == first["per_request"] == first["calls"]  # of one request
        assert [one["calls"] for one in found["by_calls"]] == sorted(
            (one["calls"] for one in found["by_calls"]), reverse=True
        )

    def test_requests_of_another_time_tell_nothing(self, hardened: Sandbox) -> None:
        assert look(hardened, "statements", requests=10**9).why("calls_per_request") == "too_little_data"

    def test_requests_that_are_not_declared_are_asked_for(self, hardened: Sandbox) -> None:
        found = look(hardened, "statements", requests=None)
        assert found.why("calls_per_request") == "not_configured"
        assert found.seen["statements"]["calls"] > 0

    def test_standby(self, whole: looks.Look) -> None:
        (standby,) = whole.seen["replication"]["standbys"]
        assert standby["state"] == "streaming"
        assert standby["lag_seconds"] is not None
        assert whole.seen["replication"]["inactive_slots"] == []

    def test_statements_are_the_applications(self, hardened: Sandbox) -> None:
        with slow_statement(hardened):
            slowest = look(hardened, "statements", requests=1).seen["statements"]["by_mean"]
        application = postgres.application(hardened).user
        assert application in {one["user"] for one in slowest if MARK in one["query"]}
        assert not any("pg_stat_activity" in one["query"] for one in slowest)

    def test_tables_and_migrations(self, whole: looks.Look) -> None:
        assert whole.seen["schema"] == {"version": 13, "versions": list(range(1, 14)), "missing": []}
        assert whole.seen["declared_tables"] == [{"name": "trading_sessions", "exists": True, "rows": 21}]
        assert whole.seen["missing_tables"] == []

    def test_it_is_quick(self, whole: looks.Look) -> None:
        assert whole.seconds < 3

    def test_aspects_that_were_not_asked_for_say_so(self, hardened: Sandbox) -> None:
        found = look(hardened, "server")
        assert found.seen["server"]["major"] == 15
        assert found.why("hba") == "not_observed"

    def test_nothing_is_left_behind_in_the_session(self, hardened: Sandbox) -> None:
        look_at_timescaledb(hardened, "extensions")
        with postgres.admin(hardened) as database:
            assert database.run(
                "select count(*) from pg_stat_activity where application_name = 'cryptofunk-readiness'"
            ) == [(0,)]


def differences(seen: t.Any, documented: Keys, path: str = "") -> list[str]:
    """Return the paths that are only seen or only documented; below a documented leaf anything may be."""
    if isinstance(seen, list):
        return [found for one in seen for found in differences(one, documented, f"{path}[]")]
    if not isinstance(seen, dict) or not documented:
        return []
    both = set(seen) & set(documented)
    return [f"{path}.{key}" for key in set(seen) ^ set(documented)] + [
        found for key in both for found in differences(seen[key], documented[key], f"{path}.{key}")
    ]


class TestTimescale:
    def test_hypertables(self, hardened: Sandbox) -> None:
        found = look_at_timescaledb(hardened, "hypertables").seen["hypertables"]
        assert found["names"] == ["audit_logs", "candlesticks", "notification_log", "performance_metrics"]
        (candles,) = [one for one in found["details"] if one["name"] == "candlesticks"]
        assert candles["chunk_seconds"] == 86400
        assert (candles["compression"]["after_seconds"], candles["compression"]["last_run_status"]) == (
            604800,
            "Success",
        )
        assert candles["retention"]["scheduled"] is None

    def test_sizes_are_those_of_the_chunks(self, hardened: Sandbox) -> None:
        sizes = {
            one["name"]: one["bytes"] for one in look_at_timescaledb(hardened, "hypertables").seen["hypertable_sizes"]
        }
        assert sizes["candlesticks"] > 100000

    def test_extensions(self, hardened: Sandbox) -> None:
        found = look_at_timescaledb(hardened, "extensions").seen["extensions"]
        assert {"timescaledb", "vector"} <= set(found["installed"])
        assert "timescaledb" in found["loaded"]
        versions = {one["name"]: one["version_num"] for one in found["versions"]}
        assert versions["timescaledb"] >= 22300

    def test_library_that_nobody_has_used_yet_is_loaded_to_see_whether_it_can_be(self, hardened: Sandbox) -> None:
        pgbouncer.stop(hardened)
        timescale.stop(hardened)
        timescale.start(hardened)
        pgbouncer.start(hardened)
        assert "timescaledb" in look_at_timescaledb(hardened, "extensions").seen["extensions"]["loaded"]

    def test_pooler(self, hardened: Sandbox) -> None:
        found = look_at_timescaledb(hardened, "pooler", pooler=True).seen["pooler"]
        assert (found["pool_mode"], found["client_tls"]) == ("transaction", "require")
        assert {"name": "cryptofunk", "pool_size": 1, "in_use": 1} in found["databases"]

    def test_pooler_demands_tls(self, hardened: Sandbox) -> None:
        found = look_at_timescaledb(hardened, "tls")
        assert found.seen["plaintext_login"] == {"outcome": "refused", "detail": "the pooler demands TLS"}

    def test_server_that_shows_no_sessions_is_not_taken_for_an_idle_one(self, hardened: Sandbox) -> None:
        found = look_at_timescaledb(hardened, "sessions", "replication", pool_size=10)
        for key in ("connections", "sessions", "pool", "replication"):
            assert found.why(key) == "unsupported"

    def test_statements_that_are_not_counted_are_not_seen(self, hardened: Sandbox) -> None:
        assert look_at_timescaledb(hardened, "statements").why("statements") == "unsupported"


class TestWithoutRights:
    def test_role_without_rights_sees_what_everybody_sees(self, hardened: Sandbox, bare: dict[str, str]) -> None:
        found = look(hardened, **OPTIONS, **bare)
        assert found.seen["server"]["major"] == 15
        assert found.seen["tls"]["enabled"] is True
        assert found.seen["indexes"]["invalid"] == []

    @pytest.mark.parametrize(
        ("key", "right"),
        [
            ("hba", "grant select on pg_hba_file_rules"),
            ("sessions", "grant pg_monitor"),
            ("reuse", "grant pg_monitor"),
            ("calls_per_request", "grant pg_monitor"),
            ("connections", "grant pg_monitor"),
            ("replication", "grant pg_monitor"),
            ("statements", "grant pg_monitor"),
            ("preloaded_libraries", "grant pg_monitor"),
            ("tls_protocols", "grant pg_monitor"),
            ("declared_tables", "grant select on public.trading_sessions"),
            ("schema", "grant select on public.schema_version"),
        ],
    )
    def test_missing_right_is_named(self, hardened: Sandbox, bare: dict[str, str], key: str, right: str) -> None:
        found = look(hardened, **OPTIONS, **bare)
        assert found.why(key) == "unauthorised"
        assert f"{right} to {BARE}" in found.seen["unseen"][key]["message"]
        assert found.seen[key] is None

    def test_table_in_a_schema_that_may_not_be_used_is_not_missing(
        self, hardened: Sandbox, bare: dict[str, str]
    ) -> None:
        with postgres.admin(hardened) as database:
            database.run("revoke usage on schema public from public")
        try:
            found = look(hardened, "schema", tables=["trading_sessions"], **bare)
        finally:
            with postgres.admin(hardened) as database:
                database.run("grant usage on schema public to public")
        assert found.why("missing_tables") == "unauthorised"


class TestRefused:
    def test_wrong_password(self, hardened: Sandbox) -> None:
        assert look(hardened, login_password="wrong-horse-battery").seen["error"]["reason"] == "unauthorised"

    def test_user_that_pg_hba_does_not_know(self, hardened: Sandbox) -> None:
        assert look(hardened, login_user="stranger").seen["error"]["reason"] == "unauthorised"

    def test_authority_that_did_not_sign(self, hardened: Sandbox, tmp_path: Path) -> None:
        other = Authority(tmp_path)
        assert look(hardened, ca_cert=str(other.path)).seen["error"]["reason"] == "malformed"

    def test_no_such_database(self, hardened: Sandbox) -> None:
        assert look(hardened, login_db="nowhere").seen["error"]["reason"] in ("unauthorised", "refused")


class TestBroken:
    def test_plaintext_that_is_admitted(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "postgres_plaintext_admitted")
        assert look(hardened, "tls").seen["plaintext_login"]["outcome"] == "accepted"

    def test_server_without_tls(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "postgres_tls_off")
        found = look(hardened, "tls")
        assert found.seen["tls"]["enabled"] is False
        assert found.seen["tls"]["own_session"] == {"encrypted": False, "protocol": None, "cipher": None}
        assert found.seen["plaintext_login"]["outcome"] == "accepted"

    def test_application_in_plaintext(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "application_in_plaintext")
        assert look(hardened, "sessions").seen["sessions"]["unencrypted"] == ["10 of cryptofunk_app (cryptofunk-api)"]

    def test_invalid_and_duplicate_indexes(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "postgres_invalid_index")
        lifecycle.break_it(hardened, "postgres_duplicate_index")
        indexes = look(hardened, "indexes").seen["indexes"]
        assert indexes["invalid"] == ["public.sabotage_invalid"]
        assert indexes["duplicate"] == ["public.idx_orders_session = public.sabotage_double"]

    def test_table_that_was_never_vacuumed(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "postgres_never_vacuumed")
        tables = look(hardened, "tables").seen["tables"]
        assert tables["never_vacuumed"] == ["public.sabotage_import"]
        assert tables["autovacuum_is_off"] == ["public.sabotage_import"]
        assert 0.3 < tables["highest_dead_ratio"] < 0.4

    def test_forgotten_slot(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "postgres_inactive_slot")
        assert look(hardened, "replication").seen["replication"]["inactive_slots"] == ["sabotage_forgotten"]

    def test_dropped_table(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "trading_sessions_renamed")
        found = look(hardened, "schema", tables=["trading_sessions", "orders"]).seen
        assert found["missing_tables"] == ["trading_sessions"]
        assert [one["exists"] for one in found["declared_tables"]] == [False, True]

    def test_settings_that_wait_for_a_restart(self, hardened: Sandbox) -> None:
        postgres.configure(hardened, max_connections="90")
        postgres.reload(hardened)
        try:
            assert look(hardened, "server").seen["server"]["pending_restart"] == ["max_connections"]
        finally:
            postgres.configure(hardened)
            postgres.reload(hardened)

    def test_too_few_calls_tell_nothing(self, hardened: Sandbox) -> None:
        assert look(hardened, "statements", min_calls=10**9).why("statements") == "too_little_data"


@contextlib.contextmanager
def locked(sandbox: Sandbox) -> t.Iterator[None]:
    """Hold a lock on trading_sessions that keeps readers out."""
    with postgres.admin(sandbox) as database:
        database.run("begin; lock table trading_sessions in access exclusive mode")
        yield
        database.run("rollback")


class TestSilent:
    def test_table_under_a_lock_is_not_waited_for_to_the_end(self, hardened: Sandbox) -> None:
        with locked(hardened):
            found = look(hardened, "schema", tables=["trading_sessions"], timeout=8.0)
        assert found.why("declared_tables") == "timeout"
        assert found.seen["schema"]["version"] == 13
        assert found.seconds < 4

    def test_backend_that_freezes_in_a_query_costs_its_budget_and_no_more(self, hardened: Sandbox) -> None:
        frozen: list[int] = []
        with locked(hardened):
            freezer = threading.Thread(target=freeze_probe, args=(hardened, frozen))
            freezer.start()
            try:
                found = look(hardened, "schema", "server", tables=["trading_sessions"], timeout=3.0)
            finally:
                freezer.join()
                for pid in frozen:
                    os.kill(pid, SIGCONT)
        assert frozen
        assert found.seen["error"] is None
        assert found.seen["server"]["major"] == 15
        assert found.why("declared_tables") == "timeout"
        assert found.seconds < 3.5

    def test_server_that_ends_the_session_in_a_query(self, hardened: Sandbox) -> None:
        with locked(hardened):
            killer = threading.Thread(target=end_probe, args=(hardened,))
            killer.start()
            found = look(hardened, "schema", tables=["trading_sessions"], timeout=5.0)
            killer.join()
        assert found.why("declared_tables") == "refused"
        assert found.seconds < 4


WAITING = (
    "select pid from pg_stat_activity where application_name = 'cryptofunk-readiness' and wait_event_type = 'Lock'"
)


def waiting_probe(sandbox: Sandbox) -> int | None:
    """Return the backend in which the probe waits for a lock, once it does."""
    end = time.monotonic() + 3
    with postgres.admin(sandbox) as database:
        while time.monotonic() < end:
            for (pid,) in database.run(WAITING):
                return int(pid)
    return None


def freeze_probe(sandbox: Sandbox, frozen: list[int]) -> None:
    pid = waiting_probe(sandbox)
    if pid is not None:
        os.kill(pid, SIGSTOP)
        frozen.append(pid)


def end_probe(sandbox: Sandbox) -> None:
    pid = waiting_probe(sandbox)
    with postgres.admin(sandbox) as database:
        database.run("select pg_terminate_backend(%s)", [pid])
