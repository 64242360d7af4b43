# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import itertools
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import (
    ONLY_FILES,
    OUTCOMES,
    Scope,
    Statements,
    conclude,
    count,
    reduce,
)

HOSTS = ("blue", "green")
TOPICS = frozenset({"security.tls", "verification.smoke", "rollback.triggers", "signoff.final"})


def item(number: str, decided_by: str = "probe", checks: int = 1, **more: t.Any) -> dict[str, t.Any]:
    labels = [{"label": f"check {index}", "optional": False, "static": False} for index in range(checks)]
    return {
        "id": number, "section": "security", "topic": "tls", "severity": "critical", "decided_by": decided_by, "items": None, "checks": labels, **more,
    }  # fmt: skip


def verdict(number: str, host: str, check: str, kind: str, reason: str | None = None) -> dict[str, t.Any]:
    return {
        "item": number,
        "host": host,
        "check": check,
        "verdict": kind,
        "reason": reason,
        "message": f"{kind} of {check}",
        "subject": "s",
        "at": [],
    }


def outcome(
    one: dict[str, t.Any],
    verdicts: list[dict[str, t.Any]],
    scope: Scope = Scope(HOSTS, TOPICS),
    people: Statements = Statements(),
) -> str:
    return reduce([one], verdicts, scope, people)[one["id"]].outcome


VERDICTS = st.lists(
    st.builds(
        verdict,
        st.sampled_from(["1.3.5", "1.3.6"]),
        st.sampled_from([*HOSTS, "stranger"]),
        st.sampled_from(["check 0", "check 1", "check of another version"]),
        st.sampled_from(["pass", "fail", "error"]),
        st.sampled_from(["timeout", "no_data"]),
    ),
    max_size=12,
)


@given(VERDICTS, st.sampled_from(["probe", "probe_and_person"]), st.integers(0, 2), st.booleans())
def test_passed_only_when_each_expected_check_passed_on_each_host(
    verdicts: list[dict[str, t.Any]], decided_by: str, checks: int, attested: bool
) -> None:
    people = Statements(attested=frozenset({"1.3.5"}) if attested else frozenset())
    got = outcome(item("1.3.5", decided_by, checks), verdicts, people=people)
    own = [one for one in verdicts if one["item"] == "1.3.5" and one["host"] in HOSTS]
    passed = {(one["host"], one["check"]) for one in own if one["verdict"] == "pass"}
    complete = checks > 0 and all((host, f"check {index}") in passed for host in HOSTS for index in range(checks))
    clean = all(one["verdict"] == "pass" for one in own)
    if got in ("passed", "attested"):
        assert complete and clean
    if complete and clean:
        assert got == ("passed" if decided_by == "probe" else "attested" if attested else "pending")


@given(VERDICTS)
def test_one_seen_fault_decides(verdicts: list[dict[str, t.Any]]) -> None:
    fault = verdict("1.3.5", "green", "check 0", "fail")
    for position in (0, len(verdicts)):
        assert outcome(item("1.3.5"), [*verdicts[:position], fault, *verdicts[position:]]) == "failed"


@given(
    st.lists(st.tuples(st.sampled_from(["1.3.5", "1.3.6", "8.1.1", "9.1.1", "10.2.1"]), VERDICTS), max_size=3),
    st.data(),
)
def test_the_outcomes_always_add_up(runs: list[t.Any], data: st.DataObject) -> None:
    catalogue = [
        item("1.3", "items", 0, items="children"),
        item("1.3.5"),
        item("1.3.6", "probe_and_person"),
        item("8.1.1", section="verification", topic="smoke"),
        item(
            "9.1.1",
            "items",
            0,
            items={"sections": ["verification"], "severities": ["critical"]},
            section="rollback",
            topic="triggers",
        ),
        item(
            "10.2.1",
            "items",
            0,
            items={"sections": ["security", "verification", "rollback"], "severities": ["critical"]},
            section="signoff",
            topic="final",
        ),
    ]
    verdicts = list(itertools.chain.from_iterable(found for dummy, found in runs))
    topics = data.draw(st.sets(st.sampled_from(sorted(TOPICS))))
    outcomes = reduce(catalogue, verdicts, Scope(HOSTS, frozenset(topics)), Statements())
    counts = count(outcomes.values())
    assert list(counts) == list(OUTCOMES)
    assert sum(counts.values()) == len(catalogue)
    if conclude(catalogue, outcomes) == "READY":
        assert {one.outcome for one in outcomes.values()} <= {"passed", "attested", "waived", "not_applicable"}


