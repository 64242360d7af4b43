# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of Redis on a real server: Redis 7 with TLS, users and the application that fills its cache."""

from __future__ import annotations

import os
import typing as t
from signal import SIGCONT, SIGSTOP

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox.components import redis
from tests.unit.catalogue.wiring import documented_keys

from . import _looks as looks
from .test_postgresql import differences

PATTERNS = [
    {"pattern": "cryptofunk:price:*", "max_ttl": 60},
    {"pattern": "coingecko:chart:*", "max_ttl": 300},
]
QUIET = ["server", "settings", "memory", "clients", "persistence", "replication", "lookups", "keys"]
RIGHTS = {"login_user": "integration", "login_password": "integration-Password-4711"}


def look(sandbox: Sandbox, *aspects: str, **changes: t.Any) -> looks.Look:
    chosen = {"aspects": list(aspects or QUIET), "patterns": PATTERNS}
    return looks.look(sandbox, "redis", "readiness_redis", **{**chosen, **changes})


def look_as_nobody(sandbox: Sandbox, host: str = INTERNAL, **changes: t.Any) -> looks.Look:
    return looks.look(sandbox, "redis", "readiness_redis", unauthenticated=True, login_host=host, **changes)


@pytest.fixture(scope="module")
def whole(started_sandbox: Sandbox) -> looks.Look:
    return look(started_sandbox)


@pytest.fixture
def with_rules(hardened: Sandbox) -> t.Iterator[t.Callable[..., dict[str, str]]]:
    """Return a function that makes a user with the given rules of the ACL."""
    client = redis.admin(hardened)

    def make(*rules: str) -> dict[str, str]:
        client.execute_command(
            "ACL", "SETUSER", RIGHTS["login_user"], "reset", "on", f">{RIGHTS['login_password']}", *rules
        )
        return RIGHTS

    yield make
    client.execute_command("ACL", "DELUSER", RIGHTS["login_user"])


class TestHealthy:
    def test_nothing_is_unseen_but_what_was_not_asked_for(self, whole: looks.Look) -> None:
        assert whole.seen["error"] is None
        assert set(whole.seen["unseen"]) == {"acl", "unauthenticated"}

    def test_every_key_is_documented_and_every_documented_key_is_there(self, whole: looks.Look) -> None:
        assert differences(whole.seen, documented_keys("redis_info")) == []

    def test_server_and_settings(self, whole: looks.Look) -> None:
        assert (whole.seen["ping"], whole.seen["server"]["major"]) == (True, 7)
        assert (whole.seen["bind"], whole.seen["protected_mode"], whole.seen["plain_port"]) == ([INTERNAL], True, 0)
        assert whole.seen["memory"]["policy"] == "allkeys-lru"
        assert whole.seen["memory"]["maxmemory"] == 512 * 2**20

    def test_persistence(self, whole: looks.Look) -> None:
        persistence = whole.seen["persistence"]
        assert (persistence["methods"], persistence["failures"], persistence["unsaved_seconds"]) == (
            ["aof", "rdb"],
            [],
            0,
        )

    def test_cache(self, whole: looks.Look) -> None:
        assert whole.seen["lookups"]["total"] > 1000
        assert 0.9 < whole.seen["hit_ratio"] < 1
        prices, charts = whole.seen["patterns"]
        assert (prices["sampled"], prices["without_ttl"], charts["sampled"]) == (3, 0, 4)
        assert 0 < prices["max_ttl"] <= 60

    def test_looking_changes_no_figure_of_the_cache(self, hardened: Sandbox) -> None:
        hardened.processes.stop(redis.CACHE_USER)
        try:
            first = look(hardened, "lookups").seen["lookups"]
            look(hardened, "keys")
            look(hardened, "keys")
            assert look(hardened, "lookups").seen["lookups"] == first
        finally:
            redis.use_cache(hardened)

    def test_nothing_is_refused_to_the_documented_user(self, hardened: Sandbox) -> None:
        client = redis.admin(hardened)
        client.execute_command("ACL", "LOG", "RESET")
        look(hardened)
        assert client.execute_command("ACL", "LOG") == []

    def test_it_is_quick(self, whole: looks.Look) -> None:
        assert whole.seconds < 3


