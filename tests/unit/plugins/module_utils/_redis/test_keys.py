# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._keys import described, need_keys


def test_keys_that_never_expire_are_named() -> None:
    found = described("price:*", 60, {"price:a": -1, "price:b": 30_000}, 500)
    assert (found["sampled"], found["without_ttl"], found["forever"], found["max_ttl"]) == (2, 1, ["price:a"], 30)


def test_keys_that_live_too_long_are_named() -> None:
    found = described("chart:*", 300, {"chart:a": 3_600_000, "chart:b": 300_400}, 500)
    assert (found["over_limit"], found["too_long"]) == (1, ["chart:a: 3600 s of 300 s"])


def test_without_a_limit_no_life_is_too_long() -> None:
    assert described("x:*", None, {"x:a": 10**9}, 500)["over_limit"] == 0


def test_key_that_is_gone_by_now_does_not_count() -> None:
    assert described("x:*", 60, {"x:a": -2}, 500)["sampled"] == 0


def test_no_more_keys_are_named_than_can_be_read() -> None:
    found = described("x:*", 60, {f"x:{number}": -1 for number in range(50)}, 500)
    assert (found["without_ttl"], len(found["forever"])) == (50, 10)


def test_pattern_without_keys_tells_nothing() -> None:
    with pytest.raises(LookError) as raised:
        need_keys([described("a:*", 60, {"a:1": 1000}, 500), described("b:*", 60, {}, 500)])
    assert raised.value.reason is Reason.TOO_LITTLE_DATA
    assert "b:*" in raised.value.message
    assert "a:*" not in raised.value.message


def test_no_patterns_are_not_configured() -> None:
    with pytest.raises(LookError) as raised:
        need_keys([])
    assert raised.value.reason is Reason.NOT_CONFIGURED
