# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cross-origin rules of the API, in the manner of gin-contrib/cors, and the three usual mistakes."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from sandbox.standin._http import Reply, Request

_METHODS = "GET,POST,PUT,PATCH,DELETE,OPTIONS"
_HEADERS = "Origin,Content-Type,Accept,Authorization"
_LOCAL = ("localhost", "127.0.0.1")


@dataclass(frozen=True)
class Cors:
    """What the rules come to for one request: an answer that ends it, or headers for the answer to come."""

    reply: Reply | None
    headers: t.Mapping[str, str]


def decide(request: Request, allowed: t.Collection[str], mistake: str | None = None) -> Cors:
    """Apply the *allowed* origins to *request*; *mistake* is the switch ``cors`` of ``_live.py``."""
    origin = request.header("Origin")
    own = request.header("Host")
    if not origin or origin in (f"http://{own}", f"https://{own}"):
        return Cors(None, {})
    if not _is_allowed(origin, allowed, mistake):
        return Cors(Reply(403), {})
    headers = {"Access-Control-Allow-Origin": "*" if mistake == "star" else origin, "Vary": "Origin"}
    headers["Access-Control-Allow-Credentials"] = "true"
    if request.method != "OPTIONS":
        return Cors(None, {**headers, "Access-Control-Expose-Headers": "Content-Length"})
    preflight = {
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _HEADERS,
        "Access-Control-Max-Age": "43200",
    }
    return Cors(Reply(204, headers={**headers, **preflight}), {})


def _is_allowed(origin: str, allowed: t.Collection[str], mistake: str | None) -> bool:
    if mistake in ("reflect", "star"):
        return True
    return origin in allowed or (mistake == "null" and origin == "null")


def allowed_origins(config: t.Mapping[str, t.Any]) -> list[str]:
    """Return the origins of the configuration; in production those of the developer's machine do not count."""
    origins = [str(origin) for origin in (config.get("api") or {}).get("allowed_origins") or []]
    if (config.get("app") or {}).get("environment") != "production":
        return origins
    return [origin for origin in origins if not any(word in origin for word in _LOCAL)]
