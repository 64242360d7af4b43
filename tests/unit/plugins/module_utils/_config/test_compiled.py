# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import parse_go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._compiled import compiled, word_of

SOURCE = """
package x

import (
    "time"
    futures "github.com/example/binance/v2/futures"
)

const (
    Wait  = 30 * time.Second
    Long  = (2) * time.Hour
    Ratio = 0.6
    Many  = 10_000
    Name  = "a"
    Sum   = Many + 1
)

func main() {
    client.UseTestnet = true
    level.Set(level.Debug)
    if asked() {
        client.UseTestnet = false
        level.Set(level.Info)
    }
    defer func() { level.Set(level.Warn) }()
    switch x {
    case 1:
        level.Set(level.Error)
    }
}
"""


@pytest.mark.parametrize(
    ("kind", "what", "found"),
    [
        ("constant", "Wait", [30.0]),
        ("constant", "Long", [7200.0]),
        ("constant", "Ratio", [0.6]),
        ("constant", "Many", [10000]),
        ("constant", "Name", ["a"]),
        ("constant", "Sum", [None]),
        ("constant", "Other", []),
        ("assigned", "UseTestnet", [True]),
        ("assigned", "client.UseTestnet", [True]),
        ("assigned", "Testnet", []),
        ("called", "level.Set", ["level.Debug"]),
        ("imported", "binance.*/futures$", ["github.com/example/binance/v2/futures"]),
        ("imported", "margin", []),
    ],
)
def test_what_is_compiled_in(kind: str, what: str, found: list[t.Any]) -> None:
    (file,) = parse_go({"x.go": SOURCE}).files

    assert [value for value, dummy in compiled(kind, what, file)] == found


def test_a_statement_has_its_line() -> None:
    (file,) = parse_go({"x.go": SOURCE}).files

    assert list(compiled("assigned", "UseTestnet", file)) == [
        (True, SOURCE.split("client.UseTestnet = true", maxsplit=1)[0].count("\n") + 1)
    ]


@pytest.mark.parametrize(
    ("kind", "what", "word"),
    [
        ("called", "zerolog.SetGlobalLevel", "SetGlobalLevel"),
        ("imported", "binance(/v2)?", "binance"),
        ("constant", "A", "A"),
    ],
)
def test_files_are_chosen_by_a_word(kind: str, what: str, word: str) -> None:
    assert word_of(kind, what) == word
