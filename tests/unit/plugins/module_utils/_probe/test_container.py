# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pathlib
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import container as probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe

from .._container.test_facts import said
from . import servers

COMPOSE = """
services:
  api:
    image: registry.example.com/cryptofunk/api:v1.0.0
    depends_on:
      migrate: {condition: service_completed_successfully}
    deploy: {replicas: 2}
  migrate:
    build: .
"""


def one(number: str, service: str = "api", is_one_off: bool = False, **changes: t.Any) -> dict[str, t.Any]:
    labels = {"com.docker.compose.service": service, "com.docker.compose.oneoff": str(is_one_off)}
    image = changes.pop("image", "registry.example.com/cryptofunk/api:v1.0.0")
    return said(Id=number, Name=f"/{number}", Config={"Labels": labels, "Image": image}, **changes)


ENDED = {"State": {"Status": "exited", "ExitCode": 0, "StartedAt": "2026-11-25T08:00:00Z"}}
HEALTHY = [one("a1"), one("a2"), one("m", "migrate", image="p-migrate", **ENDED)]


def look(
    monkeypatch: pytest.MonkeyPatch, folder: pathlib.Path | None, *looks: list[dict[str, t.Any]], window: float = 0.01
) -> dict[str, dict[str, t.Any]]:
    """Return the subjects by name of an engine that has *looks*, one after the other, and then the last."""
    left = list(looks)
    now: dict[str, dict[str, t.Any]] = {}

    class Engine:
        name = "engine"

        def __init__(self, *dummy: t.Any) -> None:
            """Be reached at once."""

        def containers(self, project: str) -> list[str]:
            assert project == "p"
            now.clear()
            now.update({raw["Id"]: raw for raw in (left.pop(0) if len(left) > 1 else left[0])})
            return [*now, "gone"]

        def container(self, number: str) -> dict[str, t.Any]:
            if number == "gone":
                raise LookError(Reason.NO_DATA, "It went meanwhile")
            return now[number]

        def image(self, number: str) -> dict[str, t.Any]:
            return {"RepoTags": [number], "RepoDigests": []}

    monkeypatch.setattr(probe, "Engine", Engine)
    if folder:
        (folder / "docker-compose.yml").write_text(COMPOSE, encoding="utf-8")
    asked = {"project": "p", "path": folder and str(folder), "window": window}
    options = ArgumentSpecValidator(**probe.SPEC).validate(asked).validated_parameters
    return {found["subject"]: found for found in probe.observe(options, Deadline(5.0))}


def test_a_project_as_it_is_meant(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    subjects = look(monkeypatch, tmp_path, HEALTHY)
    assert set(subjects) == {"a1", "a2", "m"}
    assert all(found["as_meant"] and found["declared"] and found["image_as_declared"] for found in subjects.values())
    assert [subjects[name]["one_shot"] for name in ("a1", "m")] == [False, True]
    assert subjects["a1"]["unseen"] == {}


@pytest.mark.parametrize(
    ("containers", "name"),
    [
        pytest.param([*HEALTHY[1:]], "api (1 of 2 containers)", id="one of two"),
        pytest.param([*HEALTHY[1:], one("run", is_one_off=True)], "api (1 of 2 containers)", id="a run beside it"),
        pytest.param(HEALTHY[:2], "migrate (0 of 1 containers)", id="one that should have ended"),
    ],
)
def test_a_service_that_lacks_containers_is_a_subject(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, containers: list[dict[str, t.Any]], name: str
) -> None:
    missing = look(monkeypatch, tmp_path, containers)[name]
    assert (missing["state"], missing["as_meant"], missing["image"]) == ("missing", False, None)
    assert missing["unseen"]["health"]["reason"] == "no_data"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param(one("x", "old"), {"declared": False, "as_meant": True, "image_as_declared": None}, id="left over"),
        pytest.param(one("x", **ENDED), {"declared": True, "as_meant": False}, id="a service that has ended"),
        pytest.param(
            one("x", is_one_off=True, **ENDED), {"declared": False, "as_meant": True}, id="a run that has ended"
        ),
        pytest.param(one("x", "migrate"), {"one_shot": True, "as_meant": False}, id="a migration that does not end"),
        pytest.param(one("x", image="api:latest"), {"image_as_declared": False}, id="another image"),
    ],
)
def test_a_container_is_compared_with_its_service(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path, other: dict[str, t.Any], expected: dict[str, t.Any]
) -> None:
    found = look(monkeypatch, tmp_path, [*HEALTHY, other])["x"]
    assert {key: found[key] for key in expected} == expected


def test_restarts_are_counted_between_the_looks_and_not_of_what_is_new(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    subjects = look(monkeypatch, tmp_path, HEALTHY, [*HEALTHY[1:], one("a3"), one("a2", RestartCount=2)])
    assert subjects["a2"]["restarts_in_window"] == 2
    assert subjects["a3"]["unseen"]["restarts_in_window"]["reason"] == "too_little_data"


def test_an_empty_window_sees_no_restarts(monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path) -> None:
    found = look(monkeypatch, tmp_path, HEALTHY, window=0)["a1"]
    assert found["unseen"]["restarts_in_window"]["reason"] == "not_configured"


def test_without_a_checkout_what_is_declared_is_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    found = look(monkeypatch, None, HEALTHY)["a1"]
    assert {found["unseen"][key]["reason"] for key in ("declared", "as_meant", "image_as_declared")} == {
        "not_configured"
    }


def test_an_engine_without_the_project_is_no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(monkeypatch, None, [])["the project p"]["error"]["reason"] == "not_configured"


def test_an_engine_that_drips_costs_its_budget_and_no_more() -> None:
    with servers.server(servers.dripping(b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 100_000)) as port:
        asked = {"project": "p", "docker_host": f"tcp://{servers.HOST}:{port}", "timeout": 0.5}
        options = ArgumentSpecValidator(**probe.SPEC).validate(asked).validated_parameters
        result = run_probe("container_info", probe.observe, options)
    assert [one["error"]["reason"] for one in result["observation"]] == ["timeout"]
    assert result["duration_ms"] < 2500
