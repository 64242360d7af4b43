# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The trading agents and the market-data server: /health and /metrics, nothing else."""

from __future__ import annotations

import datetime as dt
import typing as t

from sandbox.standin._http import Reply, Request, Service, as_json, not_found
from sandbox.standin._live import Live
from sandbox.standin._metrics import SECONDS, Histogram, Page, put_breakers, put_process, ticks
from sandbox.standin._settings import VERSION

_TOOLS = ("get_price", "get_order_book")


def agent(name: str, live: Live) -> Service:
    """Return the service of the agent *name*."""
    return _small_service(name, live, lambda: _risk_page() if name == "risk-agent" else _agent_page(name))


def market_data(name: str, live: Live) -> Service:
    return _small_service(name, live, _market_data_page)


def _small_service(name: str, live: Live, metrics: t.Callable[[], Page]) -> Service:
    def serve(request: Request) -> Reply:
        if request.path == "/health" and name not in (live.switch("no_health") or ()):
            return as_json({"status": "healthy", "timestamp": _now(), "version": VERSION})
        if request.path == "/metrics":
            page = metrics()
            put_process(page)
            return page.reply()
        return not_found()

    return serve


def _agent_page(name: str) -> Page:
    prefix = f"agent_{name.replace('-', '_')}"
    page = Page().gauge(f"{prefix}_status", 1)
    page.counter(f"{prefix}_steps_total", ticks(30))
    page.histograms(f"{prefix}_step_duration_seconds", [({}, Histogram(SECONDS).observe(0.12, ticks(30)))])
    page.counter(f"{prefix}_mcp_calls_total", ticks(10))
    page.counter(f"{prefix}_mcp_errors_total", 0)
    page.histograms(f"{prefix}_mcp_call_duration_seconds", [({}, Histogram(SECONDS).observe(0.04, ticks(10)))])
    return page


def _risk_page() -> Page:
    page = Page().gauge("risk_agent_status", 1)
    page.counter("risk_agent_veto_total", ticks(600)).counter("risk_agent_approval_total", ticks(120))
    page.series("risk_agent_decisions_total", "counter", [({"decision": "approve"}, ticks(120))])
    page.gauge("risk_agent_drawdown_current_percent", 3.1).gauge("risk_agent_drawdown_max_percent", 4.8)
    return page.gauge("risk_agent_open_positions", 2).gauge("risk_agent_sharpe_ratio", 1.3)


def _market_data_page() -> Page:
    """Tool calls in seconds under a name that says milliseconds, as CryptoFunk measures them."""
    bounds = (10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0)
    calls = [
        ({"tool_name": tool, "server": "market-data"}, Histogram(bounds).observe(0.03, ticks(5))) for tool in _TOOLS
    ]
    page = Page().histograms("cryptofunk_mcp_tool_call_duration_ms", calls)
    put_breakers(page)
    return page


def _now() -> str:
    return dt.datetime.now(dt.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
