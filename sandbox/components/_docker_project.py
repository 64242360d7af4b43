# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The compose project that runs in the sandbox's engine: each service as the checkout has it, but for what it runs."""

from __future__ import annotations

import typing as t

import yaml

from sandbox._files import write_bytes
from sandbox._sandbox import Sandbox
from sandbox.components import repository

PROJECT = "cryptofunk"
CONFIG = "/app/configs/config.yaml"
STARTED = "System configuration validated successfully"
CONFIGURED = "orchestrator"
PUBLISHED = 330  # and as many ports above it as services publish
_DECLARED = "docker-compose.yml"
_KEPT = ("image", "container_name", "restart", "deploy")
_INTERVAL = "10s"  # of health checks: each of them starts a process, and those of 20 containers every 2 s took a quarter of two cores


def take_release(sandbox: Sandbox) -> None:
    """Keep what is deployed, as somebody may change the checkout while it runs."""
    for name, kept in ((_DECLARED, "declared.yml"), (repository.CONFIG, "released.yaml")):
        write_bytes(sandbox.home("docker") / kept, (repository.folder(sandbox) / name).read_bytes())


def images(sandbox: Sandbox) -> list[str]:
    made = yaml.safe_load((sandbox.home("docker") / "compose.yml").read_text(encoding="utf-8"))
    return sorted({service["image"] for service in made["services"].values()})


def images_before(sandbox: Sandbox) -> list[str]:
    """Return the images of the release before, which are left when another one is deployed."""
    release, before = f":{repository.RELEASE}", f":{repository.DEPLOYED}"
    return [one.removesuffix(release) + before for one in images(sandbox) if one.endswith(release)]


def deploy_config(sandbox: Sandbox, more: bytes = b"") -> None:
    """Write the configuration of the release to where the container has it from, keeping the file that is mounted."""
    content = (sandbox.home("docker") / "released.yaml").read_bytes()
    (sandbox.home("docker") / "config.yaml").write_bytes(content + more)


def write_project(sandbox: Sandbox, changes: t.Mapping[str, dict[str, t.Any]] | None = None) -> None:
    """Write the project: each service as the checkout has it, but for what it runs. *changes* are to services, by name."""
    changed = changes or {}
    declared = yaml.safe_load((sandbox.home("docker") / "declared.yml").read_text(encoding="utf-8"))
    ended = {
        name
        for one in declared["services"].values()
        for name, how in (one.get("depends_on") or {}).items()
        if isinstance(how, dict) and how.get("condition") == "service_completed_successfully"
    }
    services = {}
    for number, (name, one) in enumerate(declared["services"].items()):
        services[name] = {**_stand_in(sandbox, name, one, number, ended), **changed.get(name, {})}
    made = {"services": services, "networks": {"default": {"name": f"{PROJECT}-network"}}}
    write_bytes(sandbox.home("docker") / "compose.yml", yaml.safe_dump(made, sort_keys=True).encode())


def _stand_in(sandbox: Sandbox, name: str, one: dict[str, t.Any], number: int, ended: set[str]) -> dict[str, t.Any]:
    made = {key: one[key] for key in _KEPT if key in one}
    waits_for = ended & set(one.get("depends_on") or {})
    if waits_for:
        made["depends_on"] = {other: {"condition": "service_completed_successfully"} for other in waits_for}
    made["stop_grace_period"] = "1s"
    made["init"] = True
    if name in ended:
        return {**made, "command": ["true"]}
    says = f"echo '{STARTED}'; " if name == CONFIGURED else ""
    made["command"] = ["sh", "-c", f"{says}exec sleep 1000000"]
    made["healthcheck"] = {"test": ["CMD", "true"], "interval": _INTERVAL, "timeout": "5s", "retries": 2}
    if one.get("ports"):
        made["ports"] = [f"127.0.0.1:{sandbox.port(PUBLISHED) + number}:8080"]
    if name == CONFIGURED:
        made["volumes"] = [f"{sandbox.home('docker') / 'config.yaml'}:{CONFIG}:ro"]
    return made
