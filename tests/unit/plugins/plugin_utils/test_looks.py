# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._looks import about, looks_of, of_kind, registered
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

SEEN = {
    "observation": [{"subject": "db", "error": None, "unseen": {}}],
    "probe": "postgresql_info",
    "time": "t",
    "duration_ms": 3,
}


def test_a_result_is_one_look() -> None:
    (looked,) = looks_of(SEEN, "production", None, "now")
    assert (looked.look.host, looked.look.probe, looked.subjects[0]["subject"], looked.error) == (
        "production",
        "postgresql_info",
        "db",
        None,
    )


def test_a_loop_over_vantages_names_each() -> None:
    looked = looks_of(
        {"results": [{**SEEN, "item": "office"}, {"unreachable": True, "msg": "no route", "item": "cloud"}]},
        "production",
        None,
        "now",
    )
    assert looked[0].subjects[0]["subject"] == "db from office"
    assert looked[1].error is not None and looked[1].error.reason.value == "unreachable"
    assert looked[1].vantage == "cloud"


@pytest.mark.parametrize(
    ("result", "reason", "words"),
    [
        ({"skipped": True}, "not_configured", "readiness_x is not defined"),
        ({"failed": True, "msg": "boom"}, "not_observed", "boom"),
        ({"unreachable": True, "msg": "no route"}, "unreachable", "no route"),
        ({}, "not_observed", "did not run"),
        ({"results": []}, "not_configured", "readiness_x is not defined"),
        ({**SEEN, "observation": []}, "no_data", "nothing to look at"),
    ],
)
def test_a_look_that_did_not_happen_has_its_reason(result: dict[str, t.Any], reason: str, words: str) -> None:
    (looked,) = looks_of(result, "production", "readiness_x", "now")
    assert looked.error is not None
    assert looked.error.reason.value == reason
    assert words in looked.error.message


def test_only_subjects_of_a_kind_are_kept_and_those_that_state_none() -> None:
    seen = [
        {"subject": name, "error": None, "unseen": {}, **kind}
        for name, kind in (("a", {"kind": "x"}), ("b", {"kind": "y"}), ("c", {}))
    ]
    (looked,) = looks_of({**SEEN, "observation": seen}, "production", None, "now")

    assert [one["subject"] for one in of_kind(looked, "x").subjects] == ["a", "c"]


def test_nothing_of_a_kind_is_an_error() -> None:
    seen = [{"subject": "a", "kind": "x", "error": None, "unseen": {}}]
    (looked,) = looks_of({**SEEN, "observation": seen}, "production", None, "now")

    assert str(of_kind(looked, "y").error) == "postgresql_info returned nothing of the kind y"


def named(**keys: t.Any) -> dict[str, t.Any]:
    return {"subject": "s", "error": None, "unseen": {}, **keys}


@pytest.mark.parametrize(
    ("subjects", "kept"),
    [
        ([named(name="readme"), named(name="faq")], [named(name="readme")]),
        (
            [named(error={"reason": "timeout", "message": "m"}), named(name="faq")],
            [named(error={"reason": "timeout", "message": "m"})],
        ),
        ([named(name="readme"), named()], [named(name="readme")]),
    ],
)
def test_only_subjects_of_a_name_are_kept_and_the_error_of_the_whole_look(subjects: t.Any, kept: t.Any) -> None:
    (looked,) = looks_of({**SEEN, "observation": subjects}, "production", None, "now")

    assert about(looked, "readme").subjects == kept


def test_nothing_about_a_name_is_an_error() -> None:
    (looked,) = looks_of({**SEEN, "observation": [named(name="faq")]}, "production", None, "now")

    assert str(about(looked, "readme").error) == "postgresql_info returned nothing about readme"


def test_result_is_given_or_named() -> None:
    result = {"skipped": True}

    assert registered(result, {}) == result
    assert registered("_seen", {"_seen": result}) == result


@pytest.mark.parametrize("observed", ["_unknown", "_text", 7, None, [{"skipped": True}]])
def test_neither_a_result_nor_a_name_of_one_is_said(observed: t.Any) -> None:
    with pytest.raises(DataError, match="must be a registered result or the name of one"):
        registered(observed, {"_text": "a"})
