# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rate limits of the stand-in."""

from __future__ import annotations

import json

import pytest

from sandbox.standin._http import Request
from sandbox.standin._limits import Limiter, client_of


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_limit_is_allowed_and_one_more_is_refused() -> None:
    limiter = Limiter(3, Clock())
    assert [limiter.ask("a").allowed for dummy in range(4)] == [True, True, True, False]


def test_each_client_has_a_budget_of_its_own() -> None:
    limiter = Limiter(1, Clock())
    assert limiter.ask("a").allowed
    assert limiter.ask("b").allowed


def test_the_window_slides() -> None:
    clock = Clock()
    limiter = Limiter(2, clock)
    limiter.ask("a")
    clock.now += 40
    limiter.ask("a")
    clock.now += 21  # the first is older than a minute now, the second is not
    assert limiter.ask("a").allowed
    assert not limiter.ask("a").allowed


def test_the_headers_count_down_to_the_moment_when_the_oldest_request_is_forgotten() -> None:
    limiter = Limiter(3, Clock())
    limiter.ask("a")
    assert limiter.ask("a").headers() == {
        "X-RateLimit-Limit": "3",
        "X-RateLimit-Remaining": "1",
        "X-RateLimit-Reset": "1060",
    }


def test_a_refusal_says_when_to_come_back() -> None:
    clock = Clock()
    limiter = Limiter(1, clock)
    limiter.ask("a")
    clock.now += 20
    reply = limiter.ask("a").refusal(clock.now)
    assert reply.status == 429
    assert reply.headers["Retry-After"] == "40"
    assert json.loads(reply.body)["error"] == "rate limit exceeded"


@pytest.mark.parametrize(
    ("headers", "client"),
    [
        pytest.param({}, "127.0.0.1", id="the peer without headers"),
        pytest.param({"x-forwarded-for": "192.0.2.7, 10.0.0.1"}, "192.0.2.7", id="the first forwarded address"),
        pytest.param({"x-real-ip": "192.0.2.9"}, "192.0.2.9", id="the real address of a proxy"),
    ],
)
def test_the_client_is(headers: dict[str, str], client: str) -> None:
    assert client_of(Request("GET", "/", "127.0.0.1", headers)) == client
