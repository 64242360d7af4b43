# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the containers of the compose project can be wrong."""

from __future__ import annotations

import typing as t

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import _docker_project as project
from sandbox.components import docker, repository

_LEFT_OVER = "cryptofunk-old-agent"
_API = "registry.example.com/cryptofunk/api"


def _changed(service: str, change: dict[str, t.Any], then: t.Callable[[dict[str, t.Any]], bool] | None = None) -> Act:
    """Run the project with a change to one service, and wait until its container is as *then* wants."""

    def act(sandbox: Sandbox) -> None:
        docker.bring_up(sandbox, {service: change})
        if then:
            wait_until(lambda: then(_state(sandbox, service)), f"The change of {service}")

    return act


def _state(sandbox: Sandbox, service: str) -> dict[str, t.Any]:
    with docker.client(sandbox) as engine:
        said = engine.containers.get(f"cryptofunk-{service}").attrs
        return {**said["State"], "RestartCount": said["RestartCount"]}


def _as_it_was(sandbox: Sandbox) -> None:
    project.write_project(sandbox)
    docker.compose(sandbox, "up", "--detach", "--pull", "never", "--quiet-pull", "--wait")


def _stop_one(sandbox: Sandbox) -> None:
    docker.compose(sandbox, "stop", "api")


def _leave_over(sandbox: Sandbox) -> None:
    labels = {"com.docker.compose.project": project.PROJECT, "com.docker.compose.service": "old-agent"}
    with docker.client(sandbox) as engine:
        engine.containers.create(f"{_API}:v1.0.0", name=_LEFT_OVER, labels=labels, network_mode="none")


def _take_away(sandbox: Sandbox) -> None:
    with docker.client(sandbox) as engine:
        for one in engine.containers.list(all=True, filters={"name": _LEFT_OVER}):
            one.remove(force=True)


def _run_latest(sandbox: Sandbox) -> None:
    with docker.client(sandbox) as engine:
        engine.images.get(f"{_API}:v1.0.0").tag(_API, "latest")
    docker.bring_up(sandbox, {"api": {"image": f"{_API}:latest"}})


def _run_on_another_config(sandbox: Sandbox) -> None:
    project.deploy_config(sandbox, b"# changed by hand\n")


def _restart_configured(sandbox: Sandbox) -> None:
    project.deploy_config(sandbox)
    docker.compose(sandbox, "restart", "--timeout", "1", project.CONFIGURED)


def _lose_the_engine(sandbox: Sandbox) -> None:
    change = {"readiness_containers": {"docker_host": "unix:///nonexistent/engine.sock"}}
    sandbox.targets.patch("container_engine_lost", change)


def _of_docker(name: str, items: tuple[str, ...], says: str, do: Act, undo: Act = _as_it_was) -> Sabotage:
    return Sabotage(name, docker.NAME, items, says, do, undo, seen_through=(repository.NAME,))


_CRASHES = {"command": ["sh", "-c", "sleep 1; exit 1"], "healthcheck": {"disable": True}}
_SICK = {"healthcheck": {"test": ["CMD", "false"], "interval": "1s", "retries": 1}}
_HUNGRY = {
    "command": ["sh", "-c", "x=ab; while :; do x=$$x$$x; done"],
    "deploy": {"resources": {"limits": {"memory": "16m"}}},
    "memswap_limit": "16m",
    "restart": "no",
}
_SILENT = {"command": ["sh", "-c", "exec sleep 1000000"]}

SABOTAGES = [
    _of_docker("container_stopped", ("8.1.1", "7.4.3"), "A service was stopped", _stop_one),
    _of_docker(
        "container_crash_loop",
        ("8.1.3", "7.4.4"),
        "A service ends again and again",
        _changed("risk-agent", _CRASHES, lambda state: state["RestartCount"] > 0),
    ),
    _of_docker(
        "container_unhealthy",
        ("7.4.4",),
        "A service runs and is not healthy",
        _changed("api", _SICK, lambda state: state["Health"]["Status"] == "unhealthy"),
    ),
    _of_docker(
        "container_out_of_memory",
        ("7.4.2", "8.1.1"),
        "A service was killed for want of memory",
        _changed("trend-agent", _HUNGRY, lambda state: state["Status"] == "exited"),
    ),
    _of_docker("container_left_over", ("7.4.2",), "A container of an older project is left", _leave_over, _take_away),
    _of_docker("container_latest", ("4.2.2",), "A service runs the image latest", _run_latest),
    _of_docker(
        "container_config_changed",
        ("7.5.1", "7.5.2"),
        "The configuration in a container was changed by hand",
        _run_on_another_config,
        _restart_configured,
    ),
    _of_docker(
        "container_without_start_line",
        ("7.5.3",),
        "A service did not say that it took up its configuration",
        _changed(project.CONFIGURED, _SILENT),
    ),
    Sabotage(
        "container_engine_lost",
        docker.NAME,
        ("8.1.1", "7.4.3"),
        "Nothing answers where the engine is declared",
        _lose_the_engine,
        lambda sandbox: sandbox.targets.unpatch("container_engine_lost"),
        "error",
    ),
]
