# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Who talks to whom, as far as the variables of the programs tell, and whether the manifests let them. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
import urllib.parse

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._environment import Environment
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._policies import lets_through, resolves
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._services import pods_of, ports_of

_DATABASE_URL = re.compile(r"^(?:postgres|postgresql|timescaledb)(?:\+\w+)?://")
_NOT_STATED = "(not stated)"


def connections(container: Container, env: Environment, objects: Objects) -> list[dict[str, t.Any]]:
    """Return a connection for each Service and port that a variable of the container names."""
    found: dict[tuple[str, int], tuple[Manifest, str]] = {}
    for variable, value in env.meant.items():
        for service in objects.of_kind("Service"):
            is_near = service.namespace == container.workload.namespace
            if (service.name if is_near else f"{service.name}.{service.namespace}") not in value:
                continue
            for port in _ports_in(value, variable, service, env):
                found.setdefault((service.label, port), (service, env.places.get(variable, container.place("env"))))
    return [_connection(container, service, port, at, objects) for (dummy, port), (service, at) in found.items()]


def database_urls(container: Container, env: Environment) -> list[dict[str, t.Any]]:
    """Return the TLS mode of each database URL among the variables; the URL itself is not returned."""
    found = []
    for variable, value in env.meant.items():
        if _DATABASE_URL.match(value):
            asked = urllib.parse.parse_qs(value.partition("?")[2])
            mode = asked.get("sslmode", [env.meant.get("PGSSLMODE", _NOT_STATED)])[-1]
            at = env.places.get(variable, container.place("env"))
            found.append({"name": f"{container.name} {variable}", "sslmode": mode, "at": [at]})
    return found


def _ports_in(value: str, variable: str, service: Manifest, env: Environment) -> t.Iterator[int]:
    """Yield the ports at which *value* names *service*; a host alone takes its port from the variable beside it."""
    name = re.escape(service.name)
    form = rf"(?<![\w.-]){name}(?:\.{re.escape(service.namespace)})?(?:\.svc(?:\.cluster\.local)?)?\.?(?::(?P<port>\d+))?(?![\w.-])"
    offered = ports_of(service)
    for match in re.finditer(form, value):
        beside = env.meant.get(re.sub(r"HOST(?:NAME)?$", "PORT", variable), "")
        if match.group("port"):
            yield int(match.group("port"))
        elif match.group() == value and variable.endswith(("HOST", "HOSTNAME")) and beside.isdigit():
            yield int(beside)
        elif "://" in value and value.startswith(("http://", "https://")):
            yield 443 if value.startswith("https://") else 80
        elif len(offered) == 1:
            yield offered[0][1]


def _connection(container: Container, service: Manifest, port: int, at: str, objects: Objects) -> dict[str, t.Any]:
    workload = container.workload
    pods = pods_of(service, objects)
    target = next((target for dummy, number, target in ports_of(service) if number == port), None)
    out, taken = (True, True)
    if pods and target is not None:
        out, taken = lets_through(workload, pods, target, objects)
    return {
        "name": f"{workload.label} to {service.name}:{port}",
        "workload": workload.label,
        "job": workload.ends,
        "at": [at],
        "offered": target is not None,
        "allowed_out": out,
        "allowed_in": taken,
        "resolves": resolves(workload, objects),
    }
