# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._indexes import duplicates, unindexed

Row = t.Dict[str, t.Any]


def index(*columns: int, **more: t.Any) -> Row:
    fields = {"name": "i", "table": "orders", "is_valid": True, "predicate": None, "key_columns": len(columns)}
    return {**fields, "columns": list(columns), "shape": f"btree|{columns}", **more}


def key(*columns: int) -> Row:
    return {"name": "fk", "table": "orders", "columns": list(columns), "column_names": [f"c{one}" for one in columns]}


SERVING = [
    pytest.param(index(2), True, id="its own index"),
    pytest.param(index(2, 5), True, id="an index that begins with it"),
    pytest.param(index(5, 2), False, id="an index that ends with it"),
    pytest.param(index(2, is_valid=False), False, id="an invalid index"),
    pytest.param(index(2, table="trades"), False, id="an index of another table"),
    pytest.param(index(2, predicate="(c2 IS NOT NULL)"), True, id="a partial index without nulls"),
    pytest.param(index(2, predicate="(status = 1)"), False, id="a partial index without some rows"),
    pytest.param(index(5, 2, key_columns=1), False, id="an index that only includes it"),
]


@pytest.mark.parametrize(("row", "serves"), SERVING)
def test_index_serves_a_foreign_key(row: Row, serves: bool) -> None:
    assert unindexed([key(2)], [row]) == ([] if serves else ["orders (c2)"])


@pytest.mark.parametrize(
    ("row", "serves"), [(index(3, 2), True), (index(2, 3, 4), True), (index(2), False), (index(2, 4, 3), False)]
)
def test_index_serves_a_foreign_key_of_two_columns_in_any_order(row: Row, serves: bool) -> None:
    assert (unindexed([key(2, 3)], [row]) == []) is serves


def test_expression_is_no_column() -> None:
    assert unindexed([key(2)], [index(0, 2)]) == ["orders (c2)"]


def test_indexes_of_the_same_shape_are_duplicates() -> None:
    rows = [index(2, name="a"), index(2, name="b"), index(2, name="c", table="trades"), index(3, name="d")]
    assert duplicates(rows) == ["a = b"]


def test_invalid_index_doubles_nothing() -> None:
    assert duplicates([index(2, name="a"), index(2, name="b", is_valid=False)]) == []
