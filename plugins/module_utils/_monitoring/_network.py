# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a name and a port lead to, in the compose project and in the cluster. A private part of the collection."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import Composed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._services import (
    pods_of,
    ports_of,
    target_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload

_HOST = ("host.docker.internal", "gateway.docker.internal", "172.17.0.1")
_OWN = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Target:
    """An address, and what is behind it: the service, as far as it is known, and the port that has to listen there."""

    address: str
    port: int | None
    service: str = ""
    fault: str = ""


def split(address: str, scheme: str = "http") -> tuple[str, int | None]:
    """Take host:port apart; without a port it is that of the scheme."""
    match = re.fullmatch(r"(?:\w+://)?(\[[^\]]+\]|[^:/\s]+)(?::(\d+))?(?:/.*)?", address.strip())
    if not match:
        return address, None
    return match.group(1).strip("[]"), int(match.group(2) or (443 if scheme == "https" else 80))


@dataclass
class Network:
    """What a workload can reach by name."""

    composed: Composed | None = None
    objects: Objects | None = None

    def reach(self, workload: Workload, address: str, scheme: str = "http") -> Target:
        host, port = split(address, scheme)
        if port is None:
            return Target(address, None, fault=f"{address} is no address")
        if host in _OWN:
            return Target(address, port, workload.program)
        if workload.platform == "compose" and self.composed:
            return self._in_compose(address, host, port, self.composed.services)
        if workload.platform == "kubernetes" and self.objects:
            return self._in_cluster(address, host, port, workload.namespace, self.objects)
        return Target(address, port)

    @staticmethod
    def _in_compose(address: str, host: str, port: int, services: dict[str, Service]) -> Target:
        if host in _HOST:
            for name, service in services.items():
                for one in service.ports():
                    if one.published == str(port) and one.target.isdigit():
                        return Target(address, int(one.target), name)
            return Target(address, port)
        named = next((name for name, service in services.items() if host in _names(name, service)), "")
        if not named and "." not in host:
            return Target(address, port, fault=f"{address}: the compose project has no service {host}")
        return Target(address, port, named)

    @staticmethod
    def _in_cluster(address: str, host: str, port: int, namespace: str, objects: Objects) -> Target:
        name, *rest = host.split(".")
        if len(rest) > 1 and rest[1] != "svc":
            return Target(address, port)  # a name of the world outside
        where = rest[0] if rest else namespace
        service = objects.find("Service", where, name)
        if service is None:
            if where not in {one.namespace for one in objects.workloads}:
                return Target(address, port)
            return Target(address, port, fault=f"{address}: the manifests have no Service {name}")
        offered = ports_of(service)
        for dummy, number, target in offered:
            if number == port:
                return Target(address, target_of(target, pods_of(service, objects)) or port, name)
        shown = ", ".join(str(number) for dummy, number, dummy_target in offered)
        return Target(address, port, name, f"{address}: the Service {name} has no port {port}, only {shown}")


def _names(name: str, service: Service) -> set[str]:
    found = {name, *(one for key in ("container_name", "hostname") for one in [service.text(key)] if one)}
    networks = service.node.get("networks")
    for one in (networks.entries() if networks else {}).values():
        aliases = one.get("aliases")
        found.update(str(alias.value) for alias in (aliases.elements() if aliases else ()))
    return found
