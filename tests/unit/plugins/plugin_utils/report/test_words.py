# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import DECIDED_BY
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import OUTCOMES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import _headings, _words
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import (
    first_sentence,
    fit,
    one_line,
    spans,
    visible,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._view import sections

from .sample import sample

CHECKLIST_SECTIONS = 10


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "a\\u0000b"),
        ("\u202egnp", "\\u202egnp"),
        ("\ud800", "\\ud800"),
        ("a\u200bb", "a\\u200bb"),
        ("\U000e0041", "\\U000e0041"),
        ("\x1b[31m", "\\u001b[31m"),
        ("a\r\nb", "a\nb"),
        ("a\tb\nc", "a\tb\nc"),
        ("\U0001f469\u200d\U0001f680 \u96ea \u00fc", "\U0001f469\u200d\U0001f680 \u96ea \u00fc"),
    ],
    ids=[
        "NUL",
        "right to left",
        "lone surrogate",
        "zero width",
        "tag",
        "escape",
        "line end",
        "tab",
        "letters and emoji",
    ],
)
def test_hidden_characters_are_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_line_has_no_breaks() -> None:
    assert one_line(" a\n\tb\u2028c ") == "a b\\u2028c"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two.", "One."),
        ("Run `a. B. C` first. Then rest.", "Run `a. B. C` first."),
        ("See 1.3.5 of e.g. this.", "See 1.3.5 of e.g. this."),
        ("No end", "No end"),
        ("Use TLSv1.2 only! Now.", "Use TLSv1.2 only!"),
        ("One. `two`", "One."),
    ],
)
def test_the_first_sentence_is_found(text: str, sentence: str) -> None:
    assert first_sentence(text) == sentence


@pytest.mark.parametrize(
    ("text", "fitted"),
    [("12345", "12345"), ("123456", "1234…"), ("\u96ea\u96ea\u96ea", "\u96ea\u96ea…"), ("ae\u0301iou", "ae\u0301iou")],
)
def test_a_text_is_cut_to_columns(text: str, fitted: str) -> None:
    assert fit(text, 5) == fitted


def test_code_is_found_between_equal_backticks() -> None:
    assert spans("a `b` ``c`d`` `e") == [(False, "a "), (True, "b"), (False, " "), (True, "c`d"), (False, " `e")]


def test_every_outcome_and_every_reason_has_words() -> None:
    assert list(_words.OUTCOME_WORDS) == list(_words.MEANINGS) == list(OUTCOMES)
    assert {reason.value for reason in Reason} <= set(_words.REASON_WORDS)
    assert set(_words.DECIDED_BY_WORDS) == set(DECIDED_BY)


def test_every_section_and_topic_of_the_catalogue_has_its_heading() -> None:
    catalogue = read_catalogue()
    assert {item["section"] for item in catalogue} == set(_headings._SECTIONS)
    assert {item["topic"] for item in catalogue} == set(_headings._TOPICS)


def test_sections_are_numbered_as_in_the_checklist() -> None:
    numbered = [
        (one.number, one.name, [topic.number for topic in one.topics]) for one in sections({"items": read_catalogue()})
    ]
    assert [number for number, *dummy in numbered] == [str(number) for number in range(1, CHECKLIST_SECTIONS + 1)]
    assert numbered[8] == ("9", "rollback", ["9.1", "9.2–9.4", "9.5"])


def test_a_topic_of_a_users_own_is_spoken() -> None:
    assert _headings.topic_heading("own_checks") == "Own checks"


@pytest.mark.parametrize(
    ("outcomes", "conclusion", "words"),
    [
        (["failed", "passed"], "NOT READY", "NOT READY: 1 blocking item failed"),
        (["pending"], "NOT READY", "NOT READY: no blocking item failed, 1 pends"),
        (["failed"] * 2 + ["pending"] * 2, "NOT READY", "NOT READY: 2 blocking items failed, 2 pend"),
        (["failed", "error", "not_run"], "NOT READY", "NOT READY: 1 blocking item failed, 1 cannot be told, 1 was not looked at"),
        (["error", "passed"], "CANNOT TELL", "CANNOT TELL: no blocking item failed or pends, but 1 cannot be told"),
        (["not_run", "not_run"], "CANNOT TELL", "CANNOT TELL: no blocking item failed or pends, but 2 were not looked at"),
        ([], "CANNOT TELL", "CANNOT TELL: there is no blocking item"),
        (["passed", "attested"], "READY", "READY: none of the 2 blocking items is open"),
        (["passed", "waived"], "READY", "READY: none of the 2 blocking items is open, 1 of them by waiver"),
    ],
)  # fmt: skip
def test_the_conclusion_is_said_in_words(outcomes: list[str], conclusion: str, words: str) -> None:
    items = [{"outcome": outcome, "blocking": True} for outcome in outcomes] + [
        {"outcome": "failed", "blocking": False}
    ]
    assert _words.headline({"conclusion": conclusion, "items": items}) == words


def test_what_a_passed_item_leaves_out_is_said() -> None:
    item = {**sample()["items"][0], "outcome": "passed", "reasons": ["not looked at: readiness_x is not defined"]}
    assert _words.why(item) == "not looked at: readiness_x is not defined"