@pytest.mark.parametrize("kinds", list(itertools.product(["pass", "fail", "error", None], repeat=2)), ids=str)
def test_absence_and_errors_never_pass(kinds: tuple[str | None, str | None]) -> None:
    verdicts = [verdict("1.3.5", host, "check 0", kind, "timeout") for host, kind in zip(HOSTS, kinds) if kind]
    expected = "failed" if "fail" in kinds else "passed" if kinds == ("pass", "pass") else "error"
    assert outcome(item("1.3.5"), verdicts) == expected


def test_an_item_without_checks_is_not_implemented() -> None:
    assert reduce([item("1.3.5", checks=0)], [], Scope(HOSTS, TOPICS), Statements())["1.3.5"].reasons == (
        "not_implemented",
    )


def test_a_verdict_that_is_missing_on_one_host_is_not_observed() -> None:
    result = reduce([item("1.3.5")], [verdict("1.3.5", "blue", "check 0", "pass")], Scope(HOSTS, TOPICS), Statements())[
        "1.3.5"
    ]
    assert (result.outcome, result.reasons) == ("error", ("not_observed",))


def test_what_is_ruled_out_on_all_hosts_is_not_applicable_whatever_was_seen() -> None:
    scope = Scope(HOSTS, TOPICS, {(host, "1.3.5"): "compose" for host in HOSTS})
    result = reduce([item("1.3.5")], [verdict("1.3.5", "blue", "check 0", "fail")], scope, Statements())["1.3.5"]
    assert (result.outcome, result.reasons) == ("not_applicable", ("compose",))


def test_what_is_ruled_out_on_one_host_is_decided_by_the_other() -> None:
    scope = Scope(HOSTS, TOPICS, {("blue", "1.3.5"): "compose"})
    assert outcome(item("1.3.5"), [verdict("1.3.5", "green", "check 0", "pass")], scope) == "passed"


