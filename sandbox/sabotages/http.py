# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the API and its companions can be wrong behind the front."""

from __future__ import annotations

import typing as t

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import api, nginx
from sandbox.standin._settings import API

_LIMITS = ("1.4.4", "8.6.3")
_ORIGINS = ("1.5.6", "8.6.4")
_KEYS = ("8.3.1", "8.6.2")
_HEALTH = ("5.5.1", "8.2.1")
_SILENT = "risk-agent"


def _turns(**switches: t.Any) -> Act:
    """Return an act that turns switches of ``sandbox/standin/_live.py``."""

    def act(sandbox: Sandbox) -> None:
        api.switch(sandbox, **switches)

    return act


def _switched(name: str, items: tuple[str, ...], says: str, **switches: t.Any) -> Sabotage:
    """Return the sabotage that turns *switches*: each is a part of its own. All of it is seen through the front."""
    undo = _turns(**dict.fromkeys(switches))
    parts = tuple(switches)
    return Sabotage(name, api.NAME, items, says, _turns(**switches), undo, parts=parts, seen_through=(nginx.NAME,))


SABOTAGES = [
    _switched("rate_limit_off", _LIMITS, "A burst of requests is answered to the end", limits="off"),
    _switched("cors_reflects", _ORIGINS, "Every origin is allowed, with credentials", cors="reflect"),
    _switched("cors_null", _ORIGINS, "The origin null is allowed", cors="null"),
    _switched("cors_wildcard", _ORIGINS, "The origin * is allowed, with credentials", cors="star"),
    _switched("debugger_in_the_api", ("1.5.7",), "The API shows pprof and expvar", debug=[API]),
    _switched("debugger_in_an_agent", ("1.5.7",), "An agent shows pprof and expvar", debug=[_SILENT]),
    _switched("database_lost", _HEALTH, "The API has lost its database: its health is 503", database="down"),
    _switched("health_without_status", _HEALTH, "The API's health has no field status", health="bare"),
    _switched("health_missing", ("5.5.1",), "An agent has no /health", no_health=[_SILENT]),
    _switched("trade_control_open", _KEYS, "Trade control answers 200 to everybody", auth="open"),
    _switched("wrong_key_is_an_error", _KEYS, "A wrong key is answered by 500", auth="broken"),
    _switched(
        "live_environment",
        ("3.1.1",),
        "The running API is in another environment than its file says",
        config={"app": {"environment": "staging"}},
    ),
    Sabotage("api_gone", api.NAME, ("8.2.1",), "Nothing is behind the front", api.stop, api.start),
]
