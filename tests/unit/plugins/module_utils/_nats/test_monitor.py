# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats import _monitor

ROUTES = [{"remote_name": "b"}, {"remote_name": "b"}, {"remote_name": "c"}, {"remote_id": "NX"}]
STREAM = {
    "name": "AUDIT",
    "config": {"storage": "file", "num_replicas": 3},
    "cluster": {"leader": "a", "replicas": [{"name": "b", "current": True}, {"name": "c", "offline": True}]},
}
META = {"leader": "a", "cluster_size": 3, "replicas": [{"name": "b", "current": True}, {"name": "c", "offline": True}]}


def test_many_routes_to_one_server_are_one_peer() -> None:
    assert _monitor.peers({"routes": ROUTES}) == ["NX", "b", "c"]


@pytest.mark.parametrize("said", [{}, {"routes": None}, {"routes": []}])
def test_a_server_without_routes_has_no_peers(said: dict[str, t.Any]) -> None:
    assert _monitor.peers(said) == []


@pytest.mark.parametrize(
    ("folder", "is_ephemeral"),
    [("/tmp/nats/jetstream", True), ("/dev/shm/js", True), ("/tmpfs-like/js", False), ("/data/jetstream", False)],
)
def test_a_folder_that_a_restart_empties_is_ephemeral(folder: str, is_ephemeral: bool) -> None:
    assert _monitor.jetstream({"config": {"store_dir": folder}})["store_is_ephemeral"] is is_ephemeral


@pytest.mark.parametrize("said", [{"disabled": True}, {"config": {}}])
def test_without_a_store_jetstream_is_off(said: dict[str, t.Any]) -> None:
    assert _monitor.jetstream(said)["enabled"] is False


def test_the_group_and_the_streams_are_read() -> None:
    seen = _monitor.jetstream(
        {"config": {"store_dir": "/data"}, "meta_cluster": META, "account_details": [{"stream_detail": [STREAM]}]}
    )
    assert seen["meta"] == {"leader": "a", "size": 3, "offline": ["c"]}
    assert seen["streams"] == [{"name": "AUDIT", "storage": "file", "replicas": 3, "leader": "a", "behind": ["c"]}]


@pytest.mark.parametrize(
    ("said", "ok"),
    [
        ({"http_status": 200, "status": "ok"}, True),
        ({"http_status": 503, "status": "unavailable", "error": "no leader"}, False),
        ({"http_status": 200, "status": "error"}, False),
        ({"http_status": 503, "status": "ok"}, False),
    ],
)
def test_only_a_server_that_says_ok_is_healthy(said: dict[str, t.Any], ok: bool) -> None:
    assert _monitor.health(said)["ok"] is ok


def test_a_report_without_its_numbers_is_malformed() -> None:
    with pytest.raises(LookError) as caught:
        _monitor.connections({"connections": "many", "max_connections": 10})
    assert caught.value.reason is Reason.MALFORMED
