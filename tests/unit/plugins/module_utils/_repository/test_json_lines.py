# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._json_lines import json_lines

TEXT = """{
  "title": "a, b: [c] \\"d\\"",
  "panels": [
    {"id": 1}, {"id": 2,
     "targets": [[], {}, null, -1.5e3,
       "x"]}
  ],
  "last": true
}"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("title",), 2),
        (("panels",), 3),
        (("panels", 0, "id"), 4),
        (("panels", 1), 4),
        (("panels", 1, "targets"), 5),
        (("panels", 1, "targets", 3), 5),
        (("panels", 1, "targets", 4), 6),
        (("last",), 8),
    ],
)
def test_each_value_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    assert json_lines(TEXT)[place] == line


def test_a_parsed_file_has_them() -> None:
    (tree,) = parse(TEXT.encode(), "a.json")
    assert (tree.data, tree.lines) == (json.loads(TEXT), json_lines(TEXT))


@pytest.mark.parametrize("text", ["1", '"a"', "[]", "{}", "null"])
def test_a_plain_value_stands_on_the_first_line(text: str) -> None:
    assert json_lines(text) == {(): 1}
