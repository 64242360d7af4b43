# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t
import unicodedata

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import summary
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._words import REASON_WORDS

from .sample import sample

PATHS = {"json": "/srv/run/report.json", "html": "/srv/run/report.html"}


def wide(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)


def bad_run(failed: int = 90, pending: int = 40, undecided: int = 140) -> dict[str, t.Any]:
    """Return a report in which nearly everything holds up the launch, with long words in all of it."""
    report = sample()
    fault = next(item for item in report["items"] if item["id"] == "1.3.2")
    outcomes = ["failed"] * failed + ["pending"] * pending + ["error"] * undecided
    reasons = {"failed": ["x" * 500], "pending": ["\U0001f680" * 300], "error": []}
    codes = list(REASON_WORDS)
    report["items"] = [
        {
            **fault, "id": f"1.9.{number}", "outcome": outcome, "raw_outcome": outcome, "title": "\u96ea" * 200, "remediation": "word " * 300,
            "reasons": reasons[outcome] or [codes[number % len(codes)]],
            "verdicts": [{**fault["verdicts"][0], "message": "\u96ea" * 200}] if outcome == "failed" else [],
        }
        for number, outcome in enumerate(outcomes)
    ]  # fmt: skip
    report["stopped"] *= 10
    return report


@pytest.mark.parametrize(
    ("failed", "pending", "undecided"), [(90, 40, 140), (0, 0, 275), (275, 0, 0), (5, 1, 1), (1, 0, 0), (0, 0, 0)]
)
def test_it_fits_on_a_screen_however_bad_the_run_is(failed: int, pending: int, undecided: int) -> None:
    lines = summary.render(bad_run(failed, pending, undecided), PATHS).splitlines()
    assert len(lines) <= 40
    assert all(wide(line) <= 120 for line in lines)


def test_it_begins_with_the_conclusion_and_ends_with_the_report() -> None:
    lines = summary.render(sample(), PATHS).splitlines()
    assert lines[0] == "NOT READY: 4 blocking items failed, 1 pends, 1 cannot be told, 1 was not looked at"
    assert lines[-1] == "Report: /srv/run/report.html (beside it: report.json)"


def test_what_failed_is_told_with_message_and_first_sentence_of_the_remedy() -> None:
    report = sample()
    item = next(one for one in report["items"] if one["id"] == "1.3.2")
    item.update(title="TLS 1.2+ only", remediation="Set `a. B` now. Then wait.")
    item["reasons"] = ["TLSv1.0 is accepted"]
    told = summary.render(report, PATHS)
    assert "  1.3.2 TLS 1.2+ only [high]\n      failed: TLSv1.0 is accepted\n      to do: Set `a. B` now.\n" in told


def test_what_does_not_fit_is_counted_and_led_to() -> None:
    told = summary.render(bad_run(), PATHS)
    shown = told.count("to do:")
    assert 1 < shown < 10
    assert f"  and {90 - shown} more in /srv/run/report.html: 1.9.{shown}" in told


def test_undecided_items_are_grouped_by_reason() -> None:
    told = summary.render(sample(), PATHS)
    assert "Cannot tell, or not run (2):\n  1 timeout (no answer within the budget): 1.3.3\n" in told


def test_every_undecided_item_is_counted_in_some_group() -> None:
    lines = summary.render(bad_run(0, 0, 275), PATHS).splitlines()
    start = lines.index("Cannot tell, or not run (275):") + 1
    assert sum(int(line.split()[0]) for line in lines[start:-1]) == 275


def test_items_that_follow_others_are_not_told_as_causes() -> None:
    told = summary.render(sample(), PATHS)
    assert "Open only because others are (1): 1.3.8\n" in told
    assert "  1.3.8 " not in told


def test_it_has_no_colour_codes_and_no_line_of_another() -> None:
    assert "\x1b" not in summary.render(sample(), PATHS)
    assert not any(line.startswith("# f") for line in summary.render(sample(), PATHS).splitlines())


def test_without_a_written_report_there_is_no_path() -> None:
    assert "Report:" not in summary.render(bad_run(), {})


def test_a_path_is_never_cut() -> None:
    path = f"/srv/{'long/' * 40}report.html"
    assert summary.render(sample(), {"html": path}).endswith(f"Report: {path}")
