# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of containers on a real engine, by the door of the documentation."""

from __future__ import annotations

import docker as library
import pytest

from sandbox._sandbox import Sandbox
from sandbox.components import _docker_door as door
from sandbox.components import _docker_project as project
from sandbox.components import docker
from tests.unit.catalogue.wiring import documented_keys

from ._engine import SECRET, broken_by, containers, started

pytestmark = pytest.mark.all_components

_BAD = "cryptofunk-made-by-hand"


@pytest.fixture(scope="module")
def engine(made_sandbox: Sandbox) -> Sandbox:
    return started(made_sandbox)


def test_a_project_as_it_is_meant_is_seen_whole(engine: Sandbox) -> None:
    subjects = containers(engine)
    assert len(subjects) == 24
    for one in subjects:
        assert (one["error"], one["unseen"]) == (None, {})
        assert set(one) <= set(documented_keys("container_info"))
        assert (one["as_meant"], one["declared"], one["image_as_declared"], one["restart_count"]) == (
            True,
            True,
            True,
            0,
        )
        assert one["health"] == ("none" if one["one_shot"] else "healthy")
        assert one["memory_limit"] > 0
    assert [one["service"] for one in subjects if one["one_shot"]] == ["migrate"]


def test_the_configuration_is_that_of_the_release_and_was_taken_up(engine: Sandbox) -> None:
    (file,) = containers(engine, view="config_files")
    assert (file["same_as_release"], file["started_after_change"]) == (True, True)
    (line,) = containers(engine, view="startup_lines")
    assert (line["found"], line["lines"]) == (True, 1)
    with broken_by(engine, "container_config_changed"):
        (file,) = containers(engine, view="config_files")
    assert (file["same_as_release"], file["started_after_change"]) == (False, False)


def test_what_somebody_made_by_hand_and_what_does_not_run_are_told(engine: Sandbox) -> None:
    labels = {"com.docker.compose.project": project.PROJECT, "com.docker.compose.service": "by-hand"}
    with docker.client(engine) as client, broken_by(engine, "container_stopped"):
        client.containers.create(
            "registry.example.com/cryptofunk/api:v1.0.0",
            name=_BAD,
            labels=labels,
            privileged=True,
            network_mode="none",
            ports={"8080/tcp": ("0.0.0.0", 20999)},
            environment={"PASSWORD": SECRET},
            volumes={str(docker.socket(engine)): {"bind": "/run/docker.sock"}, "/run/docker.sock": {"bind": "/x"}},
        )
        try:
            subjects = {one["subject"]: one for one in containers(engine)}
        finally:
            client.containers.get(_BAD).remove(force=True)
    bad, stopped = subjects[_BAD], subjects["cryptofunk-api"]
    assert (bad["declared"], bad["privileged"], bad["socket_mounted"]) == (False, True, True)
    assert bad["exposed"] == ["0.0.0.0:20999->8080/tcp"]
    assert (stopped["state"], stopped["as_meant"]) == ("exited", False)


def test_the_door_lets_looks_through_and_nothing_else(engine: Sandbox) -> None:
    client = library.APIClient(f"unix://{door.socket(engine)}", version="auto")
    number = client.containers(filters={"label": "com.docker.compose.service=orchestrator"})[0]["Id"]
    refused = (
        lambda: client.stop(number),
        lambda: client.exec_create(number, ["true"]),
        lambda: client.create_container("redis:7.4.1-alpine"),
        lambda: client.get_archive(number, "/etc/passwd"),
        lambda: list(client.export(number)),
        client.info,
    )
    for attempt in refused:
        with pytest.raises(library.errors.APIError) as caught:
            attempt()
        assert caught.value.response.status_code == 403
    client.close()


def test_a_right_that_is_missing_is_named(engine: Sandbox) -> None:
    door.open_door(engine, docker.socket(engine), without="images")
    try:
        subjects = containers(engine)
        (other,) = containers(
            engine, view="config_files", config_files=[{"service": "api", "path": "/etc/x", "file": "x"}]
        )
    finally:
        door.open_door(engine, docker.socket(engine))
    assert {one["unseen"]["image"]["reason"] for one in subjects} == {"unauthorised"}
    assert "the right to read the engine's API" in subjects[0]["unseen"]["image"]["message"]
    assert other["error"]["reason"] == "unauthorised"


def test_an_engine_that_is_not_there_is_refused_and_a_project_that_is_not_there_has_no_containers(
    engine: Sandbox,
) -> None:
    (lost,) = containers(engine, docker_host="unix:///nonexistent/engine.sock")
    assert lost["error"]["reason"] == "refused"
    missing = containers(engine, project="another")
    assert {(one["state"], one["as_meant"]) for one in missing} == {("missing", False)}
