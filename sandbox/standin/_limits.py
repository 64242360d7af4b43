# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rate limits of the API: a sliding window for each client, kept in this process."""

from __future__ import annotations

import threading
import time
import typing as t
from collections import deque
from dataclasses import dataclass

from sandbox.standin._http import Reply, Request, as_json

WINDOW = 60.0  # seconds
_MOST_CLIENTS = 10_000


@dataclass(frozen=True)
class Ruling:
    """Whether a request may pass, and what the client is told about it."""

    allowed: bool
    limit: int
    remaining: int
    reset: float  # seconds since the epoch

    def headers(self) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": str(int(self.reset)),
        }

    def refusal(self, now: float) -> Reply:
        wait = max(1, int(self.reset - now))
        body = {
            "error": "rate limit exceeded",
            "message": f"Maximum {self.limit} requests per 1m0s allowed",
            "retry_after": wait,
        }
        return as_json(body, 429).plus({**self.headers(), "Retry-After": str(wait)})


class Limiter:
    """*limit* requests in any 60 seconds for each client."""

    def __init__(self, limit: int, clock: t.Callable[[], float] = time.time) -> None:
        self.limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._seen: dict[str, deque[float]] = {}

    def ask(self, client: str) -> Ruling:
        now = self._clock()
        with self._lock:
            self._forget(now)
            times = self._seen.setdefault(client, deque())
            while times and times[0] <= now - WINDOW:
                times.popleft()
            reset = (times[0] if times else now) + WINDOW
            if len(times) >= self.limit:
                return Ruling(False, self.limit, 0, reset)
            times.append(now)
            return Ruling(True, self.limit, self.limit - len(times), reset)

    def _forget(self, now: float) -> None:
        """Drop the clients that have been silent for a window, once there are many."""
        if len(self._seen) >= _MOST_CLIENTS:
            self._seen = {client: times for client, times in self._seen.items() if times and times[-1] > now - WINDOW}


def client_of(request: Request) -> str:
    """Return the address that a limit is kept for: as gin, which trusts every proxy, the first forwarded one."""
    forwarded = request.header("X-Forwarded-For").split(",")[0].strip()
    return forwarded or request.header("X-Real-IP").strip() or request.peer
