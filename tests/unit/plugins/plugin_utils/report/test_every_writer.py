# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import html, json, junit, markdown, summary

from .sample import CANARY, NASTY, sample

Writer = t.Callable[[t.Dict[str, t.Any]], str]
PATHS = {"html": "/srv/run/report.html"}
WRITERS: dict[str, Writer] = {
    "html": html.render,
    "json": json.render,
    "junit": junit.render,
    "markdown": markdown.render,
    "summary": lambda report: summary.render(report, PATHS),
}
IN_WORDS = ["passed", "failed", "cannot tell", "pending", "attested", "waived", "not applicable", "not run"]
every_writer = pytest.mark.parametrize("writer", WRITERS.values(), ids=WRITERS)
every_writer_in_words = pytest.mark.parametrize(
    "writer", [one for name, one in WRITERS.items() if name != "json"], ids=[name for name in WRITERS if name != "json"]
)


def test_the_sample_has_every_outcome() -> None:
    assert all(sample()["counts"].values())


@every_writer_in_words
@pytest.mark.parametrize("words", IN_WORDS)
def test_every_outcome_is_shown(writer: Writer, words: str) -> None:
    assert words in writer(sample())


@every_writer
def test_partial_is_said(writer: Writer) -> None:
    assert "only 2 of 3 topics were selected" in writer(sample())


@every_writer_in_words
def test_partial_is_said_in_capitals(writer: Writer) -> None:
    assert "PARTIAL" in writer(sample())


@every_writer_in_words
def test_a_whole_report_does_not_say_partial(writer: Writer) -> None:
    report = sample()
    report["run"].update(partial=False, partial_because=None)
    assert "PARTIAL" not in writer(report)


@every_writer
def test_a_section_that_stopped_is_named(writer: Writer) -> None:
    assert "stopped" in writer(sample())


@every_writer
def test_the_conclusion_is_said(writer: Writer) -> None:
    assert "NOT READY" in writer(sample())


@every_writer_in_words
def test_no_hidden_character_is_left(writer: Writer) -> None:
    assert not set(writer(sample())) & set("\x00\x1b\u202e\u2066")


@every_writer
def test_what_the_report_does_not_hold_is_not_shown(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAULT_TOKEN", CANARY)
    assert CANARY not in writer(sample())


@every_writer
def test_writing_is_pure(writer: Writer) -> None:
    report = sample()
    before = copy.deepcopy(report)
    assert writer(report) == writer(before)
    assert report == before


@every_writer
def test_every_free_text_may_be_anything(writer: Writer) -> None:
    assert writer(_nasty_everywhere(sample()))


@every_writer
def test_a_report_with_nothing_in_it_is_written(writer: Writer) -> None:
    report = {**sample(), "conclusion": "CANNOT TELL", "items": [], "checklist": [], "stopped": []}
    report["counts"] = dict.fromkeys(report["counts"], 0)
    assert writer(report)


def _nasty_everywhere(value: t.Any, key: str = "") -> t.Any:
    """Return *value* with every text replaced that does not steer a writer."""
    if isinstance(value, dict):
        return {name: _nasty_everywhere(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_nasty_everywhere(one, key) for one in value]
    steers = key in ("outcome", "raw_outcome", "severity", "verdict", "decided_by", "conclusion", "id", "section")
    return NASTY if isinstance(value, str) and not steers else value
