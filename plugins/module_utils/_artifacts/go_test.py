# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The events of ``go test -json``. This is a private part of the collection.

A package ends with an event of its own. A package that began and has none was cut off, and so was the file.
"""

from __future__ import annotations

import typing as t
from collections import defaultdict
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    decode,
    foreign,
    malformed,
    need,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._tests import Tally
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_ENDS = ("pass", "fail", "skip")
_NOISE = ("go: ", "# ")  # what the go command says beside the events when its two outputs are one file
_FAILED_BUILD = "FAIL"

Name = t.Tuple[str, str]


class _Run:
    """What the events of a run come to."""

    def __init__(self) -> None:
        self.tests: dict[Name, list[str]] = {}
        self.packages: dict[str, str] = {}
        self.open: set[str] = set()
        self.broken: list[str] = []
        self.last: datetime | None = None

    def see(self, event: dict[str, t.Any]) -> None:
        action = need(event.get("Action"), str, "Action of an event")
        self.last = parse_time(event.get("Time")) or self.last
        package = event.get("Package")
        if action == "build-fail":
            self.broken.append(str(event.get("ImportPath", "")).partition(" ")[0])
        if not isinstance(package, str):
            return
        if event.get("Test"):
            self._see_test((package, str(event["Test"])), action)
        elif action in _ENDS:
            self.packages[package] = action
            self.open.discard(package)
        else:
            self.open.add(package)

    def _see_test(self, name: Name, action: str) -> None:
        self.open.add(name[0])
        if action == "run":
            self.tests.setdefault(name, [])
        elif action in _ENDS:
            self.tests.setdefault(name, []).append(action)


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and "Action" in first and ("Package" in first or "ImportPath" in first)


def read(content: Content) -> Reading:
    run = _Run()
    for number, line in enumerate(content.lines, 1):
        if line.startswith("{"):
            run.see(_event(line, number, len(content.lines)))
        elif line.startswith(_FAILED_BUILD):
            run.broken.append(line.partition("\t")[2].partition(" ")[0])
        elif line.strip() and not line.startswith(_NOISE):
            raise foreign("go test -json", f"line {number} is no event")
    if run.open:
        raise malformed(
            f"The file is cut: {sorted(run.open)[0]} has no result, like {len(run.open) - 1} other packages"
        )
    if not run.packages and not run.broken:
        raise LookError(Reason.NO_DATA, "The file holds no event of a package")
    return Reading("tests", {"tests": _tally(run).to_dict()}, produced=run.last)


def _event(line: str, number: int, lines: int) -> dict[str, t.Any]:
    try:
        value, end = decode(line)
    except LookError as exc:
        if number == lines:
            raise malformed("The file is cut: its last line is no whole event") from exc
        raise malformed(f"Line {number} is no event: {exc.message}") from exc
    if line[end:].strip():
        raise malformed(f"Line {number} holds more than an event")
    return t.cast("dict[str, t.Any]", need(value, dict, f"line {number}"))


def _tally(run: _Run) -> Tally:
    tally = Tally()
    failed: dict[str, int] = defaultdict(int)
    for (package, test), results in run.tests.items():
        # Without a result of its own, a test shares its package's: a passed package has no failed test.
        result = results[-1] if results else run.packages[package]
        if result == "fail":
            failed[package] += 1
            tally.failures.append(f"{package}.{test}")
        elif result == "skip":
            tally.skipped += 1
        else:
            tally.passed += 1
            tally.flaky += "fail" in results
    tally.errors += _errors(run, failed)
    return tally


def _errors(run: _Run, failed: t.Mapping[str, int]) -> list[str]:
    """Return the packages that failed by something else than a test: the build, TestMain, a crash."""
    return sorted(
        {package for package, result in run.packages.items() if result == "fail" and not failed.get(package)}
        | {package for package in run.broken if package not in run.packages or run.packages[package] == "fail"}
    )
