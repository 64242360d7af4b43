# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._pooler import described
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._replication import with_lag
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._sessions import of_application, reuse_of

Row = t.Dict[str, t.Any]


def group(**more: t.Any) -> Row:
    fields = {"user": "app", "application_name": "api", "encrypted": True, "is_local": False, "sessions": 3}
    return {**fields, "idle_in_transaction": 0, "longest_idle_in_transaction_seconds": 0, **more}


def test_sessions_are_counted() -> None:
    assert of_application([group(), group(is_local=True, encrypted=False, sessions=2)])["count"] == 5


def test_unencrypted_sessions_are_named() -> None:
    assert of_application([group(), group(encrypted=False, application_name="")])["unencrypted"] == [
        "3 of app (unnamed)"
    ]


def test_local_socket_needs_no_encryption() -> None:
    found = of_application([group(is_local=True, encrypted=False)])
    assert (found["unencrypted"], found["remote"]) == ([], [])


def test_waits_inside_a_transaction_are_added_up() -> None:
    rows = [group(idle_in_transaction=1, longest_idle_in_transaction_seconds=9), group(idle_in_transaction=2)]
    found = of_application(rows)
    assert (found["idle_in_transaction"], found["longest_idle_in_transaction_seconds"]) == (3, 9)


def test_no_sessions_at_all() -> None:
    assert of_application([])["count"] == 0


REUSES = [
    pytest.param([(8, 0), (2, 0)], 1.0, id="all were used again"),
    pytest.param([(0, 10)], 0.0, id="all are young"),
    pytest.param([(3, 1), (0, 0)], 0.75, id="one that was idle ever since it was opened counts nowhere"),
]


@pytest.mark.parametrize(("counts", "ratio"), REUSES)
def test_share_of_sessions_that_were_used_again(counts: list[tuple[int, int]], ratio: float) -> None:
    assert reuse_of([group(reused=reused, young=young) for reused, young in counts], "Cannot")["ratio"] == ratio


@pytest.mark.parametrize("groups", [[], [group(reused=0, young=0)]], ids=["no session", "only idle ones"])
def test_sessions_that_do_nothing_tell_nothing_of_their_use(groups: list[Row]) -> None:
    with pytest.raises(LookError) as caught:
        reuse_of(groups, "Cannot look")
    assert caught.value.reason is Reason.TOO_LITTLE_DATA


LAGS = [
    pytest.param(0, None, 0, id="an idle standby that has replayed all is level"),
    pytest.param(-8, None, 0, id="so is one that is ahead of what we saw"),
    pytest.param(512, 0.25, 0.25, id="the server's figure counts for one that is behind"),
    pytest.param(512, None, None, id="a standby that is behind and does not say is unknown"),
    pytest.param(None, None, None, id="a standby without a position is unknown"),
]


@pytest.mark.parametrize(("behind", "lag", "seconds"), LAGS)
def test_lag_in_seconds(behind: int | None, lag: float | None, seconds: float | None) -> None:
    found = with_lag({"name": "standby", "lag_bytes": behind, "replay_lag": lag})
    assert found == {"name": "standby", "lag_bytes": behind, "lag_seconds": seconds}


def test_console_of_pgbouncer_is_read() -> None:
    config = [{"key": "default_pool_size", "value": "20"}, {"key": "pool_mode", "value": "transaction"}]
    databases = [
        {"name": "cryptofunk", "pool_size": 15, "current_connections": 4},
        {"name": "pgbouncer", "pool_size": 2, "current_connections": 0},
    ]
    counted = {"cl_active": 1, "cl_waiting": 0, "sv_active": 1, "sv_idle": 3, "maxwait": 0}
    pools = [
        {"database": "cryptofunk", "user": "app", **counted},
        {"database": "pgbouncer", "user": "pgbouncer", **counted},
    ]
    found = described(config, databases, pools)
    assert (found["default_pool_size"], found["pool_mode"], found["client_tls"]) == (20, "transaction", None)
    assert found["databases"] == [{"name": "cryptofunk", "pool_size": 15, "in_use": 4}]
    assert [one["database"] for one in found["pools"]] == ["cryptofunk"]
