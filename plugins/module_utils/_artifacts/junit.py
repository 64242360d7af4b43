# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JUnit XML, as pytest, gotestsum, Maven Surefire and most others write it. This is a private part of the collection.

Without a schema that all keep to, what a suite counts in its attributes is compared with what it lists: fewer listed tests mean
that some are missing, and failures that are counted but not listed count.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._tests import Tally
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import later, parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._xml import root_name, walk

_ROOTS = ("testsuites", "testsuite")
_CHILDREN = {
    "failure": "failed",
    "error": "error",
    "skipped": "skipped",
    "flakyFailure": "flaky",
    "flakyError": "flaky",
}
_NOT_RUN = ("notrun", "disabled", "suppressed")
_COMMIT_PROPERTIES = ("commit", "git.commit", "git_commit", "git.sha", "revision", "vcs.revision")


@dataclass
class _Case:
    name: str
    outcome: str = "passed"


@dataclass
class _Suite:
    """A suite that is open: what its attributes say, and how much was counted before it began."""

    tests: int
    faults: int
    name: str
    listed_before: int = 0
    faults_before: int = 0


class _Report:
    """Collects cases while the XML is walked."""

    def __init__(self) -> None:
        self.cases: list[_Case] = []
        self.suites: list[tuple[int, _Suite]] = []  # with their depth
        self.closed: list[tuple[int, _Suite, int, int]] = []
        self.suite_errors = 0
        self.produced: datetime | None = None
        self.commit: str | None = None

    def start(self, path: list[str], attributes: dict[str, str]) -> None:
        name, parent = path[-1], path[-2] if len(path) > 1 else ""
        self._close(len(path))
        if name in _ROOTS:
            self._open(len(path), attributes)
        elif name == "testcase" and parent == "testsuite":
            outcome = "skipped" if attributes.get("status") in _NOT_RUN else "passed"
            self.cases.append(
                _Case(f"{attributes.get('classname', '')}::{attributes.get('name', '')}".strip(":"), outcome)
            )
        elif name in _CHILDREN and parent == "testcase" and self.cases:
            self.cases[-1].outcome = _worse(self.cases[-1].outcome, _CHILDREN[name])
        elif name in ("failure", "error") and parent == "testsuite":
            self.suite_errors += 1
        elif name == "property" and "testcase" not in path and attributes.get("name", "").lower() in _COMMIT_PROPERTIES:
            self.commit = attributes.get("value", "").strip() or None

    def finish(self) -> None:
        self._close(0)

    def _open(self, depth: int, attributes: dict[str, str]) -> None:
        faults = _count(attributes, "failures") + _count(attributes, "errors")
        suite = _Suite(_count(attributes, "tests"), faults, attributes.get("name", ""), len(self.cases), self._faults())
        self.suites.append((depth, suite))
        ended = _ended(attributes)
        if ended and (not self.produced or ended > self.produced):
            self.produced = ended

    def _close(self, depth: int) -> None:
        while self.suites and self.suites[-1][0] >= depth:
            level, suite = self.suites.pop()
            listed, faults = len(self.cases) - suite.listed_before, self._faults() - suite.faults_before
            if suite.tests > listed:
                raise malformed(
                    f"The suite {suite.name!r} says {suite.tests} tests and lists {listed}: some are missing"
                )
            self.closed.append((level, suite, listed, faults))

    def _faults(self) -> int:
        return self.suite_errors + sum(case.outcome in ("failed", "error") for case in self.cases)

    def uncounted(self) -> int:
        """Return how many faults the suites count and do not list: the most that any level of them says."""
        levels: dict[int, int] = {}
        for level, suite, dummy, faults in self.closed:
            levels[level] = levels.get(level, 0) + max(0, suite.faults - faults)
        return max(levels.values(), default=0)


def recognises(content: Content) -> bool:
    return root_name(content.data) in _ROOTS


def read(content: Content) -> Reading:
    root = root_name(content.data)
    if root not in _ROOTS:
        raise foreign("JUnit", f"its outermost element is {root}" if root else "it is no XML")
    report = _Report()
    walk(content.data, report.start)
    report.finish()
    tally = Tally(more_errors=report.suite_errors + report.uncounted())
    for case in report.cases:
        _add(tally, case)
    return Reading("tests", {"tests": tally.to_dict()}, produced=report.produced, commit=report.commit)


def _add(tally: Tally, case: _Case) -> None:
    if case.outcome == "failed":
        tally.failures.append(case.name)
    elif case.outcome == "error":
        tally.errors.append(case.name)
    elif case.outcome == "skipped":
        tally.skipped += 1
    else:
        tally.passed += 1
        tally.flaky += case.outcome == "flaky"


def _worse(one: str, other: str) -> str:
    order = ("passed", "flaky", "skipped", "failed", "error")
    return max(one, other, key=order.index)


def _count(attributes: t.Mapping[str, str], key: str) -> int:
    text = attributes.get(key) or "0"
    if not re.fullmatch(r"\d{1,9}", text):
        raise malformed(f"The attribute {key} of a suite is no number")
    return int(text)


def _ended(attributes: t.Mapping[str, str]) -> datetime | None:
    """Return when a suite ended: its timestamp is when it began."""
    began = parse_time(attributes.get("timestamp"))
    seconds = attributes.get("time", "")
    lasted = float(seconds) if re.fullmatch(r"\d{1,7}(\.\d+)?", seconds) else 0.0
    return later(began, lasted) if began else None
