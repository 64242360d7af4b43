# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis import _info
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._acl import user

SAVED: t.Dict[str, t.Any] = {"aof_enabled": 0, "rdb_changes_since_last_save": 0, "rdb_last_save_time": 1000}


def test_hit_rate_needs_both_counters() -> None:
    found = _info.lookups({"keyspace_hits": 900, "keyspace_misses": 100}, {})
    assert found == {"hits": 900, "misses": 100, "total": 1000, "ratio": 0.9}


def test_looks_at_remaining_lives_are_no_hits() -> None:
    found = _info.lookups({"keyspace_hits": 900, "keyspace_misses": 100}, {"cmdstat_pttl": {"calls": 300}})
    assert (found["hits"], found["total"]) == (600, 700)


def test_hit_rate_of_nothing_is_unknown() -> None:
    assert _info.lookups({"keyspace_hits": 0, "keyspace_misses": 0}, {})["ratio"] is None


@pytest.mark.parametrize("least", [0, 1000])
def test_too_few_lookups_tell_nothing(least: int) -> None:
    with pytest.raises(LookError) as raised:
        _info.hit_ratio({"total": 0, "ratio": None}, least)
    assert raised.value.reason is Reason.TOO_LITTLE_DATA


def test_enough_lookups_tell_the_rate() -> None:
    assert _info.hit_ratio({"total": 1000, "ratio": 0.9}, 1000) == 0.9


METHODS = [
    pytest.param(1, "3600 1", ["aof", "rdb"], id="both"),
    pytest.param(1, None, ["aof"], id="the AOF, where the setting save cannot be seen"),
    pytest.param(0, "3600 1", ["rdb"], id="RDB"),
    pytest.param(0, "", [], id="none"),
]


@pytest.mark.parametrize(("aof", "save", "methods"), METHODS)
def test_ways_to_the_disk(aof: int, save: str | None, methods: list[str]) -> None:
    assert _info.persistence({**SAVED, "aof_enabled": aof}, save, 2000.0)["methods"] == methods


UNSAVED = [
    pytest.param(0, 5, 600, id="changes since the last save"),
    pytest.param(0, 0, 0, id="no changes"),
    pytest.param(1, 5, 0, id="changes that the AOF has"),
]


@pytest.mark.parametrize(("aof", "changes", "seconds"), UNSAVED)
def test_time_for_which_changes_are_on_no_disk(aof: int, changes: int, seconds: int) -> None:
    info = {**SAVED, "aof_enabled": aof, "rdb_changes_since_last_save": changes}
    assert _info.persistence(info, "3600 1", 1600.0)["unsaved_seconds"] == seconds


def test_failures_are_put_into_words() -> None:
    info = {**SAVED, "rdb_last_bgsave_status": "err", "aof_last_write_status": "ok"}
    assert _info.persistence(info, "3600 1", 1600.0)["failures"] == ["the last RDB save"]


REPLICAS = [
    pytest.param({"role": "master", "connected_slaves": 2}, None, False, id="a master has no link"),
    pytest.param({"role": "slave", "master_link_status": "up"}, True, False, id="a replica in touch"),
    pytest.param({"role": "slave", "master_link_status": "down"}, False, True, id="a replica that lost its master"),
]


@pytest.mark.parametrize(("info", "link", "stale"), REPLICAS)
def test_link_of_a_replica(info: dict[str, t.Any], link: bool | None, stale: bool) -> None:
    found = _info.replication(info)
    assert (found["link_is_up"], found["is_stale"]) == (link, stale)


def test_clients_without_a_known_limit_have_no_ratio() -> None:
    assert _info.clients({"connected_clients": 4}, {})["ratio"] is None


HASH = "c4b1d3"
GETUSER = [
    pytest.param(["flags", ["on", "nopass"], "passwords", [HASH], "commands", "+@all"], True, False, id="as a list"),
    pytest.param({"flags": ["off"], "passwords": [HASH], "commands": "-@all"}, False, True, id="as a dictionary"),
    pytest.param(
        {"enabled": True, "flags": [], "passwords": [HASH], "commands": ["-@all", "+ping"]}, True, True, id="parsed"
    ),
]


@pytest.mark.parametrize(("found", "is_on", "needs_password"), GETUSER)
def test_user_is_shown_without_hashes(found: t.Any, is_on: bool, needs_password: bool) -> None:
    seen = user(found)
    assert (seen["is_on"], seen["needs_password"]) == (is_on, needs_password)
    assert HASH not in str(seen)
