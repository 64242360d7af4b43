# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import copy
import json
import typing as t
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import DECIDED_BY, SECTIONS, SEVERITIES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._matchers import MATCHERS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import OUTCOMES
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import SCHEMA_VERSION
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import json as writer

from .sample import sample

SCHEMA = json.loads((Path(__file__).parents[5] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
Path_ = t.Tuple[t.Union[str, int], ...]

WRONG: dict[str, tuple[Path_, t.Any]] = {
    "another version": (("schema_version",), "2.0"),
    "an unknown conclusion": (("conclusion",), "ALMOST READY"),
    "an unknown outcome": (("items", 0, "outcome"), "green"),
    "an unknown severity": (("items", 0, "severity"), "High"),
    "an id that is a number": (("items", 0, "id"), 1.3),
    "a negative count": (("counts", "passed"), -1),
    "a count that is a text": (("counts", "passed"), "2"),
    "a local time": (("run", "started"), "2026-11-25T03:00:00+01:00"),
    "a short digest": (("run", "ledger_digest"), "ab"),
    "no environment": (("run", "environments"), []),
    "partial without a reason": (("run", "partial_because"), None),
    "a reason without partial": (("run", "partial"), False),
    "an unknown reason code": (("items", 2, "verdicts", 0, "reason"), "whatever"),
    "an error without a reason code": (("items", 2, "verdicts", 0, "reason"), None),
    "an error that observed something": (("items", 2, "verdicts", 0, "observed"), True),
    "a pass with a reason code": (("items", 0, "verdicts", 0, "reason"), "timeout"),
    "a fail without a message": (("items", 1, "verdicts", 0, "message"), ""),
    "a warning as verdict": (("items", 1, "verdicts", 0, "verdict"), "warn"),
    "an unknown matcher": (("items", 0, "verdicts", 0, "expected"), {"about": 1}),
    "two matchers": (("items", 0, "verdicts", 0, "expected"), {"equals": 1, "at_most": 1}),
    "a failed item without a reason": (("items", 1, "reasons"), []),
    "passed before it was not": (("items", 0, "raw_outcome"), "failed"),
    "waived though it passed": (("items", 5, "raw_outcome"), "passed"),
}


def places(report: t.Any) -> list[tuple[Path_, dict[str, t.Any]]]:
    """Return one object of each kind in the report, with the way to it."""
    kinds = {tuple(step for step in path if isinstance(step, str)): (path, one) for path, one in _objects(report, ())}
    return list(kinds.values())


def _objects(value: t.Any, path: Path_) -> t.Iterator[tuple[Path_, dict[str, t.Any]]]:
    if isinstance(value, dict):
        yield path, value
    steps: t.Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, one in steps:
        if step not in ("expected", "observed"):
            yield from _objects(one, (*path, step))


def changed(path: Path_, value: t.Any) -> dict[str, t.Any]:
    report = copy.deepcopy(sample())
    place: t.Any = report
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return report


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_report_of_the_engine_is_valid() -> None:
    assert [error.message for error in VALIDATOR.iter_errors(json.loads(writer.render(sample())))] == []


@pytest.mark.parametrize(("path", "value"), WRONG.values(), ids=WRONG)
def test_what_a_report_must_not_say_is_refused(path: Path_, value: t.Any) -> None:
    assert not VALIDATOR.is_valid(changed(path, value))


def test_all_kinds_of_objects_are_tried() -> None:
    assert len(places(sample())) == 10


def test_an_unknown_key_is_refused_everywhere() -> None:
    for path, dummy in places(sample()):
        assert not VALIDATOR.is_valid(changed((*path, "surprise"), 1)), path


def test_a_missing_key_is_refused_everywhere() -> None:
    for path, place in places(sample()):
        for key in place:
            report = copy.deepcopy(sample())
            target: t.Any = report
            for step in path:
                target = target[step]
            del target[key]
            assert not VALIDATOR.is_valid(report), (*path, key)


def test_a_null_is_refused_where_none_is_meant() -> None:
    may_be_null = {"finished", "release", "partial_because", "reason", "observed", "source_line", "unseen"}
    for path, place in places(sample()):
        for key in set(place) - may_be_null:
            assert not VALIDATOR.is_valid(changed((*path, key), None)), (*path, key)


def test_the_closed_sets_are_those_of_the_engine() -> None:
    item, verdict = SCHEMA["$defs"]["item"]["properties"], SCHEMA["$defs"]["verdict"]["properties"]
    assert SCHEMA["properties"]["schema_version"]["const"] == SCHEMA_VERSION
    assert SCHEMA["$defs"]["outcome"]["enum"] == SCHEMA["properties"]["counts"]["required"] == list(OUTCOMES)
    assert item["section"]["enum"] == list(SECTIONS)
    assert item["severity"]["enum"] == list(SEVERITIES)
    assert item["decided_by"]["enum"] == list(DECIDED_BY)
    assert verdict["reason"]["enum"] == [None, *(reason.value for reason in Reason)]
    assert verdict["expected"]["propertyNames"]["enum"] == list(MATCHERS)
