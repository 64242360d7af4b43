# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The handlers of the API. None of them changes anything."""

from __future__ import annotations

import datetime as dt
import time
import typing as t
import uuid

from sandbox.standin import _metrics as metrics
from sandbox.standin._http import Reply, Request, as_json
from sandbox.standin._live import Live
from sandbox.standin._settings import AGENTS, VERSION

Handler = t.Callable[[Request], Reply]
_SHOWN = {  # the keys of the configuration that the API shows; none of them is a secret
    "app": ("name", "version", "environment", "log_level"),
    "database": ("host", "port", "database", "ssl_mode", "pool_size"),
    "redis": ("host", "port", "db"),
    "nats": ("url", "enable_jetstream"),
    "llm": ("gateway", "endpoint", "primary_model", "temperature", "max_tokens", "enable_caching", "timeout"),
    "trading": ("mode", "symbols", "exchange", "initial_capital", "max_positions", "default_quantity"),
    "risk": (
        "max_position_size",
        "max_daily_loss",
        "max_drawdown",
        "default_stop_loss",
        "default_take_profit",
        "llm_approval_required",
        "min_confidence",
    ),
    "api": ("host", "port"),
    "monitoring": ("prometheus_port", "enable_metrics"),
}


class Handlers:
    def __init__(self, live: Live, traffic: metrics.Traffic, hardened: bool) -> None:
        self._live = live
        self._traffic = traffic
        self._hardened = hardened

    def root(self, request: Request) -> Reply:
        return as_json({"name": "CryptoFunk Trading API", "version": VERSION, "status": "running"})

    def health(self, request: Request) -> Reply:
        if not self._live.database_is_up():
            body = {"status": "unhealthy", "error": "database connection failed", "version": VERSION}
            return as_json(body, 503)
        body = {"status": "healthy", "version": VERSION, "uptime": _uptime()}
        if self._live.switch("health") == "bare":
            del body["status"]
        return as_json(body)

    def status(self, request: Request) -> Reply:
        """Answer the constants that CryptoFunk answers, whatever its database does."""
        parts = dict.fromkeys(("database", "api", "websocket"), "healthy")
        body = {"status": "operational", "version": VERSION, "uptime": _uptime(), "components": parts}
        return as_json({**body, "websocket": {"connected_clients": 0}})

    def config(self, request: Request) -> Reply:
        config = self._live.config()
        shown: dict[str, t.Any] = {
            section: {key: (config.get(section) or {}).get(key) for key in keys} for section, keys in _SHOWN.items()
        }
        shown["mcp"] = _shown_servers(config.get("mcp") or {})
        return as_json({"config": shown})

    def agents(self, request: Request) -> Reply:
        agents = self._agents()
        return as_json({"agents": agents, "count": len(agents)})

    def agent(self, request: Request) -> Reply:
        name = request.path.removesuffix("/status").rsplit("/", 1)[-1]
        for agent in self._agents():
            if agent["agent_name"] == name:
                return as_json(agent)
        return as_json({"error": "Agent not found"}, 404)

    def positions(self, request: Request) -> Reply:
        return as_json({"positions": [], "count": 0})

    def position(self, request: Request) -> Reply:
        return as_json({"error": "Position not found"}, 404)

    def orders(self, request: Request) -> Reply:
        return as_json({"orders": [], "count": 0})

    def order(self, request: Request) -> Reply:
        return _by_id(request.path.rsplit("/", 1)[-1], "order")

    def refused_body(self, request: Request) -> Reply:
        return as_json({"error": "invalid request body"}, 400)

    def trade(self, request: Request) -> Reply:
        """Refuse an empty body, which is how a probe asks; there is no session here that another could name."""
        if self._live.switch("auth") == "open":
            return as_json({"status": "success", "message": "trading control is open to everybody"})
        body = request.json()
        if not body or not isinstance(body.get("session_id"), str):
            return self.refused_body(request)
        return as_json({"error": "session not found"}, 404)

    def decisions(self, request: Request) -> Reply:
        return as_json({"decisions": [], "count": 0})

    def decision_stats(self, request: Request) -> Reply:
        return as_json({"total_decisions": 0, "success_rate": 0})

    def decision(self, request: Request) -> Reply:
        return _by_id(request.path.removesuffix("/similar").rsplit("/", 1)[-1], "decision")

    def strategy(self, request: Request) -> Reply:
        return as_json({"metadata": {"schema_version": "1.0", "name": "default"}})

    def backtests(self, request: Request) -> Reply:
        return as_json({"jobs": [], "count": 0})

    def websocket(self, request: Request) -> Reply:
        return as_json({"error": "upgrade required"}, 400)

    def metrics(self, request: Request) -> Reply:
        page = metrics.Page()
        self._traffic.put_on(page)
        seen = metrics.Histogram(metrics.SECONDS).observe(0.02, metrics.ticks(60))
        page.histograms("cryptofunk_vector_search_latency_seconds", [({"operation": "similar"}, seen)])
        operations = [({"operation": "similar", "status": "success"}, metrics.ticks(60))]
        page.series("cryptofunk_vector_search_operations_total", "counter", operations)
        audited = [({"event_type": "config_read", "success": "true"}, metrics.ticks(60))]
        page.series("cryptofunk_audit_log_operations_total", "counter", audited)
        metrics.put_breakers(page)
        metrics.put_dashboard_gauges(page, self._hardened)
        metrics.put_process(page)
        return page.reply()

    def _agents(self) -> list[dict[str, t.Any]]:
        """As shipped nobody writes the table, so it shows the six rows that the migration left in it."""
        names = sorted(AGENTS) if self._hardened else sorted(AGENTS)[:6]
        beat = dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if self._hardened else None
        state = "RUNNING" if self._hardened else "STOPPED"
        return [
            {"agent_name": name, "agent_type": name.split("-")[0], "status": state, "last_heartbeat": beat}
            for name in names
        ]


def _by_id(identifier: str, what: str) -> Reply:
    try:
        uuid.UUID(identifier)
    except ValueError:
        return as_json({"error": f"invalid {what} ID"}, 400)
    return as_json({"error": f"{what} not found"}, 404)


def _shown_servers(servers: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
    coin = (servers.get("external") or {}).get("coingecko") or {}
    internal = servers.get("internal") or {}
    return {
        "external": {"coingecko": {key: coin.get(key) for key in ("enabled", "name", "transport", "cache_ttl")}},
        "internal": {
            name: {key: server.get(key) for key in ("enabled", "name", "transport")}
            for name, server in internal.items()
        },
    }


def _uptime() -> str:
    """Return the time since the start as Go prints a duration."""
    minutes, seconds = divmod(time.time() - metrics.BEGAN, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours}h{minutes}m{seconds:.3f}s"
