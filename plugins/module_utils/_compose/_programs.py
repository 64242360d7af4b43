# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the programs that store data or watch are told by their commands and variables. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import posixpath
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import (
    flag,
    need_resolved,
    option,
    seconds,
    size,
    unresolved,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

POSTGRESQL, REDIS, NATS, VAULT, PROMETHEUS, GRAFANA = "postgresql", "redis", "nats", "vault", "prometheus", "grafana"
Facts = t.Dict[str, t.Callable[[Service], t.Any]]


def program_of(service: Service, known: t.Sequence[dict[str, t.Any]]) -> str | None:
    """Return which of the *known* programs the image of *service* is, or the image that it is built on."""
    own = service.reference()
    names = [own.repository] if own else []
    if service.build:
        names.append(str(service.build.root().value).partition("@")[0].partition(":")[0])
    for one in known:
        if any(re.search(pattern, name) for pattern in one["images"] for name in names):
            return str(one["name"])
    return None


def _settings(service: Service) -> dict[str, str]:
    """Return the settings that the command of PostgreSQL gives: ``-c name=value`` and ``--name=value``."""
    found: dict[str, str] = {}
    texts = [shown(str(word.value)) for word in service.command()]
    for number, text in enumerate(texts):
        given = (
            texts[number + 1]
            if text == "-c" and number + 1 < len(texts)
            else text[2:]
            if text[:2] in ("-c", "--")
            else ""
        )
        name, has, value = given.partition("=")
        if has:
            found[name.replace("-", "_").lower()] = value.strip("'\"").lower()
    return found


def _server_tls(service: Service) -> bool:
    settings = _settings(service)
    if "ssl" in settings:
        return settings["ssl"] in ("on", "true", "yes", "1")
    if "config_file" in settings or service.mount_at(
        posixpath.join(_pgdata(service), "postgresql.conf")
    ) != service.mount_at(_pgdata(service)):
        raise LookError(Reason.NO_DATA, f"{service.at[0]}: ssl may be set in a file of the server's own")
    return False


def _pgdata(service: Service) -> str:
    return service.variable("PGDATA") or "/var/lib/postgresql/data"


def _postgresql_persistent(service: Service) -> bool:
    return service.keeps(_pgdata(service)) or service.keeps("/home/postgres/pgdata")


def _postgresql_major(service: Service) -> int:
    """Return the major version that the tag names: 17, 17.2-alpine, 2.17.2-pg17."""
    own = service.reference()
    tag = own.tag if own else ""
    suffix = re.search(r"pg(\d{1,2})(?!\d)", tag)
    plain = re.match(r"v?(\d{1,2})(?=$|[.\-])", tag)
    if suffix:
        return int(suffix.group(1))
    if plain and own and "timescale" not in own.repository:
        return int(plain.group(1))
    raise LookError(Reason.NO_DATA, f"{service.at[0]}: the tag {tag or 'of the image'} names no version of PostgreSQL")


def _need_no_file(service: Service, command: list[Node], pattern: str, what: str) -> None:
    for word in command:
        if re.search(pattern, shown(str(word.value))):
            raise LookError(Reason.NO_DATA, f"{word.at}: {what} may be set in a configuration file of its own")


def _redis(service: Service) -> list[Node]:
    command = service.command()
    _need_no_file(service, command, r"\.conf$", "it")
    return command


def _redis_password(service: Service) -> bool:
    command = service.command()
    own = service.reference()
    if own and "bitnami" in own.repository:
        return bool(service.variable("REDIS_PASSWORD") or service.variable("REDIS_PASSWORD_FILE"))
    node = option(command, "--requirepass")
    if option(command, "--aclfile") or "--requirepass" in (service.variable("REDIS_ARGS") or ""):
        return True
    if node is None:
        _need_no_file(service, command, r"\.conf$", "a password")
        return False
    return str(node.value) not in ("", '""', "''")


def _redis_persistent(service: Service) -> bool:
    command = _redis(service)
    folder = option(command, "--dir")
    appends = option(command, "--appendonly")
    saves = option(command, "--save")
    writes = (appends is not None and appends.value == "yes") or saves is None or saves.value not in ("", '""')
    return writes and service.keeps(str(folder.value) if folder else "/data")


def _redis_policy(service: Service) -> str:
    node = option(_redis(service), "--maxmemory-policy")
    return need_resolved(node, "the policy") if node else "noeviction"


def _redis_memory(service: Service) -> int:
    node = option(_redis(service), "--maxmemory")
    amount = size(need_resolved(node, "maxmemory")) if node else 0
    if amount is None:
        raise LookError(Reason.MALFORMED, f"{node.at if node else service.at[0]}: maxmemory is no amount of memory")
    return amount


def _redis_tls(service: Service) -> bool:
    node = option(service.command(), "--tls-port")
    return node is not None and str(node.value) not in ("", "0")


def redis_ports(service: Service) -> tuple[set[str], set[str]]:
    """Return the ports on which Redis listens: without TLS, and with it."""
    command = service.command()
    node, tls = option(command, "--port"), option(command, "--tls-port")
    port = str(node.value) if node else "6379"
    with_tls = str(tls.value) if tls else "0"
    return {port} - {"0"}, {with_tls} - {"0"}


def _nats(service: Service) -> list[Node]:
    command = service.command()
    _need_no_file(service, command, r"^(?:-c|--?config)(?:=|$)", "it")
    if not command:
        raise LookError(Reason.NO_DATA, f"{service.at[0]}: the service runs with the configuration file of its image")
    return command


def _jetstream(service: Service) -> bool:
    return flag(_nats(service), "-js", "--js", "-jetstream", "--jetstream")


def _jetstream_persistent(service: Service) -> bool:
    folder = option(_nats(service), "-sd", "--store_dir", "-store_dir")
    return service.keeps(posixpath.normpath(need_resolved(folder, "the store")) if folder else "/tmp/nats/jetstream")


def is_clustered(service: Service) -> bool:
    return option(_nats(service), "-routes", "--routes") is not None


def nats_ports(service: Service) -> set[str]:
    command = _nats(service)
    client, monitor = option(command, "-p", "--port", "-port"), option(command, "-m", "--http_port", "-http_port")
    cluster = option(command, "--cluster", "-cluster", "--cluster_listen", "-cluster_listen")
    found = {str(client.value) if client else "4222", *([str(monitor.value)] if monitor else [])}
    port = re.search(r":(\d+)/?$", str(cluster.value)) if cluster else None
    return {*found, *([port.group(1)] if port else [])}


def _vault_dev(service: Service) -> bool:
    own = service.node.get("command")
    return flag(service.command(), "-dev", "--dev") or (own is None and not service.is_built)


def _retention(service: Service) -> float:
    command = service.command()
    by_time = option(command, "--storage.tsdb.retention.time") or option(command, "--storage.tsdb.retention")
    if not by_time:
        return 15.0
    text = need_resolved(by_time, "the retention")
    length = seconds(text)
    if length is None:
        raise LookError(Reason.MALFORMED, f"{by_time.at}: the retention is no duration")
    return length / 86400


def _grafana_default_password(service: Service) -> bool:
    """Tell whether nobody sets the password of the administrator, or sets it to the one that Grafana ships with."""
    if service.variable("GF_SECURITY_ADMIN_PASSWORD__FILE"):
        return False
    if service.variable("GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION") == "true":
        return False
    password = service.variable("GF_SECURITY_ADMIN_PASSWORD")
    if password is None and service.mount_at("/etc/grafana/grafana.ini"):
        raise LookError(Reason.NO_DATA, f"{service.at[0]}: the password may be set in grafana.ini")
    return password in (None, "", "admin")


def _grafana_anonymous(service: Service) -> bool:
    text = (service.variable("GF_AUTH_ANONYMOUS_ENABLED") or "false").lower()
    if unresolved(text):
        raise LookError(Reason.NO_DATA, f"{service.at[0]}: anonymous access depends on a variable without a value here")
    return text in ("true", "1")


FACTS: dict[str, Facts] = {
    POSTGRESQL: {
        "server_tls": _server_tls,
        "persistent": _postgresql_persistent,
        "postgresql_major": _postgresql_major,
    },
    REDIS: {
        "password": _redis_password,
        "server_tls": _redis_tls,
        "persistent": _redis_persistent,
        "maxmemory_policy": _redis_policy,
        "maxmemory_bytes": _redis_memory,
    },
    NATS: {"jetstream": _jetstream, "persistent": _jetstream_persistent},
    VAULT: {"dev_mode": _vault_dev},
    PROMETHEUS: {"retention_days": _retention},
    GRAFANA: {"default_password": _grafana_default_password, "anonymous": _grafana_anonymous},
}
