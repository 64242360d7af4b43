# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON summaries of k6, in its three shapes: ``--summary-export``, ``handleSummary``, and the machine-readable one.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    count,
    foreign,
    listed,
    malformed,
    need,
    number,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._load import Load, loaded
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import parse_time

Metrics = t.Dict[str, t.Dict[str, Json]]


def recognises(content: Content) -> bool:
    first = content.first
    if not isinstance(first, dict):
        return False
    metrics = first.get("metrics")
    results = first.get("results")
    return (isinstance(metrics, dict) and "iterations" in metrics) or (
        isinstance(results, dict) and "metrics" in results
    )


def read(content: Content) -> Reading:
    document = content.mapping
    results = document.get("results")
    metrics = _by_name(results) if isinstance(results, dict) else _plain(document)
    durations, requests = metrics.get("http_req_duration"), metrics.get("http_reqs")
    if durations is None or requests is None:
        raise foreign("k6", "it has no metric http_req_duration or http_reqs")
    total = count(requests.get("count"), "http_reqs.count")
    load = Load(
        total,
        _duration(document, requests, total),
        failed=_failed(metrics.get("http_req_failed"), total),
        concurrency=_users(metrics.get("vus")),
        p50_ms=_maybe(durations, "med"),
        p95_ms=_maybe(durations, "p(95)"),
        p99_ms=_maybe(durations, "p(99)"),
    )
    metadata = document.get("metadata")
    produced = parse_time(metadata.get("generatedAt")) if isinstance(metadata, dict) else None
    return loaded(load, content.said, produced)


def _plain(document: dict[str, Json]) -> Metrics:
    """Return the numbers of each metric; the older shape has them directly, the other one below ``values``."""
    metrics = document.get("metrics")
    if not isinstance(metrics, dict):
        raise foreign("k6", "it has no metrics")
    return {name: need(one.get("values", one), dict, name) for name, one in metrics.items() if isinstance(one, dict)}


def _by_name(results: dict[str, Json]) -> Metrics:
    metrics = listed(results.get("metrics"), "metrics")
    return {need(one.get("name"), str, "a metric's name"): need(one.get("values"), dict, "values") for one in metrics}


def _failed(rate: dict[str, Json] | None, total: int) -> int | None:
    """Return the failed requests. What the metric calls passes, or matches, are those for which it is true that they failed."""
    if rate is None:
        return None
    for key in ("matches", "passes"):
        if key in rate:
            return count(rate[key], f"http_req_failed.{key}")
    for key in ("rate", "value"):
        if key in rate:
            share = number(rate[key], f"http_req_failed.{key}")
            if not 0 <= share <= 1:
                raise malformed("http_req_failed is no share")
            return -int(-share * total // 1)
    return None


def _users(gauge: dict[str, Json] | None) -> int | None:
    return None if gauge is None or "max" not in gauge else count(gauge["max"], "vus.max")


def _duration(document: dict[str, Json], requests: dict[str, Json], total: int) -> float | None:
    state, config = document.get("state"), document.get("config")
    if isinstance(state, dict) and "testRunDurationMs" in state:
        return number(state["testRunDurationMs"], "testRunDurationMs") / 1000
    if isinstance(config, dict) and "duration" in config:
        return number(config["duration"], "duration")
    rate = number(requests["rate"], "http_reqs.rate") if "rate" in requests else 0.0
    return total / rate if rate else None


def _maybe(values: dict[str, Json], key: str) -> float | None:
    return number(values[key], key) if key in values else None
