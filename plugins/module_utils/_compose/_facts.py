# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The facts of one service. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose import _health, _limits
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._literals import (
    DEFAULT,
    LITERAL,
    is_secret_name,
    secrets_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._programs import (
    FACTS,
    NATS,
    is_clustered,
    program_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import Composed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Port, Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import origin, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import unresolved
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part

_SOCKETS = ("/var/run/docker.sock", "/run/docker.sock", "/run/podman/podman.sock")
_HOST_NAMESPACES = {
    "network": "network_mode",
    "pid": "pid",
    "ipc": "ipc",
    "uts": "uts",
    "user": "userns_mode",
    "cgroup": "cgroup",
}
_DATABASE = re.compile(r"postgres(?:ql)?(?:\+\w+)?://", re.IGNORECASE)
_SSLMODE = re.compile(r"[?&](?:sslmode|ssl)=([^&\s]+)")
_REDIS = re.compile(r"redis(?P<tls>s?)://", re.IGNORECASE)


def facts(service: Service, composed: Composed, options: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return what is seen of *service*; what could not be seen is named apart."""
    part = Part()
    program = program_of(service, options["programs"])
    part.seen.update({"at": service.at, "program": program, "built": service.is_built})
    one_shot = is_one_shot(service, composed.services)
    part.seen["one_shot"] = one_shot
    part.look("image", lambda: _image(service), "read the image")
    part.look("environment", lambda: _environment(service), "read the variables")
    part.look("_secrets", lambda: list(secrets_of(_with_variables(service), service.command())), "look for secrets")
    _show_secrets(part)
    _show_ports(part, service, program, options)
    for key, see in _plain_facts(service).items():
        part.look(key, see, f"read {key}")
    _show_health(part, service, program, one_shot, options)
    _show_program(part, service, program, composed, options)
    return part.to_dict()


def is_one_shot(service: Service, services: t.Mapping[str, Service]) -> bool:
    """Tell whether *service* is meant to end: others wait for that."""
    for other in services.values():
        condition = other.node.at_path("depends_on", service.name, "condition")
        if condition is not None and condition.value == "service_completed_successfully":
            return True
    return False


def _image(service: Service) -> dict[str, t.Any] | None:
    own = service.reference()
    if own is None:
        return {"raw": "", "repository": "", "tag": "latest", "digest": "", "version": "latest"}
    if unresolved(own.version):
        raise LookError(Reason.NO_DATA, f"{service.at[0]}: the tag depends on a variable that has no value here")
    return {**own.to_dict(), "version": own.version}


def _environment(service: Service) -> list[dict[str, t.Any]]:
    return [
        {
            "name": name,
            "origin": "caller" if node.value is None else origin(str(node.value)),
            "secret": is_secret_name(name),
            "at": node.at,
        }
        for name, node in sorted(service.environment.items())
    ]


def _with_variables(service: Service) -> Node:
    """Return the service with the variables of its env files among its own."""
    return service.node.with_value(
        {**service.node.entries(), "environment": Node(service.environment, service.node.at)}
    )


def _show_secrets(part: Part) -> None:
    found, why = part.seen.pop("_secrets"), part.unseen.pop("_secrets", None)
    for key, kind in (("literal_secrets", LITERAL), ("default_secrets", DEFAULT)):
        if why:
            part.miss(key, LookError(Reason(why["reason"]), why["message"]))
        else:
            part.seen[key] = [{"name": name, "at": at} for one, name, at in found if one == kind]


def _show_ports(part: Part, service: Service, program: str | None, options: dict[str, t.Any]) -> None:
    ports = service.ports()
    part.seen["ports"] = [port.to_dict() for port in ports]
    unclear = [port for port in ports if unresolved(port.address)]
    exposed = [port for port in ports if port.exposed]
    allowed = {str(port) for port in options["allowed_ports"]}
    if unclear:
        why = LookError(Reason.NO_DATA, f"{unclear[0].at}: the address depends on a variable that has no value here")
        part.miss("exposed_ports", why)
        part.miss("unexpected_ports", why)
    else:
        part.seen["exposed_ports"] = _shown(exposed)
        part.seen["unexpected_ports"] = _shown([port for port in exposed if port.published not in allowed])
    part.look("dead_ports", lambda: _dead(service, program, options), "compare the ports")


def _shown(ports: t.Iterable[Port]) -> list[dict[str, str]]:
    return [{"port": port.text, "at": port.at} for port in ports]


def _dead(service: Service, program: str | None, options: dict[str, t.Any]) -> list[dict[str, str]]:
    listener = _health.listener_of(service, program, options["listeners"])
    if listener is None:
        return []
    return _shown(port for port in service.ports() if port.target.isdigit() and port.target not in listener.ports)


def _plain_facts(service: Service) -> dict[str, t.Callable[[], t.Any]]:
    return {
        "cpu_limit": lambda: _limits.cpu_limit(service),
        "memory_limit_bytes": lambda: _limits.memory_limit(service),
        "restart": lambda: _limits.restart(service),
        "stop_grace_seconds": lambda: _limits.stop_grace(service),
        "logging": lambda: _limits.logging(service),
        "user": lambda: _user(service),
        "privileged": lambda: service.is_true("privileged"),
        "read_only": lambda: service.is_true("read_only"),
        "added_capabilities": lambda: service.texts("cap_add"),
        "dropped_capabilities": lambda: service.texts("cap_drop"),
        "security_options": lambda: service.texts("security_opt"),
        "host_namespaces": lambda: [name for name, key in _HOST_NAMESPACES.items() if service.text(key) == "host"],
        "engine_socket": lambda: any(_source(mount) in _SOCKETS for mount in service.mounts()),
        "mounts": lambda: [_mount(mount) for mount in service.mounts()],
        "database_urls": lambda: list(_database_urls(service)),
        "redis_urls": lambda: list(_redis_urls(service)),
    }


def _user(service: Service) -> str:
    """Return who the container runs as; an image that is not built here keeps that to itself."""
    own = service.text("user")
    if own is not None:
        return own
    if service.build_error:
        raise service.build_error
    if service.build:
        said = service.build.said("user")
        return str(said.value) if said else "root"
    raise LookError(Reason.NO_DATA, f"{service.at[0]}: the image says it, and is not built here")


def _source(mount: Node) -> str:
    source = mount.get("source")
    return shown(str(source.value)) if source else ""


def _mount(mount: Node) -> dict[str, t.Any]:
    kind, target, read_only = mount.get("type"), mount.get("target"), mount.get("read_only")
    return {
        "kind": str(kind.value) if kind else "volume",
        "source": _source(mount),
        "target": shown(str(target.value)) if target else "",
        "read_only": bool(read_only and str(read_only.value).lower() == "true"),
        "at": mount.at,
    }


def _database_urls(service: Service) -> t.Iterator[dict[str, str]]:
    for name, node in service.environment.items():
        text = shown(str(node.value))
        if node.value is None or not _DATABASE.match(text):
            continue
        mode = _SSLMODE.search(text)
        if unresolved(mode.group(1) if mode else ""):
            raise LookError(Reason.NO_DATA, f"{node.at}: sslmode depends on a variable that has no value here")
        yield {"name": name, "sslmode": mode.group(1) if mode else "not stated", "at": node.at}


def _redis_urls(service: Service) -> t.Iterator[dict[str, t.Any]]:
    for name, node in service.environment.items():
        match = _REDIS.match(shown(str(node.value))) if node.value is not None else None
        if match:
            yield {"name": name, "tls": bool(match.group("tls")), "at": node.at}


def _show_health(part: Part, service: Service, program: str | None, one_shot: bool, options: dict[str, t.Any]) -> None:
    try:
        check = health_of(service, one_shot, options)
    except LookError as exc:
        part.miss("health_check", exc)
        part.miss("health_faults", exc)
        return
    part.seen["health_check"] = check.source
    listener = _health.listener_of(service, program, options["listeners"])
    part.look("health_faults", lambda: _health.faults(check, service, program, listener), "compare the health check")


def health_of(service: Service, one_shot: bool, options: dict[str, t.Any]) -> _health.HealthCheck:
    own = service.reference()
    has_own = bool(own and any(re.search(one, own.repository) for one in options["images_with_healthcheck"]))
    return _health.health_check(service, has_own, one_shot)


def _show_program(
    part: Part, service: Service, program: str | None, composed: Composed, options: dict[str, t.Any]
) -> None:
    for key, see in FACTS.get(program or "", {}).items():
        part.look(key, lambda see=see: see(service), f"read {key}")  # type: ignore[misc]
    if program == NATS:
        part.look("cluster_size", lambda: _cluster_size(service, composed, options), "count the servers")


def _cluster_size(service: Service, composed: Composed, options: dict[str, t.Any]) -> int:
    """Return how many servers stand in the cluster of *service*; one without routes is alone."""
    if not is_clustered(service):
        return 1
    others = [one for one in composed.services.values() if program_of(one, options["programs"]) == NATS]
    return sum(_replicas(one) for one in others if is_clustered(one))


def _replicas(service: Service) -> int:
    text = service.text("deploy", "replicas") or service.text("scale") or "1"
    return int(text) if text.isdigit() else 1
