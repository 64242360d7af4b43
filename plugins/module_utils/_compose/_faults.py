# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What keeps a compose project from being rendered or started. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._health import NONE, OFF
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import Composed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Port, Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import Reason

_TOP = frozenset(["version", "name", "services", "networks", "volumes", "secrets", "configs", "include", "models"])
_KEYS = frozenset(
    [
        "annotations",
        "attach",
        "build",
        "blkio_config",
        "cap_add",
        "cap_drop",
        "cgroup",
        "cgroup_parent",
        "command",
        "configs",
        "container_name",
        "cpu_count",
        "cpu_percent",
        "cpu_period",
        "cpu_quota",
        "cpu_rt_period",
        "cpu_rt_runtime",
        "cpu_shares",
        "cpus",
        "cpuset",
        "credential_spec",
        "depends_on",
        "deploy",
        "develop",
        "device_cgroup_rules",
        "devices",
        "dns",
        "dns_opt",
        "dns_search",
        "domainname",
        "entrypoint",
        "env_file",
        "environment",
        "expose",
        "extends",
        "external_links",
        "extra_hosts",
        "gpus",
        "group_add",
        "healthcheck",
        "hostname",
        "image",
        "init",
        "ipc",
        "isolation",
        "label_file",
        "labels",
        "links",
        "logging",
        "mac_address",
        "mem_limit",
        "mem_reservation",
        "mem_swappiness",
        "memswap_limit",
        "models",
        "network_mode",
        "networks",
        "oom_kill_disable",
        "oom_score_adj",
        "pid",
        "pids_limit",
        "platform",
        "ports",
        "post_start",
        "pre_stop",
        "privileged",
        "profiles",
        "provider",
        "pull_policy",
        "pull_refresh_after",
        "read_only",
        "restart",
        "runtime",
        "scale",
        "secrets",
        "security_opt",
        "shm_size",
        "stdin_open",
        "stop_grace_period",
        "stop_signal",
        "storage_opt",
        "sysctls",
        "tmpfs",
        "tty",
        "ulimits",
        "use_api_socket",
        "user",
        "userns_mode",
        "uts",
        "volumes",
        "volumes_from",
        "working_dir",
    ]
)
Fault = t.Dict[str, str]


def faults(composed: Composed, checks: t.Mapping[str, str]) -> list[Fault]:
    """Return what is wrong, each with its place; *checks* says where the health check of each service comes from."""
    found = list(_unknown_keys(composed.project.model, _TOP, "the project"))
    for service in composed.services.values():
        found += _of_service(service, composed, checks)
    found += _twice(composed.services.values())
    found += _cycle(composed.services)
    return found


def _fault(says: str, at: str) -> Fault:
    return {"says": says, "at": at}


def _of_service(service: Service, composed: Composed, checks: t.Mapping[str, str]) -> t.Iterator[Fault]:
    yield from _unknown_keys(service.node, _KEYS, f"the service {service.name}")
    if not service.image and not service.is_built and not service.node.get("provider"):
        yield _fault(f"the service {service.name} has neither an image nor a build", service.at[0])
    if service.build_error and service.build_error.reason is not Reason.UNSUPPORTED:
        yield _fault(f"{service.name} cannot be built: {service.build_error.message}", service.at[0])
    if service.node.get("network_mode") and service.node.get("networks"):
        yield _fault(f"the service {service.name} has both network_mode and networks", service.at[0])
    yield from _dependencies(service, composed, checks)
    yield from _undeclared(service, composed.project.model)


def _unknown_keys(node: Node, known: frozenset[str], what: str) -> t.Iterator[Fault]:
    for key, one in node.entries().items():
        if key not in known and not key.startswith("x-"):
            yield _fault(f"{what} has the unknown key {key}", one.at)


def _dependencies(service: Service, composed: Composed, checks: t.Mapping[str, str]) -> t.Iterator[Fault]:
    needed = service.node.get("depends_on")
    for name, how in (needed.entries() if needed else {}).items():
        required = how.get("required")
        if name not in composed.services:
            if not (required and required.value is False):
                state = "not active" if name in composed.inactive else "not declared"
                yield _fault(f"{service.name} depends on {name}, which is {state}", how.at)
            continue
        condition, other = how.get("condition"), composed.services[name]
        waits = condition is not None and condition.value == "service_healthy"
        if waits and (checks.get(name) == OFF or (checks.get(name) == NONE and other.is_built)):
            yield _fault(f"{service.name} waits until {name} is healthy, which has no health check", how.at)


def _undeclared(service: Service, model: Node) -> t.Iterator[Fault]:
    for kind, names in (
        ("network", _keys(service.node.get("networks"))),
        ("volume", list(_volumes(service))),
        ("secret", _sources(service.node.get("secrets"))),
        ("config", _sources(service.node.get("configs"))),
    ):
        declared = model.get(f"{kind}s")
        for name, at in names:
            if name not in (declared.entries() if declared else {}) and (kind, name) != ("network", "default"):
                yield _fault(f"{service.name} uses the {kind} {name}, which is not declared", at)


def _keys(node: Node | None) -> list[tuple[str, str]]:
    return [(key, one.at) for key, one in node.entries().items()] if node else []


def _sources(node: Node | None) -> list[tuple[str, str]]:
    found = []
    for one in node.elements() if node else []:
        source = one.get("source")
        if source:
            found.append((shown(str(source.value)), one.at))
    return found


def _volumes(service: Service) -> t.Iterator[tuple[str, str]]:
    for mount in service.mounts():
        kind, source = mount.get("type"), mount.get("source")
        name = shown(str(source.value)) if source else ""
        if kind and kind.value == "volume" and name and "${" not in name:
            yield name, mount.at


def _twice(services: t.Iterable[Service]) -> t.Iterator[Fault]:
    """Yield each container name and each port of the host that two services want."""
    names: dict[str, str] = {}
    taken: dict[tuple[str, str], list[tuple[Port, str]]] = {}
    for service in services:
        own = service.text("container_name")
        if own and "${" not in own and names.setdefault(own, service.name) != service.name:
            yield _fault(f"{names[own]} and {service.name} have the same container_name", service.at[0])
        for port in service.ports():
            same = taken.setdefault((port.published, port.protocol), []) if port.published.isdigit() else []
            rivals = [
                name for other, name in same if port.address == other.address or "" in (port.address, other.address)
            ]
            if rivals:
                yield _fault(f"{rivals[0]} and {service.name} publish the same port {port.published}", port.at)
            same.append((port, service.name))


def _cycle(services: t.Mapping[str, Service]) -> t.Iterator[Fault]:
    done: set[str] = set()

    def walk(name: str, path: tuple[str, ...]) -> str | None:
        if name in path:
            return " → ".join((*path[path.index(name) :], name))
        if name in done or name not in services:
            return None
        needed = services[name].node.get("depends_on")
        for other in needed.entries() if needed else {}:
            ring = walk(other, (*path, name))
            if ring:
                return ring
        done.add(name)
        return None

    for name, service in services.items():
        ring = walk(name, ())
        if ring:
            yield _fault(f"services depend on each other in a ring: {ring}", service.at[0])
            return
