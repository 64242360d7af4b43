# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import (
    origin,
    part,
    shown,
    substitute,
    unknown_names,
    without_marks,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

TABLE = {"A": "a", "EMPTY": ""}


def replaced(text: str) -> str:
    return substitute(text, TABLE, lambda name, required: None)


@pytest.mark.parametrize(
    ("text", "becomes", "comes_from"),
    [
        ("plain", "plain", "literal"),
        ("$A", "a", "given"),
        ("${A}", "a", "given"),
        ("${A}b", "ab", "literal"),
        ("$$A", "$A", "literal"),
        ("${A:-b}", "a", "given"),
        ("${B:-b}", "b", "fallback"),
        ("${B-b}", "b", "fallback"),
        ("${EMPTY:-b}", "b", "fallback"),
        ("${EMPTY-b}", "", "given"),
        ("${B:-}", "", "literal"),
        ("${B:-${A}}", "a", "given"),
        ("${B:-${C:-c}}", "c", "fallback"),
        ("${A:+x}", "x", "literal"),
        ("${B:+x}", "", "literal"),
        ("$B", "${B}", "unknown"),
        ("${B:?why it is needed}", "${B}", "unknown"),
        ("http://$B:1", "http://${B}:1", "literal"),
    ],
)
def test_a_reference_is_replaced_and_remembers_its_origin(text: str, becomes: str, comes_from: str) -> None:
    marked = replaced(text)

    assert (shown(marked), origin(marked)) == (becomes, comes_from)


@pytest.mark.parametrize("text", ["$", "${", "${A", "${A:-b", "${}", "${A b}", "$1", "a$ b", "${1}"])
def test_what_compose_refuses_is_malformed(text: str) -> None:
    with pytest.raises(LookError):
        replaced(text)


def test_each_variable_without_a_value_is_told() -> None:
    told: list[tuple[str, bool]] = []

    marked = substitute("$A ${B} ${C:?no} ${D:-d}", TABLE, lambda name, required: told.append((name, required)))

    assert told == [("B", False), ("C", True)]
    assert unknown_names(marked) == ["B", "C"]


def test_a_part_keeps_the_mark_that_it_stands_under() -> None:
    marked = substitute("${URL}", {"URL": "postgres://u:secret@h"}, lambda name, required: None)
    begin = marked.index("secret")

    assert origin(part(marked, begin, begin + 6)) == "given"
    assert origin(part("x" + marked, 0, 1)) == "literal"


def test_a_file_cannot_forge_a_mark() -> None:
    forged = "".join(chr(0xE000 + number) for number in range(4))

    assert without_marks(f"a{forged}b") == "ab"