class TestNobody:
    def test_server_with_passwords_refuses(self, hardened: Sandbox) -> None:
        assert look_as_nobody(hardened).seen["unauthenticated"]["outcome"] == "refused"

    def test_server_that_listens_elsewhere_is_unreachable(self, hardened: Sandbox) -> None:
        assert look_as_nobody(hardened, PUBLIC).seen["unauthenticated"]["outcome"] == "unreachable"

    def test_open_server_answers(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_open")
        assert look_as_nobody(hardened, PUBLIC).seen["unauthenticated"]["outcome"] == "answered"

    def test_plaintext_to_a_server_with_tls_is_no_answer(self, hardened: Sandbox) -> None:
        assert look_as_nobody(hardened, tls=False).seen["error"]["reason"] == "refused"


class TestRights:
    def test_wrong_password(self, hardened: Sandbox) -> None:
        assert look(hardened, login_password="wrong-horse-battery").seen["error"]["reason"] == "unauthorised"

    def test_no_password(self, hardened: Sandbox) -> None:
        found = looks.look(hardened, "redis", "readiness_redis", login_user=None, login_password=None)
        assert found.seen["error"]["reason"] == "unauthorised"

    def test_untrusted_certificate(self, hardened: Sandbox) -> None:
        assert look(hardened, ca_path=None).seen["error"]["reason"] == "malformed"

    def test_missing_rights_are_named_key_by_key(
        self, hardened: Sandbox, with_rules: t.Callable[..., dict[str, str]]
    ) -> None:
        found = look(hardened, **with_rules("+ping", "+info"))
        assert found.seen["memory"]["policy"] == "allkeys-lru"
        for key, right in (("bind", "+config|get"), ("patterns", "+scan"), ("database_keys", "+dbsize")):
            assert found.why(key) == "unauthorised"
            assert right in found.seen["unseen"][key]["message"]

    def test_aof_is_seen_without_the_right_to_see_settings(
        self, hardened: Sandbox, with_rules: t.Callable[..., dict[str, str]]
    ) -> None:
        assert look(hardened, "persistence", **with_rules("+ping", "+info")).seen["persistence"]["methods"] == ["aof"]

    def test_default_user_is_shown_without_hashes(
        self, hardened: Sandbox, with_rules: t.Callable[..., dict[str, str]]
    ) -> None:
        found = look(hardened, "acl", **with_rules("+ping", "+acl")).seen["acl"]
        assert found["user"] == RIGHTS["login_user"]
        assert found["default_user"] == {"is_on": True, "needs_password": True, "commands": "+@all"}


class TestBroken:
    @pytest.mark.parametrize(
        ("sabotage", "key", "expected"),
        [
            ("redis_key_for_ever", "keys_without_ttl", ["cryptofunk:price:dogecoin:usd"]),
            ("redis_noeviction", "memory.policy", "noeviction"),
            ("redis_no_memory_limit", "memory.maxmemory", 0),
            ("redis_no_persistence", "persistence.methods", []),
        ],
    )
    def test_fault_is_seen(self, hardened: Sandbox, sabotage: str, key: str, expected: t.Any) -> None:
        lifecycle.break_it(hardened, sabotage)
        seen: t.Any = look(hardened).seen
        for part in key.split("."):
            seen = seen[part]
        assert seen == expected

    def test_key_that_lives_too_long(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_key_too_long")
        (words,) = look(hardened).seen["keys_over_limit"]
        assert words.startswith("coingecko:chart:dogecoin:7: 3")

    def test_replica_that_lost_its_master_is_stale(self, hardened: Sandbox) -> None:
        client = redis.admin(hardened)
        client.execute_command("REPLICAOF", INTERNAL, "1")
        try:
            assert look(hardened, "replication").seen["replication"]["is_stale"] is True
        finally:
            client.execute_command("REPLICAOF", "NO", "ONE")

    def test_no_keys_are_too_little_data(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_no_keys")
        found = look(hardened)
        assert found.why("patterns") == "too_little_data"
        assert found.seen["keys_without_ttl"] == []

    def test_hardly_any_lookups_are_too_little_data(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_unused")
        found = look(hardened, "lookups")
        assert found.why("hit_ratio") == "too_little_data"
        assert found.seen["lookups"]["total"] < 1000

    def test_fault_is_seen_beside_a_pattern_without_keys(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_key_for_ever")
        found = look(hardened, "keys", patterns=[*PATTERNS, {"pattern": "nothing:*"}])
        assert found.why("patterns") == "too_little_data"
        assert found.seen["keys_without_ttl"] == ["cryptofunk:price:dogecoin:usd"]


class TestSilent:
    def test_server_that_is_down(self, hardened: Sandbox) -> None:
        lifecycle.break_it(hardened, "redis_stopped")
        assert look(hardened).seen["error"]["reason"] == "refused"

    def test_server_that_freezes_costs_its_budget_and_no_more(self, hardened: Sandbox) -> None:
        pid = hardened.processes.pid(redis.NAME)
        assert pid is not None
        os.kill(pid, SIGSTOP)
        try:
            found = look(hardened, timeout=2.0)
        finally:
            os.kill(pid, SIGCONT)
        assert found.seen["error"]["reason"] == "timeout"
        assert found.seconds < 2.5
