# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The orchestrator: health in three flavours, its status, its metrics, and pause and resume."""

from __future__ import annotations

import time
import typing as t

from sandbox.standin import _metrics as metrics
from sandbox.standin._auth import Auth
from sandbox.standin._http import Reply, Request, as_json, as_text, not_found
from sandbox.standin._live import Live
from sandbox.standin._settings import AGENTS, ORCHESTRATOR, VERSION

Data = t.Dict[str, t.Any]


class Orchestrator:
    def __init__(self, live: Live, auth: Auth, hardened: bool) -> None:
        self._live = live
        self._auth = auth
        self._hardened = hardened
        self._paused = False
        self._looks = 0
        self._pages: dict[str, t.Callable[[], Reply]] = {
            "/health": self._health,
            "/liveness": lambda: as_json({"status": "alive", "timestamp": _now()}),
            "/readiness": self._readiness,
            "/api/v1/status": lambda: as_json(self._status()),
            "/status": lambda: as_json({"paused": self._paused, "active_agents": len(AGENTS), "timestamp": _now()}),
            "/metrics": self._metrics,
        }

    def __call__(self, request: Request) -> Reply:
        if request.path in ("/pause", "/resume"):
            return self._control(request)
        page = self._pages.get(request.path)
        if page is None:
            return not_found()
        return page() if request.method == "GET" else _wrong_method()

    def _health(self) -> Reply:
        """Answer without a look at anything, as CryptoFunk does."""
        if ORCHESTRATOR in (self._live.switch("no_health") or ()):
            return not_found()
        return as_json({"status": "healthy", "timestamp": _now(), "service": "orchestrator"})

    def _readiness(self) -> Reply:
        self._looks += 1
        works = self._live.database_is_up()
        database: Data = {"component": "database", "status": "ok" if works else "failed", "latency_ms": 1.2}
        if not works:
            database["message"] = "database ping failed"
        others = [{"component": name, "status": "ok", "latency_ms": 0.4} for name in ("nats", "agents")]
        body = {"status": "ready" if works else "not ready", "timestamp": _now(), "checks": [database, *others]}
        return as_json(body, 200 if works else 503)

    def _status(self) -> Data:
        healthy = self._healthy()
        return {
            "status": "running",
            "version": VERSION,
            "uptime_seconds": int(time.time() - metrics.BEGAN),
            "active_agents": len(AGENTS),
            "total_signals": min(100, metrics.ticks(30)),
            "timestamp": _now(),
            "configuration": {"min_consensus": 0.6, "min_confidence": 0.5, "max_signal_age": "5m0s"},
            "agent_summary": {"healthy": healthy, "degraded": len(AGENTS) - healthy, "unhealthy": 0, "unknown": 0},
        }

    def _healthy(self) -> int:
        """As shipped only the risk agent's heartbeat has the word that the orchestrator looks for."""
        return len(AGENTS) if self._hardened else 1

    def _control(self, request: Request) -> Reply:
        """Pause and resume: as shipped whoever asks is obeyed."""
        if request.method != "POST":
            return _wrong_method()
        rules = (self._live.config().get("api") or {}).get("auth") or {}
        refusal = self._auth.required(request, rules, self._live.switch("auth")) if self._hardened else None
        if refusal is not None:
            return refusal
        self._paused = request.path == "/pause"
        return as_json({"status": "paused" if self._paused else "resumed", "timestamp": _now()})

    def _metrics(self) -> Reply:
        page = metrics.Page().gauge("orchestrator_active_agents", self._healthy())
        for name, every in (("decisions", 30), ("signals_received", 10), ("signals_processed", 10)):
            page.counter(f"orchestrator_{name}_total", metrics.ticks(every))
        page.counter("orchestrator_signals_dropped_total", 0)
        for name in ("decision_duration_seconds", "voting_duration_seconds", "consensus_score"):
            seen = metrics.Histogram(metrics.SECONDS).observe(0.04, metrics.ticks(30))
            page.histograms(f"orchestrator_{name}", [({}, seen)])
        self._put_checks(page)
        metrics.put_breakers(page)
        metrics.put_dashboard_gauges(page, self._hardened)
        metrics.put_process(page)
        return page.reply()

    def _put_checks(self, page: metrics.Page) -> None:
        """Add the health checks, which have no series before /readiness was called for the first time."""
        if self._looks == 0:
            return
        works = {"database": self._live.database_is_up(), "nats": True, "agents": True}
        states = [({"component": name}, float(fine)) for name, fine in works.items()]
        page.series("health_check_status", "gauge", states)
        counts = [({"component": name, "status": "ok"}, float(self._looks)) for name in works]
        page.series("health_check_total", "counter", counts)
        seen = metrics.Histogram(metrics.API_BUCKETS).observe(1.2, self._looks)
        page.histograms("health_check_latency_ms", [({"component": name}, seen) for name in works])


def _wrong_method() -> Reply:
    return as_text("Method not allowed\n", 405)


def _now() -> int:
    return int(time.time())
