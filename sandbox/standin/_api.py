# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CryptoFunk's API: what comes before and after every handler, and which handler serves which route."""

from __future__ import annotations

import re
import time
import typing as t

from sandbox.standin import _metrics as metrics
from sandbox.standin._auth import Auth
from sandbox.standin._cors import allowed_origins, decide
from sandbox.standin._handlers import Handler, Handlers
from sandbox.standin._http import Reply, Request, not_found
from sandbox.standin._limits import Limiter, client_of
from sandbox.standin._live import Live

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-XSS-Protection": "1; mode=block",
}
LIMITS = {"global": 100, "read": 60, "order": 30, "search": 20, "control": 10}  # requests in a minute
_TRADE = ("start", "stop", "pause", "resume")


class Route(t.NamedTuple):
    method: str
    path: str  # as gin writes it: "/api/v1/orders/:id"
    pattern: re.Pattern[str]
    limit: str
    handler: Handler
    guard: str = ""  # "required" or "optional" authentication


class Api:
    def __init__(self, live: Live, auth: Auth, hardened: bool) -> None:
        self._live = live
        self._auth = auth
        self._limiters = {name: Limiter(limit) for name, limit in LIMITS.items()}
        self._traffic = metrics.Traffic()
        self._routes = _routes(Handlers(live, self._traffic, hardened))

    def __call__(self, request: Request) -> Reply:
        began = time.perf_counter()
        reply = self._answer(request).plus(SECURITY_HEADERS)
        route = self._route(request)
        path = route.path if route else request.path
        self._traffic.note(request.method, path, reply.status, (time.perf_counter() - began) * 1000)
        return reply

    def _answer(self, request: Request) -> Reply:
        """Apply CORS, then the global limit, then what the route asks for."""
        cors = decide(request, allowed_origins(self._live.config()), self._live.switch("cors"))
        if cors.reply is not None:
            return cors.reply
        return self._limited(request, "global", self._routed).plus(cors.headers)

    def _routed(self, request: Request) -> Reply:
        route = self._route(request)
        if route is None:
            return not_found()
        found = route

        def guarded(asked: Request) -> Reply:
            refusal = self._refusal(asked, found)
            return found.handler(asked) if refusal is None else refusal

        return self._limited(request, route.limit, guarded) if route.limit else guarded(request)

    def _limited(self, request: Request, name: str, serve: t.Callable[[Request], Reply]) -> Reply:
        """Serve within the limit *name*; its headers give way to those of a limit further in."""
        if self._live.switch("limits") == "off":
            return serve(request)
        ruling = self._limiters[name].ask(client_of(request))
        return serve(request).plus(ruling.headers()) if ruling.allowed else ruling.refusal(time.time())

    def _refusal(self, request: Request, route: Route) -> Reply | None:
        rules = (self._live.config().get("api") or {}).get("auth") or {}
        if route.guard == "required":
            return self._auth.required(request, rules, self._live.switch("auth"))
        return self._auth.optional(request, rules) if route.guard == "optional" else None

    def _route(self, request: Request) -> Route | None:
        for route in self._routes:
            if route.method == request.method and route.pattern.fullmatch(request.path):
                return route
        return None


def _routes(handle: Handlers) -> list[Route]:
    def get(path: str, limit: str, handler: Handler, guard: str = "") -> Route:
        return Route("GET", path, _pattern(path), limit, handler, guard)

    def post(path: str, limit: str, handler: Handler, guard: str = "") -> Route:
        return Route("POST", path, _pattern(path), limit, handler, guard)

    v1 = "/api/v1"
    return [
        get("/", "", handle.root),
        get("/metrics", "", handle.metrics),
        get(f"{v1}/health", "", handle.health),
        get(f"{v1}/status", "", handle.status),
        get(f"{v1}/ws", "", handle.websocket),
        get(f"{v1}/config", "read", handle.config),
        get(f"{v1}/agents", "read", handle.agents),
        get(f"{v1}/agents/:name", "read", handle.agent),
        get(f"{v1}/agents/:name/status", "read", handle.agent),
        get(f"{v1}/positions", "read", handle.positions),
        get(f"{v1}/positions/:symbol", "read", handle.position),
        get(f"{v1}/orders", "read", handle.orders),
        get(f"{v1}/orders/:id", "read", handle.order),
        post(f"{v1}/orders", "order", handle.refused_body),
        *(post(f"{v1}/trade/{act}", "control", handle.trade, "required") for act in _TRADE),
        get(f"{v1}/decisions", "read", handle.decisions, "optional"),
        get(f"{v1}/decisions/stats", "read", handle.decision_stats, "optional"),
        get(f"{v1}/decisions/:id/similar", "search", handle.decision, "optional"),
        get(f"{v1}/decisions/:id", "read", handle.decision, "optional"),
        *(get(f"{v1}/strategies/{word}", "read", handle.strategy) for word in ("current", "version", "schema")),
        get(f"{v1}/backtest", "read", handle.backtests),
    ]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r":\w+", "[^/]+", path))
