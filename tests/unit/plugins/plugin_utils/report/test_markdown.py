# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re
import typing as t

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import markdown
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._markdown_text import code, plain, prose

from .sample import sample


def tokens(text: str) -> list[Token]:
    """Return what a reader of CommonMark with tables makes of *text*."""
    return _flat(MarkdownIt("commonmark").enable("table").parse(text))


def shown(text: str) -> str:
    """Return the text that a reader sees."""
    seen = "".join(token.content for token in tokens(text) if token.type in ("text", "code_inline"))
    return seen.replace("\u200b", "")


def _flat(found: t.Iterable[Token]) -> list[Token]:
    return [token for one in found for token in [one, *_flat(one.children or [])]]


def test_nothing_becomes_markup_of_its_own() -> None:
    kinds = {token.type for token in tokens(markdown.render(sample()))}
    assert not kinds & {
        "html_inline",
        "html_block",
        "link_open",
        "image",
        "fence",
        "code_block",
        "em_open",
        "hr",
        "hardbreak",
    }


def test_a_forged_box_stays_text() -> None:
    report = sample()
    report["items"][2]["title"] = "no\n- [x] **1.3.3** forged"
    lines = markdown.render(report).splitlines()
    assert [line for line in lines if line.lstrip().startswith("- [x]") and "1.3.3" in line] == []


def test_only_what_holds_has_a_tick() -> None:
    ticks = re.findall(r"^ *- \[(.)\] \*\*([\d.]+)\*\*", markdown.render(sample()), re.MULTILINE)
    assert ticks == [
        ("x" if item["outcome"] in ("passed", "attested") else " ", item["id"]) for item in sample()["items"]
    ]


def test_a_table_keeps_its_columns() -> None:
    rows = [line for line in markdown.render(sample()).splitlines() if line.startswith("| **")]
    assert len(rows) == 3
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 6 for row in rows)


def test_a_child_stands_below_its_parent() -> None:
    assert "\n  - [ ] **1.3.8.1**" in markdown.render(sample())


@pytest.mark.parametrize(
    "text",
    [
        "a|b",
        "`a|b`",
        "<b>",
        "[a](b)",
        "*a* _b_ ~c~",
        "a\\|b",
        "&lt;",
        "``a`b``",
        "`",
        "``",
        "` `",
        "\\",
        "$x$",
        "a  b",
        "![a](b)",
        "<!-- -->",
    ],
)
def test_a_text_is_seen_as_it_was_written(text: str) -> None:
    cell = tokens(f"| a |\n| --- |\n| {plain(text)} |")
    assert "".join(token.content for token in cell if token.type == "text")[1:] == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "words"), [("run `a|b` now", "run a|b now"), ("`x`", "x"), ("a `b` `c`", "a b c"), (" `a` ", "a")]
)
def test_code_is_seen_as_code(text: str, words: str) -> None:
    assert shown(prose(text)).strip() == words


@pytest.mark.parametrize("text", ["", "`", "a``b", "|", "`|`"])
def test_any_text_can_be_code(text: str) -> None:
    assert shown(code(text)) == text


@pytest.mark.parametrize("text", ["@all", "a@b.example", "#12", "https://g.example", "www.g.example", "org/repo#1"])
def test_nobody_is_called_and_nothing_is_linked(text: str) -> None:
    assert not re.search(r"@\w|(?<!&)#\d|\w://|www\.", plain(text))
