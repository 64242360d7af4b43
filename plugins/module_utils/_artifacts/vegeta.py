# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vegeta: the JSON report, and the results as JSON. Bodies and headers are never copied. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from collections import Counter, defaultdict
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    count,
    decode,
    foreign,
    malformed,
    need,
    number,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded, of_samples
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._samples import most_at_once
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import later, parse_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]

_NS_PER_MS = 1e6
_PERCENTILES = {"p50_ms": "50th", "p95_ms": "95th", "p99_ms": "99th"}


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and (
        "latencies" in first and "status_codes" in first or {"seq", "latency", "code"} <= set(first)
    )


def read(content: Content) -> Reading:
    first = content.first
    if isinstance(first, dict) and "latencies" in first:
        return _of_report(content)
    return _of_results(content)


def _of_report(content: Content) -> Reading:
    report = content.mapping
    latencies = need(report.get("latencies"), dict, "latencies")
    requests = count(report.get("requests"), "requests")
    good = number(report.get("success"), "success") * requests
    percentiles: dict[str, t.Any] = {
        key: number(latencies.get(name), name) / _NS_PER_MS for key, name in _PERCENTILES.items()
    }
    load = Load(
        requests,
        (number(report.get("duration"), "duration") + number(report.get("wait", 0), "wait")) / 1e9,
        failed=requests - round(good),
        statuses=_statuses(need(report.get("status_codes"), dict, "status_codes"), requests),
        **percentiles,
    )
    return loaded(load, content.said, parse_time(report.get("end")))


def _statuses(counted: Object, requests: int) -> dict[int, int]:
    """Return the answers by status; all requests must be among them, those without an answer as 0."""
    statuses = {int(name): count(many, "status_codes") for name, many in counted.items() if name.isdecimal()}
    if requests and sum(statuses.values()) != requests:
        raise malformed("The report does not count each of its requests by status")
    return statuses


def _of_results(content: Content) -> Reading:
    if not content.text.endswith("\n"):
        raise malformed("The file is cut: its last line does not end")
    results = [_result(line, at) for at, line in enumerate(content.lines, 1)]
    if not results:
        raise LookError(Reason.NO_DATA, "The file holds no result")
    _need_all(results)
    begin = min(began for began, dummy in map(_when, results))
    spans = [((began - begin).total_seconds(), lasts) for began, lasts in map(_when, results)]
    end = max(began + lasts for began, lasts in spans)
    load = Load(
        len(results),
        end,
        failed=sum(not _is_good(one) for one in results),
        statuses=Counter(count(one["code"], "code") for one in results),
        concurrency=most_at_once((began, began + lasts) for began, lasts in spans),
        concurrency_from="measured",
        **of_samples(lasts * 1000 for dummy, lasts in spans),
    )
    return loaded(load, content.said, later(begin, end))


def _result(line: str, at: int) -> Object:
    value = need(decode(line)[0], dict, f"line {at}")
    if not {"seq", "latency", "code", "timestamp"} <= set(value):
        raise foreign("vegeta", f"line {at} is no result")
    return t.cast(Object, value)


def _need_all(results: list[Object]) -> None:
    """Raise LookError when the numbers of the requests have gaps, attack by attack."""
    numbers: dict[str, set[int]] = defaultdict(set)
    for one in results:
        numbers[str(one.get("attack", ""))].add(count(one["seq"], "seq"))
    for name, seen in numbers.items():
        missing = max(seen) + 1 - len(seen)
        if missing:
            raise malformed(f"The file is cut: {missing} results of the attack {name!r} are missing")


def _when(one: Object) -> tuple[datetime, float]:
    began = parse_time(one["timestamp"])
    if began is None:
        raise malformed("A result has no time")
    return began, number(one["latency"], "latency") / 1e9


def _is_good(one: Object) -> bool:
    return 200 <= count(one["code"], "code") < 400 and not one.get("error")
