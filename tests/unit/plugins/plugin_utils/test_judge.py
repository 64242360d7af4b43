# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._judge import Check, Look, Verdict, judge

LOOK = Look("production", "tls_info", "2026-11-25T03:00:00Z", 5)
SUBJECT: dict[str, t.Any] = {
    "subject": "api:443",
    "error": None,
    "unseen": {},
    "accepted_versions": ["TLSv1.2"],
    "chain": {"trusted": None},
}


def verdict_of(
    that: str, matcher: str, expected: t.Any, subject: dict[str, t.Any] | None = None, because: str = ""
) -> Verdict:
    check = Check("1.3.5", "tls", that, matcher, expected, because)
    (verdict,) = judge(check, [subject or SUBJECT], LOOK, _in_words)
    return verdict


def _in_words(because: str, observed: list[t.Any]) -> list[str]:
    return [f"{because}{one}" for one in observed]


def test_what_holds_passes() -> None:
    verdict = verdict_of("accepted_versions", "subset_of", ["TLSv1.2"])
    assert (verdict["verdict"], verdict["reason"], verdict["observed"]) == ("pass", None, ["TLSv1.2"])


def test_the_contrary_fails_and_says_why() -> None:
    verdict = verdict_of("accepted_versions", "subset_of", ["TLSv1.3"], because="Clients get ")
    assert (verdict["verdict"], verdict["message"]) == ("fail", "Clients get ['TLSv1.2']")


def test_the_words_of_all_failures_are_made_at_once_and_each_has_its_own() -> None:
    asked: list[list[t.Any]] = []

    def explain(because: str, observed: list[t.Any]) -> list[str]:
        asked.append(observed)
        return _in_words(because, observed)

    subjects = [{**SUBJECT, "number": number} for number in (1, 9, 2, 8)]
    check = Check("1.3.5", "tls", "number", "at_most", 2, "There are ")
    verdicts = judge(check, subjects, LOOK, explain)
    assert [one["verdict"] for one in verdicts] == ["pass", "fail", "pass", "fail"]
    assert [one["message"] for one in verdicts] == ["", "There are 9", "", "There are 8"]
    assert asked == [[9, 8]]


def test_without_words_of_its_own_a_failure_tells_expectation_and_observation() -> None:
    assert (
        verdict_of("accepted_versions", "is_empty", True)["message"] == 'Expected is_empty true, observed ["TLSv1.2"]'
    )


@pytest.mark.parametrize("that", ["chain.trusted", "chain.trustd", "nothing", "chain.trusted.deep"])
def test_no_data_is_an_error(that: str) -> None:
    verdict = verdict_of(that, "equals", None)
    assert (verdict["verdict"], verdict["reason"]) == ("error", "no_data")


@pytest.mark.parametrize(
    ("that", "verdict"), [("chain.gone", "pass"), ("chain.trusted", "pass"), ("gone", "error"), ("gone.chain", "error")]
)
def test_absence_passes_only_where_it_was_looked_for(that: str, verdict: str) -> None:
    assert verdict_of(that, "is_absent", True)["verdict"] == verdict


def test_a_subject_of_which_nothing_was_seen_gives_its_reason() -> None:
    subject = {
        "subject": "api:443",
        "error": {"reason": "timeout", "message": "Cannot connect to api:443"},
        "unseen": {},
    }
    verdict = verdict_of("accepted_versions", "is_absent", True, subject)
    assert (verdict["verdict"], verdict["reason"], verdict["message"]) == (
        "error",
        "timeout",
        "Cannot connect to api:443",
    )


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (None, ["a.yml:3"]),
        ("stated[].at", ["b.yml:1", "c.yml:2"]),
        ("nothing.there", []),
        ("stated[].value", []),
    ],
)
def test_a_verdict_says_where_it_stands(query: str | None, places: list[str]) -> None:
    stated = [{"at": "b.yml:1", "value": 1}, {"at": "c.yml:2", "value": 2}, {"at": "b.yml:1", "value": 3}]
    subject = {**SUBJECT, "at": ["a.yml:3"], "stated": stated}
    check = Check("1.3.5", "tls", "accepted_versions", "is_empty", True, "", at=query)
    assert [one["at"] for one in judge(check, [subject], LOOK, _in_words)] == [places]


def test_a_long_observation_is_cut() -> None:
    verdict = verdict_of("accepted_versions", "is_empty", True, {**SUBJECT, "accepted_versions": ["x" * 9000]})
    assert len(verdict["observed"]) < 2100
    assert "9004 characters" in verdict["observed"]
