# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What hey prints: its summary, or the samples as CSV. This is a private part of the collection.

Neither says how many users there were, and the samples leave out the requests that got no answer.
"""

from __future__ import annotations

import re
from collections import Counter

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded, of_samples
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._samples import most_at_once

_COLUMNS = [
    "response-time",
    "DNS+dialup",
    "DNS",
    "Request-write",
    "Response-delay",
    "Response-read",
    "status-code",
    "offset",
]
_TOTAL = re.compile(r"\s+Total:\s+(\d+\.\d+) secs")
_RATE = re.compile(r"\s+Requests/sec:\s+(\d+\.\d+)")
_SHARE = re.compile(r"\s+(?P<share>\d+)%{1,2} in (?P<seconds>\d+(?:\.\d+)?) secs")
_STATUS = re.compile(r"\s+\[(?P<code>\d{3})\]\s+(?P<count>\d+) responses")
_ERROR = re.compile(r"\s+\[(?P<count>\d+)\]\s+\S.*")
_ROUNDING = 0.0002  # seconds by which two rounded samples may seem to overlap
_SECTIONS = ("Summary:", "Latency distribution:", "Status code distribution:", "Error distribution:")


def recognises(content: Content) -> bool:
    head = content.data[:200].lstrip()
    return head.startswith(",".join(_COLUMNS).encode()) or (head.startswith(b"Summary:") and b"Slowest:" in head)


def read(content: Content) -> Reading:
    if content.lines and content.lines[0].split(",") == _COLUMNS:
        return _of_samples(content)
    return _of_summary(content)


def _of_summary(content: Content) -> Reading:
    sections = _sections(content.lines)
    summary = sections.get("Summary:", [])
    if not any("Slowest:" in line for line in summary):
        raise foreign("hey", "it has no summary")
    answers = [match for match in map(_STATUS.fullmatch, sections.get("Status code distribution:", ())) if match]
    errors = [match for match in map(_ERROR.fullmatch, sections.get("Error distribution:", ())) if match]
    statuses = Counter({0: sum(int(match["count"]) for match in errors)})
    for match in answers:
        statuses[int(match["code"])] += int(match["count"])
    requests = sum(statuses.values())
    seconds = _number(_TOTAL, summary)
    _need_all(requests, seconds, _number(_RATE, summary))
    shares = {
        match["share"]: float(match["seconds"]) * 1000
        for match in map(_SHARE.fullmatch, sections.get("Latency distribution:", ()))
        if match
    }
    load = Load(
        requests,
        seconds,
        failed=statuses[0] + sum(many for status, many in statuses.items() if status >= 400),
        p50_ms=shares.get("50"),
        p95_ms=shares.get("95"),
        p99_ms=shares.get("99"),
        statuses=statuses,
    )
    return loaded(load, content.said)


def _number(pattern: re.Pattern[str], lines: list[str]) -> float:
    match = next(filter(None, map(pattern.fullmatch, lines)), None)
    if not match:
        raise malformed("The file is cut: its summary is not whole")
    return float(match.group(1))


def _need_all(requests: int, seconds: float, rate: float) -> None:
    """Raise LookError when fewer requests are listed by status and by error than were made; the seconds are rounded."""
    least = rate * max(0.0, seconds - _ROUNDING) * 0.999999 - 1
    if requests < least:
        raise malformed(
            f"The file is cut: it lists what became of {requests} requests, and at least {least:.0f} were made"
        )


def _sections(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    inside: list[str] = []
    for line in lines:
        if line.strip() in _SECTIONS:
            inside = found.setdefault(line.strip(), [])
        else:
            inside.append(line)
    return found


def _of_samples(content: Content) -> Reading:
    if not content.text.endswith("\n"):
        raise malformed("The file is cut: its last line does not end")
    samples = [_sample(row, number) for number, row in enumerate(content.rows[1:], 2)]
    if not samples:
        return loaded(Load(0, None), content.said)
    begin, end = min(offset for offset, dummy, code in samples), max(offset + lasts for offset, lasts, code in samples)
    requests = max(len(samples), content.said.requests or 0)
    statuses = Counter(code for dummy, lasts, code in samples)
    statuses[0] += requests - len(samples)
    refused = sum(many for status, many in statuses.items() if status >= 400)
    load = Load(
        requests,
        end - begin,
        failed=None if content.said.requests is None else refused + statuses[0],
        statuses=None if content.said.requests is None else statuses,
        concurrency=most_at_once((offset, offset + lasts - _ROUNDING) for offset, lasts, dummy in samples),
        concurrency_from="measured",
        **of_samples(lasts * 1000 for dummy, lasts, code in samples),
    )
    return loaded(load, content.said)


def _sample(row: list[str], number: int) -> tuple[float, float, int]:
    """Return when a request began and how long it took, in seconds, and the status of the answer."""
    if len(row) != len(_COLUMNS) or not all(re.fullmatch(r"\d+(\.\d+)?", field) for field in row):
        raise malformed(f"Line {number} is no sample")
    return float(row[7]), float(row[0]), int(row[6])
