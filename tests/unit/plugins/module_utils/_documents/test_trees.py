# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._trees import entries, missing

THERE = {"cmd", "cmd/api", "cmd/api/main.go", "docs", "docs/API.md"}
TREE = """cryptofunk/
├── cmd/            # programs
│   ├── api/
│   │   └── main.go
│   └── web/
└── docs/
    └── API.md
"""


def has(path: str) -> bool:
    return path.rstrip("/") in THERE


def test_each_entry_has_its_whole_path() -> None:
    assert entries(TREE) == [
        (0, "cryptofunk/"),
        (1, "cmd/"),
        (2, "cmd/api/"),
        (3, "cmd/api/main.go"),
        (4, "cmd/web/"),
        (5, "docs/"),
        (6, "docs/API.md"),
    ]


def test_what_is_not_there_is_missing() -> None:
    assert missing(TREE, [""], has) == [(4, "cmd/web/")]


def test_a_tree_of_something_else_says_nothing() -> None:
    assert missing(TREE.replace("cmd", "lib").replace("docs", "man"), [""], has) == []


def test_a_tree_of_a_folder_is_looked_for_there() -> None:
    assert missing("cmd/\n├── api/\n│   └── main.go\n├── api/main.go\n└── gone/\n", [""], has) == [(4, "cmd/gone/")]


def test_a_diagram_is_no_tree() -> None:
    assert missing("┌───┐\n│ a │──▶ b\n└───┘\n", [""], has) == []
