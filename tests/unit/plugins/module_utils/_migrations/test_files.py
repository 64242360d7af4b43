# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import (
    Sorted,
    gaps,
    misordered,
    sort_files,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._initdb import mounts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._load import NAMES
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse


def sort(*names: str, text: str = "") -> Sorted:
    return sort_files({f"m/{name}": text for name in names}, [re.compile(name) for name in NAMES])


@pytest.mark.parametrize(
    ("up", "down", "number"),
    [
        ("001_first.up.sql", "001_first.down.sql", 1),
        ("001_first.sql", "001_first_down.sql", 1),
        ("V2__second.sql", "U2__second.sql", 2),
        ("20260101120000_a.up.sql", "20260101120000_a.down.sql", 20260101120000),
    ],
)
def test_each_style_of_names_makes_a_pair(up: str, down: str, number: int) -> None:
    (one,) = sort(up, down).migrations
    assert (one.number, [script.file for script in one.ups], [script.file for script in one.downs]) == (
        number, [f"m/{up}"], [f"m/{down}"],
    )  # fmt: skip


@pytest.mark.parametrize("mark", ["-- +goose Down", "-- migrate:down", "--migrate:down transaction:false"])
def test_both_directions_in_one_file_are_taken_apart(mark: str) -> None:
    (one,) = sort("00001_a.sql", text=f"create table a (b int);\n{mark}\ndrop table a;\n").migrations
    assert (one.ups[0].text, one.downs[0].line) == ("create table a (b int);\n", 2)


def test_a_file_without_a_number_is_misnamed() -> None:
    assert sort("notes.sql", "001_a.sql").misnamed == ["m/notes.sql"]


@pytest.mark.parametrize(
    ("numbers", "first", "missing"),
    [
        ([1, 2, 3], 1, []),
        ([1, 2, 4, 7], 1, [3, 5, 6]),
        ([2, 3], 1, [1]),
        ([5, 6], 5, []),
        ([0, 1], 1, []),
        ([20260101, 20260301], 1, []),
        ([1, 5_000_000], 1, list(range(2, 52))),
        ([], 1, []),
    ],
)
def test_gaps(numbers: list[int], first: int, missing: list[int]) -> None:
    assert gaps(numbers, first) == missing


def test_an_order_by_name_that_is_not_that_by_number_is_seen() -> None:
    assert misordered(sort("9_a.sql", "10_b.sql").migrations) == ["m/10_b.sql", "m/9_a.sql"]
    assert misordered(sort("09_a.sql", "10_b.sql").migrations) == []


@pytest.mark.parametrize(
    ("volume", "found"),
    [
        ("./migrations:/docker-entrypoint-initdb.d", True),
        ("./migrations/:/docker-entrypoint-initdb.d/:ro", True),
        ("{type: bind, source: ./migrations, target: /docker-entrypoint-initdb.d}", True),
        ("./migrations:/migrations", False),
        ("./seed:/docker-entrypoint-initdb.d", False),
        ("data:/var/lib/postgresql/data", False),
        ("/docker-entrypoint-initdb.d", False),
    ],
)
def test_a_mounted_folder_is_seen(volume: str, found: bool) -> None:
    text = f"services:\n  db:\n    volumes:\n      - {volume}\n"
    (tree,) = parse(text.encode(), "c.yml")
    assert mounts(tree, "c.yml", "migrations") == ([("db", "c.yml:4")] if found else [])


def test_a_path_of_a_compose_file_begins_at_its_folder() -> None:
    (tree,) = parse(b"services: {db: {volumes: ['../migrations:/docker-entrypoint-initdb.d']}}", "deploy/c.yml")
    assert mounts(tree, "deploy/c.yml", "migrations") == [("db", "deploy/c.yml:1")]
