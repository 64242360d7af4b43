# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The contracts of the orchestrator, the agents and the market-data server."""

from __future__ import annotations

import json
import typing as t

import pytest

from sandbox.standin._settings import AGENTS, MARKET_DATA, ORCHESTRATOR


def answer(stand_in: t.Any, path: str, service: str = ORCHESTRATOR) -> t.Any:
    return json.loads(stand_in.ask(path, service=service).body)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/health", "healthy"), ("/liveness", "alive"), ("/readiness", "ready"), ("/api/v1/status", "running")],
)
def test_the_orchestrator_says_how_it_is(hardened: t.Any, path: str, status: str) -> None:
    found = answer(hardened, path)
    assert found["status"] == status
    assert isinstance(found["timestamp"], int)


def test_the_orchestrator_is_not_ready_without_a_database_but_healthy(hardened: t.Any) -> None:
    hardened.switch(database="down")
    reply = hardened.ask("/readiness", service=ORCHESTRATOR)
    body = json.loads(reply.body)
    assert (reply.status, body["status"]) == (503, "not ready")
    assert [check["status"] for check in body["checks"]] == ["failed", "ok", "ok"]
    assert hardened.ask("/health", service=ORCHESTRATOR).status == 200


@pytest.mark.parametrize(("profile", "healthy"), [("hardened", 7), ("shipped", 1)])
def test_the_orchestrator_counts_its_agents(request: pytest.FixtureRequest, profile: str, healthy: int) -> None:
    found = answer(request.getfixturevalue(profile), "/api/v1/status")
    assert found["active_agents"] == 7
    assert found["agent_summary"] == {"healthy": healthy, "degraded": 7 - healthy, "unhealthy": 0, "unknown": 0}


def test_the_orchestrator_reads_by_get_alone(hardened: t.Any) -> None:
    assert hardened.ask("/health", service=ORCHESTRATOR, method="POST").status == 405


def test_as_shipped_anybody_pauses_trading(shipped: t.Any) -> None:
    assert shipped.ask("/pause", service=ORCHESTRATOR, method="POST").status == 200
    assert answer(shipped, "/status")["paused"] is True


def test_hardened_nobody_without_a_key_pauses_trading(hardened: t.Any) -> None:
    assert hardened.ask("/pause", service=ORCHESTRATOR, method="POST").status == 401
    assert answer(hardened, "/status")["paused"] is False


def test_health_checks_have_no_series_before_readiness_was_asked(hardened: t.Any) -> None:
    assert b"health_check_status" not in hardened.ask("/metrics", service=ORCHESTRATOR).body
    hardened.ask("/readiness", service=ORCHESTRATOR)
    assert b'health_check_status{component="database"} 1' in hardened.ask("/metrics", service=ORCHESTRATOR).body


@pytest.mark.parametrize("service", [*AGENTS, MARKET_DATA])
def test_every_small_service_has_health_and_metrics_and_nothing_else(hardened: t.Any, service: str) -> None:
    assert sorted(answer(hardened, "/health", service)) == ["status", "timestamp", "version"]
    assert b"process_resident_memory_bytes" in hardened.ask("/metrics", service=service).body
    assert hardened.ask("/", service=service).status == 404


def test_a_service_can_be_without_health(hardened: t.Any) -> None:
    hardened.switch(no_health=["risk-agent"])
    assert hardened.ask("/health", service="risk-agent").status == 404
    assert hardened.ask("/health", service="trend-follower").status == 200


def test_as_shipped_the_gauges_of_the_dashboards_are_dead(shipped: t.Any) -> None:
    assert b"\ncryptofunk_active_agents 0\n" in shipped.ask("/metrics", service=ORCHESTRATOR).body


def test_metrics_are_an_exposition_that_can_be_read(hardened: t.Any) -> None:
    for service in ("api", ORCHESTRATOR, *AGENTS, MARKET_DATA):
        text = hardened.ask("/metrics", service=service).body.decode()
        assert text.endswith("\n")
        names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
        assert len(names) == len(set(names))
        for line in text.splitlines():
            if not line.startswith("#"):
                float(line.rsplit(" ", 1)[1])
