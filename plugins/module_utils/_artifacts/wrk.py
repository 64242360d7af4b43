# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What wrk and wrk2 print. This is a private part of the collection.

Without ``--latency`` there are no percentiles, and wrk's own table has no 95th: only a script, or wrk2, prints one.
"""

from __future__ import annotations

import re

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_span

_HEAD = re.compile(r"Running \S+ test @ .+")
_USERS = re.compile(r"\s+\d+ threads and (?P<users>\d+) connections")
_SHARE = re.compile(r"\s*(?P<share>\d+(?:\.\d+)?)%:?\s+(?P<span>[\d.]+(?:us|µs|ms|s|m|h))")
_TOTAL = re.compile(r"\s+(?P<requests>\d+) requests in (?P<span>\S+), .+ read")
_SOCKET = re.compile(r"\s+Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)")
_REFUSED = re.compile(r"\s+Non-2xx or 3xx responses: (\d+)")


def recognises(content: Content) -> bool:
    return content.data.lstrip().startswith(b"Running ") and b" connections" in content.data[:400]


def read(content: Content) -> Reading:
    if not content.lines or not _HEAD.fullmatch(content.lines[0].strip()):
        raise foreign("wrk", "it does not begin with 'Running'")
    users, total = _first(_USERS, content.lines), _first(_TOTAL, content.lines)
    if not users or not total or not any(line.startswith("Requests/sec:") for line in content.lines):
        raise malformed("The test was broken off, or the file is cut: the sum of requests is missing")
    shares = {
        f"{float(match['share']):g}": parse_span(match["span"])
        for match in map(_SHARE.fullmatch, content.lines)
        if match
    }
    # Requests that wrk could not send, or that timed out, are not among those that it counts.
    lost = _sum(_SOCKET, content.lines)
    lasted = parse_span(total["span"])
    load = Load(
        int(total["requests"]) + lost,
        lasted / 1000 if lasted else None,
        failed=_sum(_REFUSED, content.lines) + lost,
        concurrency=int(users["users"]),
        p50_ms=shares.get("50"),
        p95_ms=shares.get("95"),
        p99_ms=shares.get("99"),
    )
    return loaded(load, content.said)


def _first(pattern: re.Pattern[str], lines: list[str]) -> re.Match[str] | None:
    return next(filter(None, map(pattern.fullmatch, lines)), None)


def _sum(pattern: re.Pattern[str], lines: list[str]) -> int:
    match = _first(pattern, lines)
    return sum(int(group) for group in match.groups()) if match else 0
