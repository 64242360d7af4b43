# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The text that Prometheus scrapes."""

from __future__ import annotations

import os
import threading
import time
import typing as t
from pathlib import Path

from sandbox.standin._http import Reply, as_text

BEGAN = time.time()
API_BUCKETS = (10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0)
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_KIND = "text/plain; version=0.0.4; charset=utf-8"
Labels = t.Mapping[str, str]


class Histogram:
    """Counts of observations by upper bound."""

    def __init__(self, bounds: t.Sequence[float]) -> None:
        self.bounds = bounds
        self.counts = [0] * len(bounds)
        self.total = 0
        self.sum = 0.0

    def observe(self, value: float, times: int = 1) -> Histogram:
        for place, bound in enumerate(self.bounds):
            if value <= bound:
                self.counts[place] += times
        self.total += times
        self.sum += value * times
        return self


class Page:
    """One exposition, line by line."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def gauge(self, name: str, value: float, labels: Labels | None = None) -> Page:
        return self.series(name, "gauge", [(labels or {}, value)])

    def counter(self, name: str, value: float, labels: Labels | None = None) -> Page:
        return self.series(name, "counter", [(labels or {}, value)])

    def series(self, name: str, kind: str, samples: t.Iterable[tuple[Labels, float]]) -> Page:
        self._head(name, kind)
        self._lines += [f"{name}{_braced(labels)} {value:g}" for labels, value in samples]
        return self

    def histograms(self, name: str, samples: t.Iterable[tuple[Labels, Histogram]]) -> Page:
        self._head(name, "histogram")
        for labels, histogram in samples:
            for bound, count in zip(histogram.bounds, histogram.counts):
                self._lines.append(f"{name}_bucket{_braced({**labels, 'le': f'{bound:g}'})} {count}")
            self._lines.append(f"{name}_bucket{_braced({**labels, 'le': '+Inf'})} {histogram.total}")
            self._lines.append(f"{name}_sum{_braced(labels)} {histogram.sum:g}")
            self._lines.append(f"{name}_count{_braced(labels)} {histogram.total}")
        return self

    def reply(self) -> Reply:
        return as_text("\n".join(self._lines) + "\n", kind=_KIND)

    def _head(self, name: str, kind: str) -> None:
        self._lines += [f"# HELP {name} Of the stand-in.", f"# TYPE {name} {kind}"]


class Traffic:
    """The requests that the API has answered."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._durations: dict[tuple[str, str, str], Histogram] = {}

    def note(self, method: str, path: str, status: int, milliseconds: float) -> None:
        with self._lock:
            key = (method, path, str(status))
            self._durations.setdefault(key, Histogram(API_BUCKETS)).observe(milliseconds)

    def put_on(self, page: Page) -> None:
        with self._lock:
            noted = [(_request_labels(key), histogram) for key, histogram in sorted(self._durations.items())]
            page.histograms("cryptofunk_api_request_duration_ms", noted)
            counts = [(labels, float(histogram.total)) for labels, histogram in noted]
            page.series("cryptofunk_http_requests_total", "counter", counts)


def put_process(page: Page) -> None:
    """Add what Go's default registry says of every process; the figures are those of the stand-in itself."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    page.gauge("go_goroutines", threading.active_count())
    page.series("go_info", "gauge", [({"version": "stand-in"}, 1)])
    page.counter("process_cpu_seconds_total", round(time.process_time(), 2))
    page.gauge("process_resident_memory_bytes", pages * os.sysconf("SC_PAGE_SIZE"))
    page.gauge("process_start_time_seconds", round(BEGAN, 2))


def put_breakers(page: Page) -> None:
    """Add the circuit breakers, all closed, as every process with a database pool has them."""
    services = ("exchange", "llm", "database")
    page.series("circuit_breaker_state", "gauge", [({"service": name}, 0) for name in services])
    results = [({"service": name, "result": "success"}, ticks(1)) for name in services]
    page.series("circuit_breaker_requests_total", "counter", results)
    page.series("circuit_breaker_failures_total", "counter", [({"service": name}, 0) for name in services])


def put_dashboard_gauges(page: Page, hardened: bool) -> None:
    """Add the gauges of CryptoFunk's dashboards. As shipped nothing ever updates them, so all of them stay 0."""
    figures = {
        "cryptofunk_total_pnl": 182.4,
        "cryptofunk_win_rate": 0.58,
        "cryptofunk_sharpe_ratio": 1.3,
        "cryptofunk_current_drawdown": 0.031,
        "cryptofunk_max_drawdown_threshold": 0.1,
        "cryptofunk_open_positions": 2,
        "cryptofunk_active_agents": 7,
        "cryptofunk_active_sessions": 1,
        "cryptofunk_database_connections_active": 3,
        "cryptofunk_database_connections_idle": 7,
        "cryptofunk_redis_cache_hit_rate": 0.93,
    }
    for name, value in figures.items():
        page.gauge(name, value if hardened else 0)


def ticks(every: float) -> int:
    """Return how often something that happens *every* so many seconds has happened since the start."""
    return 1 + int((time.time() - BEGAN) / every)


def _request_labels(key: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("method", "path", "status_code"), key))


def _braced(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
