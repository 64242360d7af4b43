# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
import redis

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._faults import fault

RAISED = [
    (redis.exceptions.NoPermissionError("this user has no permissions to run the 'get' command"), Reason.UNAUTHORISED),
    (redis.exceptions.AuthenticationError("invalid username-password pair"), Reason.UNAUTHORISED),
    (redis.exceptions.AuthenticationError("Authentication required."), Reason.UNAUTHORISED),
    (redis.exceptions.ResponseError("unknown command 'CONFIG'"), Reason.UNSUPPORTED),
    (redis.exceptions.BusyLoadingError("loading"), Reason.REFUSED),
    (redis.exceptions.ConnectionError("max number of clients reached"), Reason.REFUSED),
    (redis.exceptions.ConnectionError("Connection closed by server."), Reason.REFUSED),
    (redis.exceptions.TimeoutError("Timeout reading from socket"), Reason.TIMEOUT),
    (redis.exceptions.InvalidResponse("Protocol Error: x"), Reason.MALFORMED),
    (redis.exceptions.ResponseError("ERR something else"), Reason.NOT_OBSERVED),
]


@pytest.mark.parametrize(("exception", "reason"), RAISED, ids=lambda one: str(one)[:40])
def test_exception_of_the_library_has_its_reason(exception: Exception, reason: Reason) -> None:
    assert fault(exception, "look").reason is reason


def test_missing_right_is_named() -> None:
    refused = redis.exceptions.NoPermissionError("this user has no permissions")
    assert (
        fault(refused, "look", "+config|get").message == "Cannot look: the user may not do that; it needs: +config|get"
    )


def test_words_of_the_server_are_not_repeated() -> None:
    assert "hunter2" not in fault(redis.exceptions.ResponseError("ERR bad AUTH hunter2"), "look").message
