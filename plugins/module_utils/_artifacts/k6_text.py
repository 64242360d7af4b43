# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The summary that k6 prints at the end of a test. This is a private part of the collection."""

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

_METRIC = re.compile(r"\s*(?:[✓✗]\s*)?(?P<name>[a-z_]+)\.{2,}:\s*(?P<rest>.+?)\s*")
_FAILED = re.compile(r"[\d.]+%\s+(?:✓\s*(?P<true>\d+)\s+✗\s*\d+|(?P<matches>\d+) out of \d+)")
_COUNT = re.compile(r"(?P<count>\d+)\s+(?P<rate>[\d.]+)/s")
_USERS = re.compile(r"\d+\s+min=\d+\s+max=(?P<max>\d+)")


def recognises(content: Content) -> bool:
    return b"http_req_duration..." in content.data and b"p(95)=" in content.data


def read(content: Content) -> Reading:
    metrics = {match["name"]: match["rest"] for match in map(_METRIC.fullmatch, content.lines) if match}
    if "http_req_duration" not in metrics:
        raise foreign("k6", "it has no line http_req_duration")
    requests = _COUNT.fullmatch(metrics.get("http_reqs", ""))
    if not requests:
        raise malformed("The file is cut: the line http_reqs is missing")
    spans = dict(part.split("=", 1) for part in metrics["http_req_duration"].split() if "=" in part)
    users = _USERS.fullmatch(metrics.get("vus", "")) or _USERS.fullmatch(metrics.get("vus_max", ""))
    total, rate = int(requests["count"]), float(requests["rate"])
    load = Load(
        total,
        total / rate if rate else None,
        failed=_failed(metrics.get("http_req_failed")),
        concurrency=int(users["max"]) if users else None,
        p50_ms=_milliseconds(spans, "med"),
        p95_ms=_milliseconds(spans, "p(95)"),
        p99_ms=_milliseconds(spans, "p(99)"),
    )
    return loaded(load, content.said)


def _failed(rest: str | None) -> int | None:
    match = _FAILED.fullmatch(rest or "")
    return int(match["true"] or match["matches"]) if match else None


def _milliseconds(spans: dict[str, str], key: str) -> float | None:
    if key not in spans:
        return None
    value = parse_span(spans[key])
    if value is None:
        raise malformed(f"{key} of http_req_duration is no span of time")
    return value
