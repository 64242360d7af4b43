# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
import time

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._markdown import read_page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._page import Page
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason


def page(text: str) -> Page:
    return read_page(text.encode(), "docs/GUIDE.md")


def test_links_images_and_html_have_their_lines() -> None:
    found = page(
        "# Title\n\nSee [one](a.md)\nand ![two](b.png).\n\n| A | B |\n|---|---|\n| x | [three](c.md) |\n\n"
        '<p align="center">\n<img src="d.png">\n<a href="e.md">e</a></p>\n\nText <a href="f.md">f</a>, [g][ref].\n\n[ref]: g.md\n'
    )

    assert [(one.target, one.line) for one in found.links] == [
        ("a.md", 3),
        ("b.png", 4),
        ("c.md", 8),
        ("d.png", 11),
        ("e.md", 12),
        ("f.md", 14),
        ("g.md", 14),
    ]


def test_code_is_no_link_and_no_heading() -> None:
    found = page(
        "`[no](a.md)`\n\n```bash\n# no heading\n[no](b.md)\n```\n\n    [no](c.md)\n\n<!-- [no](d.md) <a href='e.md'> -->\n"
    )

    assert (found.links, found.headings) == ([], [])
    assert [(one.line, one.language) for one in found.codes] == [(1, None), (4, "bash"), (8, "")]


def test_anchors_come_from_headings_and_from_html() -> None:
    found = page(
        '# A `code` *title*\n\n## A\n\n## A\n\n<a name="by-name"></a>\n\n<h2 id="by-id">In HTML</h2>\n\nSetext\n------\n'
    )

    assert list(found.anchors) == ["a", "a-1", "a-code-title", "by-id", "by-name", "in-html", "setext"]


def test_front_matter_is_no_text_and_keeps_the_lines() -> None:
    found = page("---\ntitle: A guide\n---\n# Guide\n\nTwo words.\n")

    assert ([(one.text, one.line) for one in found.headings], found.count_words()) == ([("Guide", 4)], 2)


def test_a_section_ends_where_the_next_one_of_its_level_begins() -> None:
    found = page("# One\n\n## Two\n\nText [x](x.md).\n\n### Below\n\nMore.\n\n## Three\n\n[y](y.md)\n")
    (two,) = [one for one in found.headings if one.text == "Two"]

    section = found.section(two)

    assert (section.first_line, section.last_line) == (3, 10)
    assert [one.target for one in section.links] == ["x.md"]
    assert [one.text for one in section.headings] == ["Two", "Below"]


def test_words_are_counted_without_code_but_with_comments_between_commands() -> None:
    found = page(
        "# Title here\n\nThree plain `code span` words.\n\n```bash\n# two words\nls -l\n```\n\n```go\n// no words\n```\n"
    )

    assert found.count_words() == 5 + 2


def test_a_statement_is_found_over_several_blocks_with_its_line() -> None:
    found = page("# Authentication\n\nThe status of it is:\nnot implemented.\n")

    assert found.lines_saying(re.compile("authentication[^.]{0,80}not implemented", re.IGNORECASE)) == [1]
    assert found.lines_saying(re.compile("not implemented")) == [4]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"# A\n\n\xff\xfe", Reason.MALFORMED), (b"x" * 30_000, Reason.UNSUPPORTED)],
    ids=["invalid UTF-8", "a line without end"],
)
def test_what_is_no_text_is_an_error(content: bytes, reason: Reason) -> None:
    with pytest.raises(LookError) as caught:
        read_page(content, "A.md")

    assert caught.value.reason is reason


PATHOLOGICAL = {
    "quotes": ">" * 15_000 + " x\n",
    "lists": "".join(f"{'  ' * depth}- x\n" for depth in range(400)),
    "brackets": "[" * 15_000 + "\n",
    "emphasis": "*a **a " * 2_500 + "\n",
    "backticks": "".join("`" * count + " " for count in range(1, 180)) + "\n",
    "tables": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n",
    "html": "<a " * 5_000 + "\n",
}


@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL.keys())
def test_pathological_texts_are_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    found = page(text)

    assert found.name == "docs/GUIDE.md"
    assert time.process_time() - began < 10