@pytest.mark.parametrize(
    ("kind", "reason", "expected"),
    [
        ("error", "not_configured", "passed"),
        ("error", "timeout", "error"),
        ("fail", None, "failed"),
        (None, None, "error"),
    ],
)
def test_an_optional_check_is_excused_only_where_its_target_is_not_declared(
    kind: str | None, reason: str | None, expected: str
) -> None:
    one = item("1.3.5", checks=2)
    one["checks"][1]["optional"] = True
    verdicts = [verdict("1.3.5", host, "check 0", "pass") for host in HOSTS]
    verdicts += [verdict("1.3.5", host, "check 1", kind, reason) for host in HOSTS if kind]
    result = reduce([one], verdicts, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert result.outcome == expected
    if expected == "passed":
        assert result.reasons == ("not looked at: error of check 1",)


@pytest.mark.parametrize(
    ("live", "static", "expected", "reason"),
    [
        ("pass", "pass", "passed", None),
        ("pass", "fail", "failed", "fail of check 1"),
        ("pass", "not_configured", "passed", "not looked at: error of check 1"),
        ("pass", "malformed", "error", "malformed"),
        ("not_configured", "pass", "error", "not_configured"),
        ("not_configured", "fail", "failed", "fail of check 1"),
        ("timeout", "pass", "error", "timeout"),
        (None, "pass", "error", "not_observed"),
    ],
)
def test_files_can_fail_an_item_and_never_pass_it(
    live: str | None, static: str, expected: str, reason: str | None
) -> None:
    one = item("1.3.5", checks=2)
    one["checks"][1]["static"] = True
    verdicts = [
        verdict("1.3.5", host, f"check {index}", kind if kind in ("pass", "fail") else "error", kind)
        for host in HOSTS
        for index, kind in enumerate((live, static))
        if kind
    ]
    result = reduce([one], verdicts, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert (result.outcome, next(iter(result.reasons), None)) == (expected, reason)
    assert (ONLY_FILES in result.reasons) is (expected == "error" and live != "pass")


def test_a_fault_is_told_once_with_the_places_where_it_was_seen() -> None:
    verdicts = [{**verdict("1.3.5", "blue", "check 0", "fail"), "at": [f"a.yml:{line}"]} for line in (1, 2, 3, 4, 4)]
    result = reduce([item("1.3.5")], verdicts, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert result.reasons == ("fail of check 0 (a.yml:1, a.yml:2, a.yml:3 and 1 more)",)


def test_an_item_with_static_checks_alone_is_not_implemented() -> None:
    one = item("1.3.5")
    one["checks"][0]["static"] = True
    held = [verdict("1.3.5", host, "check 0", "pass") for host in HOSTS]
    result = reduce([one], held, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert (result.outcome, result.reasons) == ("error", ("not_implemented", ONLY_FILES))


def test_an_item_all_of_whose_live_checks_are_excused_is_not_configured() -> None:
    one = item("1.3.5", checks=2)
    one["checks"][0]["optional"] = one["checks"][1]["static"] = True
    verdicts = [verdict("1.3.5", host, "check 0", "error", "not_configured") for host in HOSTS]
    verdicts += [verdict("1.3.5", host, "check 1", "pass") for host in HOSTS]
    result = reduce([one], verdicts, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert (result.outcome, result.reasons) == ("error", ("not_configured", ONLY_FILES))


def test_an_unselected_topic_is_not_run() -> None:
    assert outcome(item("1.3.5"), [], Scope(HOSTS, frozenset())) == "not_run"


@pytest.mark.parametrize(
    ("first", "second", "parent"),
    [
        ("passed", "passed", "passed"),
        ("passed", "failed", "failed"),
        ("error", "failed", "failed"),
        ("passed", "error", "error"),
        ("passed", "pending", "pending"),
        ("pending", "error", "error"),
        ("passed", "not_applicable", "passed"),
        ("not_applicable", "not_applicable", "not_applicable"),
    ],
)
def test_a_parent_follows_its_worst_child(first: str, second: str, parent: str) -> None:
    children = {"1.3.5.1": first, "1.3.5.2": second}
    catalogue = [item("1.3.5", "items", 0, items="children")]
    verdicts: list[dict[str, t.Any]] = []
    ruled_out: dict[tuple[str, str], str] = {}
    for number, wanted in children.items():
        catalogue.append(item(number, "person" if wanted == "pending" else "probe"))
        kind = {"passed": "pass", "failed": "fail", "error": "error"}.get(wanted)
        verdicts += [verdict(number, host, "check 0", kind, "timeout") for host in HOSTS if kind]
        ruled_out.update({(host, number): "no" for host in HOSTS if wanted == "not_applicable"})
    outcomes = reduce(catalogue, verdicts, Scope(HOSTS, TOPICS, ruled_out), Statements())
    assert {number: outcomes[number].outcome for number in children} == children
    assert outcomes["1.3.5"].outcome == parent


def test_a_parent_with_checks_of_its_own_needs_both() -> None:
    catalogue = [item("1.3.5", "items", 1, items="children"), item("1.3.5.1")]
    child = [verdict("1.3.5.1", host, "check 0", "pass") for host in HOSTS]
    own = [verdict("1.3.5", host, "check 0", "pass") for host in HOSTS]
    scope = Scope(HOSTS, TOPICS)
    assert reduce(catalogue, child, scope, Statements())["1.3.5"].outcome == "error"
    assert reduce(catalogue, child + own, scope, Statements())["1.3.5"].outcome == "passed"
    fault = [verdict("1.3.5", "blue", "check 0", "fail")]
    assert reduce(catalogue, child + own + fault, scope, Statements())["1.3.5"].outcome == "failed"


def test_a_parent_that_its_own_checks_hold_open_says_why_before_it_names_the_others() -> None:
    catalogue = [item("1.3.5", "items", 1, items="children"), item("1.3.5.1")]
    verdicts = [verdict("1.3.5", host, "check 0", "error", "timeout") for host in HOSTS]
    verdicts += [verdict("1.3.5.1", host, "check 0", "error", "unauthorised") for host in HOSTS]
    result = reduce(catalogue, verdicts, Scope(HOSTS, TOPICS), Statements())["1.3.5"]
    assert result.reasons == ("timeout", "error: 1.3.5.1", "error: its own checks")


@pytest.mark.parametrize(("kind", "raw"), [("fail", "failed"), ("error", "error")])
def test_a_waiver_covers_and_keeps_what_was_seen(kind: str, raw: str) -> None:
    people = Statements(waived=frozenset({"1.3.5"}))
    verdicts = [verdict("1.3.5", host, "check 0", kind, "timeout") for host in HOSTS]
    result = reduce([item("1.3.5")], verdicts, Scope(HOSTS, TOPICS), people)["1.3.5"]
    assert (result.outcome, result.raw) == ("waived", raw)


def test_a_waiver_does_not_touch_what_passes() -> None:
    people = Statements(waived=frozenset({"1.3.5"}))
    assert (
        outcome(item("1.3.5"), [verdict("1.3.5", host, "check 0", "pass") for host in HOSTS], people=people) == "passed"
    )


@pytest.mark.parametrize(
    ("severity", "kind", "conclusion"),
    [
        ("critical", "fail", "NOT READY"),
        ("high", "error", "CANNOT TELL"),
        ("high", "pass", "READY"),
        ("low", "fail", "READY"),
    ],
)
def test_the_conclusion_follows_the_blocking_items(severity: str, kind: str, conclusion: str) -> None:
    catalogue = [item("1.3.5", severity=severity), item("1.3.6")]
    verdicts = [verdict("1.3.5", host, "check 0", kind, "timeout") for host in HOSTS]
    verdicts += [verdict("1.3.6", host, "check 0", "pass") for host in HOSTS]
    assert conclude(catalogue, reduce(catalogue, verdicts, Scope(HOSTS, TOPICS), Statements())) == conclusion


def test_no_blocking_item_at_all_cannot_tell() -> None:
    catalogue = [item("1.3.5", severity="low")]
    assert conclude(catalogue, reduce(catalogue, [], Scope(HOSTS, TOPICS), Statements())) == "CANNOT TELL"


def on_platforms(*, static: bool = False) -> dict[str, t.Any]:
    checks = [
        {"label": f"check {index}", "optional": True, "static": static and index == 0, "platform": platform}
        for index, platform in enumerate(("compose", "kubernetes"))
    ]
    return {**item("1.3.5"), "checks": checks}


@pytest.mark.parametrize(
    ("platform", "compose", "kubernetes", "expected"),
    [
        ("compose", ("pass", None), ("fail", None), "passed"),
        ("kubernetes", ("fail", None), ("pass", None), "passed"),
        ("kubernetes", ("pass", None), ("error", "not_configured"), "error"),
        ("kubernetes", ("pass", None), ("fail", None), "failed"),
        ("both", ("pass", None), ("error", "not_configured"), "passed"),
        ("both", ("pass", None), ("fail", None), "failed"),
        ("both", ("pass", None), ("error", "timeout"), "error"),
        ("both", ("error", "not_configured"), ("error", "not_configured"), "error"),
    ],
)
def test_checks_count_on_the_platform_that_they_are_of(
    platform: str, compose: tuple[str, str | None], kubernetes: tuple[str, str | None], expected: str
) -> None:
    verdicts = [
        verdict("1.3.5", "blue", "check 0", *compose),
        verdict("1.3.5", "blue", "check 1", *kubernetes),
    ]
    scope = Scope(("blue",), TOPICS, platforms={"blue": platform})
    assert outcome(on_platforms(), verdicts, scope) == expected


def test_files_of_the_platform_do_not_stand_for_what_runs_on_it() -> None:
    verdicts = [verdict("1.3.5", "blue", "check 0", "pass"), verdict("1.3.5", "blue", "check 1", "pass")]
    scope = Scope(("blue",), TOPICS, platforms={"blue": "compose"})
    assert outcome(on_platforms(static=True), verdicts, scope) == "error"


def test_each_host_has_its_own_platform() -> None:
    verdicts = [verdict("1.3.5", "blue", "check 0", "pass"), verdict("1.3.5", "green", "check 1", "pass")]
    scope = Scope(HOSTS, TOPICS, platforms={"blue": "compose", "green": "kubernetes"})
    assert outcome(on_platforms(), verdicts, scope) == "passed"
