# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contracts of CryptoFunk's API."""

from __future__ import annotations

import json
import typing as t

import pytest

from sandbox.standin._http import Reply

PAUSE = "/api/v1/trade/pause"


def data(reply: Reply) -> t.Any:
    return json.loads(reply.body)


def pause(stand_in: t.Any, **headers: str) -> Reply:
    return t.cast(Reply, stand_in.ask(PAUSE, method="POST", body="{}", **headers))


def test_health_has_its_three_fields(hardened: t.Any) -> None:
    reply = hardened.ask("/api/v1/health")
    assert (reply.status, sorted(data(reply))) == (200, ["status", "uptime", "version"])
    assert data(reply)["status"] == "healthy"


def test_health_is_503_without_a_database(hardened: t.Any) -> None:
    hardened.switch(database="down")
    reply = hardened.ask("/api/v1/health")
    assert reply.status == 503
    assert data(reply) == {"status": "unhealthy", "error": "database connection failed", "version": "1.0.0"}


def test_health_can_lose_its_status(hardened: t.Any) -> None:
    hardened.switch(health="bare")
    reply = hardened.ask("/api/v1/health")
    assert (reply.status, sorted(data(reply))) == (200, ["uptime", "version"])


def test_status_says_the_same_whatever_the_database_does(hardened: t.Any) -> None:
    hardened.switch(database="down")
    assert data(hardened.ask("/api/v1/status"))["components"]["database"] == "healthy"


@pytest.mark.parametrize("path", ["/health", "/api/health", "/api/v1/version", "/debug/pprof/", "/debug/vars"])
def test_paths_that_cryptofunk_does_not_have_are_404(hardened: t.Any, path: str) -> None:
    reply = hardened.ask(path)
    assert (reply.status, reply.body) == (404, b"404 page not found")
    assert reply.headers["X-RateLimit-Limit"] == "100"


def test_every_reply_has_the_security_headers(hardened: t.Any) -> None:
    for origin in ("", "https://evil.example.net"):
        assert hardened.ask("/", origin=origin).headers["X-Content-Type-Options"] == "nosniff"


def test_the_configuration_shows_effective_values_and_no_secret(hardened: t.Any) -> None:
    hardened.switch(config={"risk": {"max_drawdown": 0.3}})
    reply = hardened.ask("/api/v1/config")
    config = data(reply)["config"]
    assert config["app"]["environment"] == "production"
    assert config["risk"]["max_drawdown"] == 0.3
    assert sorted(config) == sorted(
        ["app", "database", "redis", "nats", "llm", "trading", "risk", "api", "monitoring", "mcp"]
    )
    assert b"not to be shown" not in reply.body


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 401, id="no key"),
        pytest.param({"x_api_key": "wrong"}, 401, id="a wrong key"),
        pytest.param({"x_api_key": "old"}, 401, id="a revoked key"),
        pytest.param({"x_api_key": "good"}, 400, id="a good key and an empty body"),
        pytest.param({"authorization": "Bearer good"}, 400, id="a good key as a bearer"),
        pytest.param({"x_api_key": "good", "host": "api.example.com"}, 403, id="a good key in plain text"),
        pytest.param(
            {"x_api_key": "good", "host": "api.example.com", "x_forwarded_proto": "https"}, 400, id="behind TLS"
        ),
    ],
)
def test_trade_control_answers(hardened: t.Any, headers: dict[str, str], status: int) -> None:
    assert pause(hardened, **headers).status == status


def test_as_shipped_a_wrong_key_is_an_error_of_the_server(shipped: t.Any) -> None:
    reply = pause(shipped, x_api_key="wrong")
    assert (reply.status, data(reply)) == (500, {"error": "Authentication error"})


def test_trade_control_can_stand_open(hardened: t.Any) -> None:
    hardened.switch(auth="open")
    assert pause(hardened).status == 200


def test_without_authentication_in_the_configuration_the_handler_is_reached(hardened: t.Any) -> None:
    hardened.switch(config={"api": {"auth": {"enabled": False}}})
    assert pause(hardened).status == 400


@pytest.mark.parametrize(("key", "status"), [("", 200), ("good", 200), ("wrong", 401)])
def test_decisions_are_for_everybody_but_a_bad_key(hardened: t.Any, key: str, status: int) -> None:
    assert hardened.ask("/api/v1/decisions", x_api_key=key).status == status


def test_the_inner_limit_is_the_one_that_is_told(hardened: t.Any) -> None:
    assert pause(hardened).headers["X-RateLimit-Limit"] == "10"
    assert hardened.ask("/api/v1/config").headers["X-RateLimit-Limit"] == "60"


def test_the_eleventh_attempt_at_trade_control_is_refused(hardened: t.Any) -> None:
    statuses = [pause(hardened).status for dummy in range(11)]
    assert statuses == [401] * 10 + [429]


def test_a_forwarded_address_has_a_budget_of_its_own(hardened: t.Any) -> None:
    for dummy in range(11):
        pause(hardened)
    assert pause(hardened, x_forwarded_for="192.0.2.1").status == 401


def test_limits_can_be_off(hardened: t.Any) -> None:
    hardened.switch(limits="off")
    replies = [pause(hardened) for dummy in range(11)]
    assert {reply.status for reply in replies} == {401}
    assert "X-RateLimit-Limit" not in replies[-1].headers


def test_an_origin_is_refused_before_it_costs_anything(hardened: t.Any) -> None:
    for dummy in range(150):
        hardened.ask("/", origin="https://evil.example.net")
    assert hardened.ask("/").headers["X-RateLimit-Remaining"] == "99"


def test_a_debugger_can_be_left_in(hardened: t.Any) -> None:
    hardened.switch(debug=["api"])
    assert b"Types of profiles" in hardened.ask("/debug/pprof/").body
    assert "memstats" in data(hardened.ask("/debug/vars"))
    assert hardened.ask("/debug/pprof/", service="risk-agent").status == 404


@pytest.mark.parametrize(
    "path", ["/api/v1/orders/1' or '1'='1", "/api/v1/orders/x", "/api/v1/decisions/x", "/api/v1/decisions/x/similar"]
)
def test_an_identifier_that_is_none_is_a_bad_request(hardened: t.Any, path: str) -> None:
    assert hardened.ask(path).status == 400


def test_metrics_count_requests_by_route(hardened: t.Any) -> None:
    hardened.ask("/api/v1/orders/x")
    text = hardened.ask("/metrics").body.decode()
    assert 'cryptofunk_http_requests_total{method="GET",path="/api/v1/orders/:id",status_code="400"} 1' in text
    assert 'le="250"' in text and 'le="200"' not in text


@pytest.mark.parametrize(("profile", "agents"), [("hardened", 7), ("shipped", 6)])
def test_agents_run_in_the_hardened_profile_only(request: pytest.FixtureRequest, profile: str, agents: int) -> None:
    answer = data(request.getfixturevalue(profile).ask("/api/v1/agents"))
    assert answer["count"] == agents
    assert {agent["status"] for agent in answer["agents"]} == {"RUNNING" if profile == "hardened" else "STOPPED"}
