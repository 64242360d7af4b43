# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._keys import unknown_keys
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

KNOWN = ["risk.max_drawdown", "risk.breaker.*.ratio", "exchanges.*.testnet", "tools.**", "list"]
FACTS = {"drawdown": ["risk.max_drawdown"], "testnet": ["exchanges.*.testnet"], "leverage": ["agent.max_leverage"]}


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ({"risk": {"max_drawdown": 1}}, []),
        ({"Risk": {"MAX_DRAWDOWN": 1}}, []),
        ({"exchanges": {"any": {"testnet": False}}}, []),
        ({"tools": {"a": {"b": 1}}}, []),
        ({"list": [{"a": 1}]}, []),
        ({"risk": None}, []),
        ({"risk": {"max_drawdwn": 1}}, [("risk.max_drawdwn", "risk.max_drawdown", "drawdown")]),
        ({"exchanges": {"any": {"testnett": 1}}}, [("exchanges.any.testnett", "exchanges.any.testnet", "testnet")]),
        ({"risk": {"max_leverage": 1}}, [("risk.max_leverage", "", "leverage")]),
        ({"max_drawdown": 1}, [("max_drawdown", "risk.max_drawdown", "drawdown")]),
        ({"discord": {"a": 1, "b": 2}}, [("discord", "", "")]),
        ({"risk": {"breaker": {"llm": {"x": 1}}}}, [("risk.breaker.llm.x", "", "")]),
        ([{"risk": 1}], [("0", "", "")]),
        (None, []),
    ],
    ids=str,
)
def test_keys_that_nothing_reads(data: t.Any, found: list[tuple[str, str, str]]) -> None:
    keys = unknown_keys("f.yaml", Tree(data), KNOWN, FACTS)

    assert [(one["path"], one["resembles"], one["fact"]) for one in keys] == found


def test_a_key_has_its_line() -> None:
    (key,) = unknown_keys("f.yaml", Tree({"x": 1}, {("x",): 7}), KNOWN, FACTS)

    assert (key["file"], key["line"], key["at"], key["part"]) == ("f.yaml", 7, "f.yaml:7", "x")
