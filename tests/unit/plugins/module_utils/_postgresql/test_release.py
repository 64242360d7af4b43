# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._release import compared


def numbers(entries: list[dict[str, t.Any]]) -> list[int]:
    return [one["number"] for one in entries]


@pytest.mark.parametrize(
    ("applied", "pending", "skipped", "unknown"),
    [
        pytest.param([1, 2, 3], [], [], [], id="all were applied"),
        pytest.param([1, 2], [3], [], [], id="the last one is pending"),
        pytest.param([1, 3], [2], [2], [], id="one was skipped"),
        pytest.param([1, 2, 3, 4], [], [], [4], id="the database is ahead"),
        pytest.param([], [1, 2, 3], [], [], id="nothing was applied"),
    ],
)
def test_a_release_of_three_migrations(
    applied: list[int], pending: list[int], skipped: list[int], unknown: list[int]
) -> None:
    found = compared([1, 2, 3], applied, lambda number: f"{number}.sql:1")
    assert (numbers(found["pending"]), numbers(found["skipped"]), found["unknown"]) == (pending, skipped, unknown)
    assert (found["version"], found["count"]) == (max(applied, default=None), len(applied))
    assert [one["at"] for one in found["pending"]] == [f"{number}.sql:1" for number in pending]
