# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse


@pytest.mark.parametrize(
    ("name", "text", "data"),
    [
        ("a.yaml", "x: 1", {"x": 1}),
        ("a.json", '{"x": 1}', {"x": 1}),
        ("a.toml", "x = 1", {"x": 1}),
        ("deep/.env.production", "X=1", {"X": "1"}),
        (
            "a.env",
            "# c\n\nexport A='b c' # d\nE=\"f#g\"\nH=i#j # k\nL=\nA=again\n",
            {"A": "again", "E": "f#g", "H": "i#j", "L": ""},
        ),
    ],
)
def test_a_file_is_parsed_by_its_name(name: str, text: str, data: object) -> None:
    assert [tree.data for tree in parse(text.encode(), name)] == [data]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.json", '{"x": 1, "x": 2}', Reason.MALFORMED),
        ("a.json", "{", Reason.MALFORMED),
        ("a.json", "[" * 100_000, Reason.MALFORMED),
        ("a.toml", "x =", Reason.MALFORMED),
        ("a.env", "no assignment", Reason.MALFORMED),
        ("a.ini", "x=1", Reason.UNSUPPORTED),
    ],
)
def test_what_cannot_be_parsed_is_an_error_of_ours(name: str, text: str, reason: Reason) -> None:
    with pytest.raises(LookError) as caught:
        parse(text.encode(), name)
    assert caught.value.reason is reason


def test_bytes_that_are_no_text_are_malformed() -> None:
    with pytest.raises(LookError):
        parse(b"A=\xff", ".env")


def test_the_keys_of_toml_have_lines() -> None:
    (tree,) = parse(b'# c\na = 1\n[risk]\nmax = 2 # m\nb.c = 3\n[x."y"]\nz = """\nq = 1\n"""\n', "a.toml")

    assert {place: tree.lines[place] for place in [("a",), ("risk", "max"), ("risk", "b", "c"), ("x", "y", "z")]} == {
        ("a",): 2,
        ("risk", "max"): 4,
        ("risk", "b", "c"): 5,
        ("x", "y", "z"): 7,
    }
