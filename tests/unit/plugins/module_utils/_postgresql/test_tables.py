# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._tables import dead_ratio, summary

Row = t.Dict[str, t.Any]


def table(name: str = "orders", **more: t.Any) -> Row:
    fields: Row = {
        "name": name,
        "rows": 50000,
        "live": 50000,
        "dead": 0,
        "sequential_scans": 0,
        "index_scans": 0,
        "days_since_vacuum": 1.0,
        "days_since_analyze": 1.0,
        "changed_since_vacuum": True,
        "changed_since_analyze": True,
        "autovacuum_is_off": False,
    }
    return {**fields, **more}


def test_longest_time_is_that_of_a_table_that_changed() -> None:
    rows = [table(days_since_vacuum=3.0), table(days_since_vacuum=90.0, changed_since_vacuum=False)]
    assert summary(rows, 50)["longest_without_vacuum_days"] == 3.0


def test_table_that_was_never_vacuumed_is_named_and_has_no_time() -> None:
    found = summary([table(days_since_vacuum=None, days_since_analyze=None)], 50)
    assert (found["never_vacuumed"], found["never_analyzed"]) == (["orders"], ["orders"])
    assert found["longest_without_vacuum_days"] == 0


def test_table_that_never_changed_needs_no_vacuum() -> None:
    assert summary([table(days_since_vacuum=None, changed_since_vacuum=False)], 50)["never_vacuumed"] == []


SCANS = [
    pytest.param(60, 10, True, id="more scans than lookups"),
    pytest.param(60, 600, False, id="more lookups than scans"),
    pytest.param(49, 0, False, id="too few scans to tell"),
    pytest.param(50, 0, True, id="just enough of them"),
]


@pytest.mark.parametrize(("sequential", "by_index", "found"), SCANS)
def test_table_that_is_read_from_end_to_end_is_named(sequential: int, by_index: int, found: bool) -> None:
    named = summary([table(sequential_scans=sequential, index_scans=by_index)], 50)["sequential"]
    assert bool(named) is found


def test_dead_ratio() -> None:
    assert dead_ratio(table(live=75, dead=25)) == 0.25
    assert dead_ratio(table(live=0, dead=0)) == 0
    assert summary([table(live=75, dead=25), table()], 50)["highest_dead_ratio"] == 0.25


def test_without_large_tables_nothing_is_the_matter() -> None:
    found = summary([], 50)
    assert (found["large_count"], found["highest_dead_ratio"], found["longest_without_analyze_days"]) == (0, 0, 0)


def test_no_more_tables_are_shown_than_can_be_read() -> None:
    found = summary([table(str(number)) for number in range(300)], 50)
    assert (found["large_count"], len(found["large"])) == (300, 50)
