# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tracefiles of lcov. This is a private part of the collection."""

from __future__ import annotations

import re

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading, coverage
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_END = "end_of_record"
_RECORD = re.compile(r"[A-Z][A-Z0-9]{1,6}:.*")
_LINE = re.compile(r"DA:(?P<line>\d{1,9}),(?P<hits>-?\d{1,20})(,.*)?")


class _Trace:
    """Collects lines by file, and the files' own sums."""

    def __init__(self) -> None:
        self.lines: dict[tuple[str, str], bool] = {}
        self.stated = {"LF": 0, "LH": 0}
        self.file: str | None = None

    def see(self, record: str, number: int) -> None:
        key, dummy, value = record.partition(":")
        if key == "SF":
            if self.file is not None:
                raise malformed(f"Line {number} begins a file, and the one before has not ended")
            self.file = value
        elif key == "DA":
            match = _LINE.fullmatch(record)
            if not match or self.file is None:
                raise malformed(f"Line {number} is no line of a file")
            place = (self.file, match["line"])
            self.lines[place] = self.lines.get(place, False) or int(match["hits"]) > 0
        elif key in self.stated:
            if not re.fullmatch(r"\d{1,9}", value):
                raise malformed(f"Line {number} is no sum")
            self.stated[key] += int(value)


def recognises(content: Content) -> bool:
    head = content.data[:4096].lstrip(b"\xef\xbb\xbf\r\n ")
    return head.startswith((b"TN:", b"SF:"))


def read(content: Content) -> Reading:
    if not recognises(content):
        raise foreign("lcov", "it begins with neither TN: nor SF:")
    trace = _Trace()
    for number, line in enumerate(content.lines, 1):
        record = line.strip()
        if record == _END:
            trace.file = None
        elif _RECORD.fullmatch(record):
            trace.see(record, number)
        elif record and not record.startswith("#"):
            raise malformed(f"Line {number} is no record of lcov")
    if trace.file is not None:
        raise malformed("The file is cut: its last record does not end")
    pairs = [(sum(trace.lines.values()), len(trace.lines)), (trace.stated["LH"], trace.stated["LF"])]
    candidates = [pair for pair in pairs if pair[1]]
    if not candidates:
        raise LookError(Reason.NO_DATA, "The tracefile holds no line")
    # Where the sums and the lines disagree, the worse of the two counts.
    covered, total = min(candidates, key=lambda pair: pair[0] / pair[1])
    return Reading("coverage", {"coverage": coverage(min(covered, total), total)})
