# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The health check of a service, against what the program in it answers. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._programs import (
    NATS,
    REDIS,
    nats_ports,
    redis_ports,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

COMPOSE, DOCKERFILE, IMAGE, NONE, OFF, ONE_SHOT = "compose", "dockerfile", "image", "none", "switched off", "not needed"
_URL = re.compile(r"https?://(?P<host>\[[^\]]*\]|[^\s/:\"']+)(?::(?P<port>\d+))?(?P<path>/[^\s\"'?]*)?")
_SELF = re.compile(r"localhost$|127\.|0\.0\.0\.0$|\[::1?\]$")


@dataclass(frozen=True)
class Listener:
    """What the program of a service listens on, and the paths that tell of its health; no paths: not known."""

    ports: frozenset[str]
    paths: frozenset[str]


def listener_of(service: Service, program: str | None, declared: t.Sequence[dict[str, t.Any]]) -> Listener | None:
    """Return what is known of the ports of *service*, from its command or as *declared*; None when nothing is."""
    for one in declared:
        if re.search(one["service"], service.name):
            return Listener(frozenset(_ports(service, one)), frozenset(one["paths"]))
    if program == REDIS:
        plain, with_tls = redis_ports(service)
        return Listener(frozenset(plain | with_tls), frozenset())
    if program == NATS:
        try:
            return Listener(frozenset(nats_ports(service)), frozenset())
        except LookError:
            return None
    return None


def _ports(service: Service, declared: dict[str, t.Any]) -> list[str]:
    """Return the declared ports, or the one that a variable of the service says instead."""
    node = service.environment.get(declared["variable"]) if declared["variable"] else None
    text = shown(str(node.value)) if node and node.value is not None else ""
    return [text] if text.isdigit() else [str(port) for port in declared["ports"]]


@dataclass(frozen=True)
class HealthCheck:
    """Where a check is declared, and its words."""

    source: str
    test: list[Node]
    at: str


def health_check(service: Service, has_own: bool, one_shot: bool) -> HealthCheck:
    """Return the check of *service*: its own, or the one of its Dockerfile. *has_own*: the image is known to bring one."""
    node = service.node.get("healthcheck")
    test = node.get("test") if node else None
    words = test.elements() if test else []
    if node and (service.is_true("healthcheck", "disable") or (words and words[0].value == "NONE")):
        return HealthCheck(OFF, [], node.at)
    if words and test:
        return HealthCheck(COMPOSE, words[1:] if words[0].value in ("CMD", "CMD-SHELL") else words, test.at)
    built = service.build.said("healthcheck") if service.build else None
    if built is not None:
        off = built.value == ["NONE"]
        return HealthCheck(OFF if off else DOCKERFILE, [Node(word, built.at) for word in built.value], built.at)
    if service.build_error:
        raise service.build_error
    source = ONE_SHOT if one_shot else IMAGE if has_own else NONE
    return HealthCheck(source, [], service.at[0])


def faults(
    check: HealthCheck, service: Service, program: str | None, listener: Listener | None
) -> list[dict[str, str]]:
    """Say why *check* cannot succeed, or cannot fail."""
    line = " ".join(shown(str(word.value)) for word in check.test)
    found = [*_of_url(line, service, listener), *(_of_redis(line, service) if program == REDIS else ())]
    if check.test and re.fullmatch(r"(?:\S*/)?(?:sh -c )?(?:(?:\S*/)?true|exit 0|:|echo\b.*)", line.strip()):
        found.append("it can never fail")
    return [{"says": says, "at": check.at} for says in found]


def _of_url(line: str, service: Service, listener: Listener | None) -> t.Iterator[str]:
    for url in _URL.finditer(line):
        if listener is None or not (_SELF.match(url.group("host")) or url.group("host") == service.name):
            continue
        port = url.group("port") or ("443" if url.group().startswith("https") else "80")
        path = url.group("path") or "/"
        if port not in listener.ports:
            listens = ", ".join(sorted(listener.ports)) or "nothing"
            yield f"it asks port {port}, and the program listens on {listens}"
        elif listener.paths and path.rstrip("/") not in {one.rstrip("/") for one in listener.paths}:
            yield f"it asks {path}, which the program does not answer"


def _of_redis(line: str, service: Service) -> t.Iterator[str]:
    if "redis-cli" not in line:
        return
    plain, with_tls = redis_ports(service)
    given = re.search(r"(?:^|\s)-p\s*(\d+)", line)
    port = given.group(1) if given else "6379"
    speaks_tls = bool(re.search(r"(?:^|\s)--tls(?:\s|$)|rediss://", line))
    if "redis://" in line or "rediss://" in line or re.search(r"(?:^|\s)-(?:s|h)\s", line):
        return
    if port not in plain | with_tls:
        yield f"it asks port {port}, and Redis listens on {', '.join(sorted(plain | with_tls)) or 'nothing'}"
    elif port in with_tls and not speaks_tls:
        yield f"it asks port {port} without TLS"
