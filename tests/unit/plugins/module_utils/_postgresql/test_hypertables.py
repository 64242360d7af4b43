# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._hypertables import combined
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._schema import migrations

Row = t.Dict[str, t.Any]

CANDLES: Row = {"schema": "public", "name": "candlesticks", "chunks": 3, "chunk_seconds": 86400}


def policy(procedure: str = "policy_compression", **more: t.Any) -> Row:
    fields = {"schema": "public", "name": "candlesticks", "procedure": procedure, "scheduled": True}
    return {**fields, "last_run_status": "Success", "hours_since_run": 2.0, "after_seconds": 604800, **more}


def test_policy_is_found_for_its_table() -> None:
    (seen,) = combined([CANDLES], [policy(), policy("policy_retention", after_seconds=31536000)])["details"]
    assert seen["compression"]["after_seconds"] == 604800
    assert seen["retention"]["after_seconds"] == 31536000


def test_table_without_a_policy_has_nulls() -> None:
    (seen,) = combined([CANDLES], [])["details"]
    assert set(seen["compression"].values()) == {None}


def test_policy_of_another_schema_does_not_count() -> None:
    assert combined([CANDLES], [policy(schema="archive")])["compressed"] == []


def test_paused_policy_compresses_nothing() -> None:
    assert combined([CANDLES], [policy(scheduled=False)])["compressed"] == []
    assert combined([CANDLES], [policy()])["compressed"] == ["candlesticks"]


def test_policy_that_never_ran_has_no_status() -> None:
    (seen,) = combined([CANDLES], [policy(last_run_status=None, hours_since_run=None)])["details"]
    assert seen["compression"]["last_run_status"] is None


def test_migrations_and_their_gaps() -> None:
    assert migrations([1, 2, 4]) == {"version": 4, "versions": [1, 2, 4], "missing": [3]}
    assert migrations([]) == {"version": None, "versions": [], "missing": []}
