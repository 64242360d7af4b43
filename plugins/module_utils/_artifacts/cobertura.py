# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cobertura XML, as coverage.py, gocover-cobertura and many others write it. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading, coverage
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import from_epoch
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._xml import root_name, walk
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_DOCTYPE = r"https?://cobertura\.sourceforge\.net/xml/coverage-0\d\.dtd"


class _Report:
    """Collects the lines of each file; those of its methods stand there a second time and are left out."""

    def __init__(self) -> None:
        self.root: dict[str, str] = {}
        self.lines: dict[tuple[str, str], bool] = {}
        self._file = ""

    def start(self, path: list[str], attributes: dict[str, str]) -> None:
        if len(path) == 1:
            self.root = attributes
        elif path[-1] == "class":
            self._file = attributes.get("filename", "")
        elif path[-3:] == ["class", "lines", "line"]:
            place = (self._file, attributes.get("number", ""))
            self.lines[place] = self.lines.get(place, False) or _number(attributes, "hits") > 0


def recognises(content: Content) -> bool:
    return root_name(content.data) == "coverage" and b"line-rate" in content.data[:4096]


def read(content: Content) -> Reading:
    root = root_name(content.data)
    if root != "coverage":
        raise foreign("Cobertura", f"its outermost element is {root}" if root else "it is no XML")
    report = _Report()
    walk(content.data, report.start, _DOCTYPE)
    if "line-rate" not in report.root:
        raise foreign("Cobertura", "its outermost element has no line-rate")
    stated = _stated(report.root)
    counted = (sum(report.lines.values()), len(report.lines)) if report.lines else None
    candidates = [pair for pair in (counted, stated) if pair and pair[1]]
    if not candidates:
        raise LookError(Reason.NO_DATA, "The report holds no line")
    # Where the sums in the header and the lines disagree, the worse of the two counts.
    covered, total = min(candidates, key=lambda pair: pair[0] / pair[1])
    return Reading(
        "coverage", {"coverage": coverage(covered, total)}, produced=from_epoch(report.root.get("timestamp"))
    )


def _stated(root: t.Mapping[str, str]) -> tuple[int, int] | None:
    if "lines-valid" not in root or "lines-covered" not in root:
        return None
    covered, total = _number(root, "lines-covered"), _number(root, "lines-valid")
    if covered > total:
        raise malformed(f"The report says that {covered} of {total} lines are covered")
    return covered, total


def _number(attributes: t.Mapping[str, str], key: str) -> int:
    text = attributes.get(key, "")
    if not re.fullmatch(r"\d{1,18}", text):
        raise malformed(f"The attribute {key} is no number")
    return int(text)
