# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._facts import (
    facts,
    image_facts,
    moment,
    recent_restarts,
    restarts_between,
    seconds,
)

STARTED = "2026-11-25T08:00:00.123456789Z"
NOW = float(seconds("2026-11-25T08:05:00Z"))


def said(**changes: t.Any) -> dict[str, t.Any]:
    """Return what an engine says of a container, as far as it is looked at."""
    return {
        "Id": "c0",
        "Name": "/cryptofunk-api",
        "Image": "sha256:11",
        "RestartCount": 0,
        "State": {"Status": "running", "ExitCode": 0, "StartedAt": STARTED, "Health": {"Status": "healthy"}},
        "Config": {"Image": "registry.example.com/cryptofunk/api:v1.0.0", "Labels": {}, "User": "1000"},
        "HostConfig": {},
        "NetworkSettings": {},
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "key", "value"),
    [
        pytest.param(
            {"State": {"Status": "exited", "ExitCode": 137, "OOMKilled": True}}, "oom_killed", True, id="memory"
        ),
        pytest.param({"State": {"Status": "running"}}, "health", "none", id="no healthcheck"),
        pytest.param({"State": None}, "state", "unknown", id="an engine that says nothing of its state"),
        pytest.param({"State": {"StartedAt": "0001-01-01T00:00:00Z"}}, "started_at", None, id="never started"),
        pytest.param({"HostConfig": {"NanoCpus": 1_500_000_000}}, "cpu_limit", 1.5, id="cpus"),
        pytest.param({"HostConfig": {"CpuQuota": 50_000, "CpuPeriod": 100_000}}, "cpu_limit", 0.5, id="quota"),
        pytest.param({"HostConfig": {"CpuQuota": -1}}, "cpu_limit", 0.0, id="no quota"),
        pytest.param({"HostConfig": {"Memory": 1024}}, "memory_limit", 1024, id="memory limit"),
        pytest.param({"HostConfig": {"NetworkMode": "host"}}, "host_network", True, id="network of the host"),
        pytest.param({"Config": {}}, "user", "root", id="no user is root"),
        pytest.param({"Mounts": [{"Source": "/run/docker.sock"}]}, "socket_mounted", True, id="the engine's socket"),
        pytest.param({"Mounts": [{"Source": "/srv/data"}]}, "socket_mounted", False, id="another mount"),
    ],
)
def test_what_is_seen_of_a_container(changes: dict[str, t.Any], key: str, value: t.Any) -> None:
    assert facts(said(**changes))[key] == value


@pytest.mark.parametrize(("word", "is_one_off"), [("True", True), ("true", True), ("False", False), (None, False)])
def test_what_compose_run_started_is_told_apart(word: str | None, is_one_off: bool) -> None:
    labels = {"com.docker.compose.service": "api", "com.docker.compose.oneoff": word}
    seen = facts(said(Config={"Labels": labels}))
    assert (seen["service"], seen["one_off"]) == ("api", is_one_off)


@pytest.mark.parametrize(
    ("address", "is_exposed"),
    [("127.0.0.1", False), ("::1", False), ("", True), ("0.0.0.0", True), ("192.0.2.7", True), ("what", True)],
)
def test_a_port_is_exposed_unless_its_address_is_known_to_be_the_hosts_own(address: str, is_exposed: bool) -> None:
    ports = {"8080/tcp": [{"HostIp": address, "HostPort": "8082"}]}
    seen = facts(said(HostConfig={"PortBindings": ports}))
    assert seen["published"] == [f"{address or '0.0.0.0'}:8082->8080/tcp"]
    assert bool(seen["exposed"]) is is_exposed


def test_the_values_of_variables_are_not_kept() -> None:
    config = {"Image": "redis:7", "Env": ["REDIS_PASSWORD=Secret-4711"], "Labels": {"note": "Secret-4711"}}
    assert "Secret-4711" not in str(facts(said(Config=config)))


def test_an_image_has_the_digests_of_all_registries_and_one_that_was_built_none() -> None:
    image = {"RepoTags": ["b:1", "a:1"], "RepoDigests": ["a@sha256:22", "b@sha256:22", "broken"]}
    seen = image_facts(said(), image)
    assert (seen["version"], seen["tags"], seen["digests"]) == ("v1.0.0", ["a:1", "b:1"], ["sha256:22"])
    assert image_facts(said(), {"RepoDigests": None})["digests"] == []


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        pytest.param({}, {}, 0, id="nothing happened"),
        pytest.param({"RestartCount": 2}, {"RestartCount": 5}, 3, id="the engine counted"),
        pytest.param({}, {"State": {"StartedAt": "2026-11-25T08:01:00Z"}}, 1, id="somebody restarted it"),
        pytest.param({"RestartCount": 4}, {"RestartCount": 0}, 0, id="the count began anew"),
    ],
)
def test_restarts_between_two_looks(before: dict[str, t.Any], after: dict[str, t.Any], count: int) -> None:
    assert restarts_between(said(**before), said(**after)) == count


@pytest.mark.parametrize(
    ("changes", "span", "count"),
    [
        pytest.param({"RestartCount": 3}, 600, 3, id="lately"),
        pytest.param({"RestartCount": 3}, 60, 0, id="long ago"),
        pytest.param(
            {"RestartCount": 3, "State": {"Status": "restarting", "StartedAt": STARTED}}, 60, 3, id="about to"
        ),
        pytest.param({"RestartCount": 3, "State": {"Status": "created"}}, 60, 3, id="never up"),
        pytest.param({}, 600, 0, id="never"),
    ],
)
def test_restarts_count_while_the_last_is_recent(changes: dict[str, t.Any], span: int, count: int) -> None:
    assert recent_restarts(said(**changes), span, NOW) == count


@pytest.mark.parametrize(("text", "expected"), [(STARTED, "2026-11-25T08:00:00Z"), ("", None), (None, None)])
def test_moments_are_to_the_second(text: str | None, expected: str | None) -> None:
    assert moment(text) == expected
