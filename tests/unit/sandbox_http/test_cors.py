# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The cross-origin rules of the stand-in."""

from __future__ import annotations

import pytest

from sandbox.standin._cors import Cors, allowed_origins, decide
from sandbox.standin._http import Request

GOOD, EVIL = "https://app.example.com", "https://evil.example.net"


def ask(origin: str, method: str = "GET", mistake: str | None = None) -> Cors:
    headers = {"origin": origin, "host": "api.example.com"} if origin else {"host": "api.example.com"}
    return decide(Request(method, "/", "127.0.0.1", headers), [GOOD], mistake)


def test_a_request_without_an_origin_passes_unmarked() -> None:
    assert ask("") == Cors(None, {})


def test_a_request_of_the_same_origin_passes_unmarked() -> None:
    assert ask("https://api.example.com") == Cors(None, {})


def test_an_allowed_origin_is_echoed_with_credentials() -> None:
    headers = ask(GOOD).headers
    assert headers["Access-Control-Allow-Origin"] == GOOD
    assert headers["Access-Control-Allow-Credentials"] == "true"


@pytest.mark.parametrize("origin", [EVIL, "null", "http://app.example.com"])
def test_any_other_origin_is_refused_without_a_word(origin: str) -> None:
    reply = ask(origin).reply
    assert reply is not None
    assert (reply.status, reply.body, dict(reply.headers)) == (403, b"", {})


def test_a_preflight_is_answered_at_once() -> None:
    reply = ask(GOOD, "OPTIONS").reply
    assert reply is not None
    assert reply.status == 204
    assert reply.headers["Access-Control-Max-Age"] == "43200"
    assert "X-API-Key" not in reply.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize(
    ("mistake", "origin", "answer"),
    [("reflect", EVIL, EVIL), ("star", EVIL, "*"), ("null", "null", "null")],
)
def test_a_mistake_lets_a_stranger_in(mistake: str, origin: str, answer: str) -> None:
    assert ask(origin, mistake=mistake).headers["Access-Control-Allow-Origin"] == answer


def test_the_mistake_null_keeps_other_strangers_out() -> None:
    assert ask(EVIL, mistake="null").reply is not None


@pytest.mark.parametrize(
    ("environment", "origins"),
    [("production", [GOOD]), ("development", [GOOD, "http://localhost:3000"])],
)
def test_origins_of_the_developer_count_outside_of_production_only(environment: str, origins: list[str]) -> None:
    config = {"app": {"environment": environment}, "api": {"allowed_origins": [GOOD, "http://localhost:3000"]}}
    assert allowed_origins(config) == origins
