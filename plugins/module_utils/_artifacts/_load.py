# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The reading of a load test. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._samples import percentile
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

RAW, SUMMARY = "raw", "summary"

_SHED = (429, 503)
_NO_STATUSES = "The result does not count the answers by their status: those of hey and vegeta do"


@dataclass(frozen=True)
class Load:
    """What a load test did. Times are milliseconds, None is not known. *failed* are the requests without a good answer,
    *statuses* counts the answers by their status, with 0 for the requests without one.

    *concurrency_from* is ``result`` where the tool writes it, ``measured`` where the samples overlap so.
    """

    requests: int
    duration_s: float | None
    failed: int | None = None
    concurrency: int | None = None
    concurrency_from: str = "result"
    p50_ms: float | None = None
    p95_ms: float | None = None
    p99_ms: float | None = None
    p95_from: str = SUMMARY
    statuses: t.Mapping[int, int] | None = None


def of_samples(milliseconds: t.Iterable[float]) -> dict[str, t.Any]:
    """Return the percentiles of Load out of raw samples, of which there must be at least one."""
    ordered = sorted(milliseconds)
    shares = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    return {**{key: percentile(ordered, share) for key, share in shares.items()}, "p95_from": RAW}


def loaded(load: Load, said: Said, produced: datetime | None = None) -> Reading:
    """Return the reading of *load*, completed by what was said about it."""
    if load.requests == 0:
        raise LookError(Reason.NO_DATA, "The load test got no answer at all")
    concurrency, source = load.concurrency, load.concurrency_from
    if concurrency is None:
        concurrency, source = said.concurrency, "declared"
    ratio = None if load.failed is None else round(load.failed / load.requests, 6)
    facts = {
        "load": {
            "requests": load.requests,
            "failed": load.failed,
            "duration_s": _rounded(load.duration_s),
            "rps": _rounded(load.requests / load.duration_s) if load.duration_s else None,
            "p50_ms": _rounded(load.p50_ms),
            "p99_ms": _rounded(load.p99_ms),
        },
        "concurrency": concurrency,
        "concurrency_from": None if concurrency is None else source,
        "p95_ms": _rounded(load.p95_ms),
        "p95_from": None if load.p95_ms is None else load.p95_from,
        "error_ratio": ratio,
        **_beyond_capacity(load),
    }
    return Reading("load", facts, _gaps(facts, load), produced)


def _beyond_capacity(load: Load) -> dict[str, t.Any]:
    """Return which share of the requests was shed with 429 or 503, and which share broke: another 5xx, or no answer."""
    if load.statuses is None:
        return {"shed_ratio": None, "fault_ratio": None}
    shed = sum(many for status, many in load.statuses.items() if status in _SHED)
    faults = sum(many for status, many in load.statuses.items() if status == 0 or status >= 500 and status not in _SHED)
    return {
        "shed_ratio": round(shed / load.requests, 6) if shed or faults else None,
        "fault_ratio": round(faults / load.requests, 6),
    }


def _gaps(facts: dict[str, t.Any], load: Load) -> dict[str, LookError]:
    p99 = "" if load.p99_ms is None else f", and 99 % within {load.p99_ms:g} ms"
    sentences = {
        "concurrency": "The result does not say how many users there were: declare concurrency, or write it into the .meta.json",
        "p95_ms": f"The result has no 95th percentile{p99}",
        "error_ratio": "The result does not hold the requests that failed: declare requests, or write it into the .meta.json",
        "shed_ratio": "Nothing was refused with 429 or 503 and nothing broke: the load was not beyond the capacity",
    }
    if load.statuses is None:
        sentences.update(shed_ratio=_NO_STATUSES, fault_ratio=_NO_STATUSES)
    gaps = {key: LookError(Reason.TOO_LITTLE_DATA, words) for key, words in sentences.items() if facts[key] is None}
    sources = {f"{key.partition('_ms')[0]}_from": gaps[key] for key in ("concurrency", "p95_ms") if key in gaps}
    return {**gaps, **sources}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
