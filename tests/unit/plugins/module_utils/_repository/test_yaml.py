# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._yaml import load


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("off", "off"),
        ("null", None),
        ("~", None),
        ("''", ""),
        ("12", 12),
        ("-3", -3),
        ("012", "012"),
        ("1_000", 1000),
        ("0.10", 0.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1:30", "1:30"),
        ("'12'", "12"),
        ("!!str 12", "12"),
        ("2026-01-31", "2026-01-31"),
        ("!own x", "x"),
        ("[1, a]", [1, "a"]),
        ("|\n  12\n", "12\n"),
    ],
)
def test_a_scalar_is_what_the_programs_take_it_for(text: str, value: object) -> None:
    (tree,) = load(f"key: {text}".encode(), "file")

    assert tree.data == {"key": value}
    assert type(tree.data["key"]) is type(value)


def test_values_know_their_lines() -> None:
    (tree,) = load(b"a:\n  b: 1\n  c:\n    - 2\n    - 3\n", "file")

    assert (tree.lines[("a", "b")], tree.lines[("a", "c", 1)]) == (2, 5)


def test_an_alias_and_a_merged_mapping_are_expanded_and_own_keys_win() -> None:
    (tree,) = load(b"a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\nc: *a\n", "file")

    assert tree.data == {"a": {"x": 1, "y": 2}, "b": {"x": 1, "y": 3}, "c": {"x": 1, "y": 2}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", "file:3: the key 'a' stands twice"),
        ("a: [\n", "is not valid YAML"),
        ("? [1]\n: 2\n", "a key is no text"),
        ("a: *b\n", "is not valid YAML"),
        ("a: &a [*a]\n", "when its aliases are expanded"),
    ],
)
def test_what_no_program_should_take_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(LookError, match=None) as caught:
        load(text.encode(), "file")
    assert words in caught.value.message


def test_all_documents_are_returned() -> None:
    assert [tree.data for tree in load(b"a: 1\n---\nb: 2\n---\n", "file")] == [{"a": 1}, {"b": 2}, None]


@given(st.binary(max_size=120))
def test_any_bytes_are_a_value_or_an_error_of_ours(content: bytes) -> None:
    try:
        load(content, "file")
    except LookError:
        return
