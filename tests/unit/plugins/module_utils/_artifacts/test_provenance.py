# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When an artifact was made, and of which commit."""

from __future__ import annotations

import hashlib
import json
import typing as t
from datetime import datetime, timedelta

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._provenance import (
    Release,
    age,
    origin,
    read_sidecar,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import (
    UTC,
    from_epoch,
    parse_span,
    parse_time,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
COMMIT = "3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c"
OTHER = "9f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c"
RELEASE = Release(COMMIT)


def hours_ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def made(**parts: t.Any) -> Reading:
    return Reading("tests", {}, **parts)


@pytest.mark.parametrize(
    ("reading", "sidecar", "source", "hours"),
    [
        (made(produced=hours_ago(5)), Said(produced=hours_ago(6)), "content", 5.0),
        (made(), Said(produced=hours_ago(6)), "sidecar", 6.0),
        (made(), Said(), "mtime", 7.0),
    ],
    ids=["content", "sidecar", "mtime"],
)
def test_the_nearest_source_tells_the_age(reading: Reading, sidecar: Said, source: str, hours: float) -> None:
    facts, unseen = age(reading, sidecar, hours_ago(7), NOW)

    assert (facts["produced_from"], facts["age_hours"], unseen) == (source, hours, {})


def test_a_time_yet_to_come_is_no_age() -> None:
    facts, unseen = age(made(produced=hours_ago(-9)), Said(), NOW, NOW)

    assert facts["age_hours"] is None
    assert unseen["age_hours"].reason is Reason.MALFORMED


def test_a_clock_that_is_a_little_ahead_is_forgiven() -> None:
    assert age(made(produced=hours_ago(-0.5)), Said(), NOW, NOW)[0]["age_hours"] == 0.0


@pytest.mark.parametrize(
    ("content", "sidecar", "declared", "source", "same"),
    [
        (COMMIT, None, None, "content", True),
        (None, COMMIT, None, "sidecar", True),
        (None, None, COMMIT, "declared", True),
        (COMMIT[:8], COMMIT, COMMIT[:12], "content", True),
        (OTHER, None, None, "content", False),
        (None, f" {COMMIT.upper()} ", None, "sidecar", True),
    ],
)
def test_the_commit_is_compared_with_that_of_the_release(
    content: str | None, sidecar: str | None, declared: str | None, source: str, same: bool
) -> None:
    facts, unseen = origin(made(commit=content), Said(commit=sidecar), declared, RELEASE)

    assert (facts["commit_from"], facts["of_release_commit"], unseen) == (source, same, {})


def test_two_commits_that_differ_leave_it_unknown() -> None:
    facts, unseen = origin(made(commit=OTHER), Said(commit=COMMIT), None, RELEASE)

    assert facts["of_release_commit"] is None
    assert unseen["of_release_commit"].message == "The commit by content is 9f0c1d2e4b5a, and by sidecar 3f0c1d2e4b5a"


def test_without_any_commit_it_says_how_to_tell() -> None:
    dummy, unseen = origin(made(), Said(), None, RELEASE)

    assert unseen["of_release_commit"].reason is Reason.NO_DATA
    assert "<artifact>.meta.json" in unseen["commit"].message


def test_a_word_is_no_commit() -> None:
    assert origin(made(commit="main"), Said(), None, RELEASE)[1]["commit"].reason is Reason.MALFORMED


def test_without_a_release_the_commit_is_told_and_not_compared() -> None:
    error = LookError(Reason.NOT_CONFIGURED, "no release")
    facts, unseen = origin(made(commit=COMMIT), Said(), None, Release(None, error))

    assert facts["commit"] == COMMIT
    assert unseen == {"release_commit": error, "of_release_commit": error}


def sidecar(**stated: t.Any) -> Said:
    return read_sidecar(json.dumps(stated).encode(), b"content")


def test_a_sidecar_says_what_ci_wrote() -> None:
    said = sidecar(
        commit=COMMIT,
        produced="2026-11-25T03:00:00Z",
        sha256=hashlib.sha256(b"content").hexdigest(),
        command="go test",
        concurrency=100,
        requests=5,
        pipeline="1234",
    )

    assert (said.commit, said.command, said.concurrency, said.requests) == (COMMIT, "go test", 100, 5)
    assert said.produced == datetime(2026, 11, 25, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "stated",
    [
        {"sha256": "0" * 64},
        {"commit": "main"},
        {"produced": "yesterday"},
        {"concurrency": "many"},
        {"concurrency": True},
        {"requests": -1},
        {"command": ["go"]},
    ],
    ids=["sha256 of another content", "commit", "time", "word for a number", "bool for a number", "negative", "list"],
)
def test_a_sidecar_that_is_wrong_is_refused(stated: dict[str, t.Any]) -> None:
    with pytest.raises(LookError) as caught:
        sidecar(**stated)

    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-25T03:00:00Z", "2026-11-25T03:00:00+00:00"),
        ("2026-11-25T03:00:00.123456789Z", "2026-11-25T03:00:00.123456+00:00"),
        ("2026-11-25T05:00:00+02:00", "2026-11-25T03:00:00+00:00"),
        ("2026-11-24T19:30:00-0730", "2026-11-25T03:00:00+00:00"),
        ("2026-11-25 03:00:00", "2026-11-25T03:00:00+00:00"),
        ("2026-02-30T03:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_times_are_read_as_tools_write_them(text: t.Any, expected: str | None) -> None:
    moment = parse_time(text)

    assert (moment.isoformat() if moment else None) == expected


@pytest.mark.parametrize("parts", [1, 1e3, 1e6, 1e9], ids=["seconds", "milli", "micro", "nano"])
def test_numbers_since_1970_are_read_in_every_unit(parts: float) -> None:
    assert from_epoch(1795578151 * parts) == datetime(2026, 11, 25, 3, 42, 31, tzinfo=UTC)


@pytest.mark.parametrize("value", ["x", None, 12, -1, 1e30])
def test_a_number_that_is_no_time_is_none(value: t.Any) -> None:
    assert from_epoch(value) is None


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("121.7ms", 121.7),
        ("1.5s", 1500),
        ("1m2.5s", 62_500),
        ("831µs", 0.831),
        ("4us", 0.004),
        ("9ns", 9e-6),
        ("5", None),
        ("x1s", None),
        ("", None),
    ],
)
def test_spans_are_read_with_their_units(text: str, milliseconds: float | None) -> None:
    assert parse_span(text) == (None if milliseconds is None else pytest.approx(milliseconds))
