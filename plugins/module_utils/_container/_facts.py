# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the engine's description of a container says. Pure. This is a private part of the collection."""

from __future__ import annotations

import datetime as dt
import ipaddress
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._image import image as reference

Said = t.Dict[str, t.Any]
_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock")
_NEVER = "0001-01-01"


def facts(said: Said) -> dict[str, t.Any]:
    """Return what is seen of one container."""
    config, host, state = said.get("Config") or {}, said.get("HostConfig") or {}, said.get("State") or {}
    labels = config.get("Labels") or {}
    return {
        "service": str(labels.get("com.docker.compose.service") or ""),
        "one_off": str(labels.get("com.docker.compose.oneoff") or "").lower() == "true",
        "config_hash": str(labels.get("com.docker.compose.config-hash") or ""),
        "state": str(state.get("Status") or "unknown"),
        "health": str((state.get("Health") or {}).get("Status") or "none"),
        "exit_code": int(state.get("ExitCode") or 0),
        "oom_killed": bool(state.get("OOMKilled")),
        "restart_count": int(said.get("RestartCount") or 0),
        "started_at": moment(state.get("StartedAt")),
        **_limits(host),
        **_privileges(said, config, host),
    }


def image_name(said: Said) -> str:
    """Return the name of the image by which a container was started."""
    return str((said.get("Config") or {}).get("Image") or "")


def image_facts(said: Said, image: Said) -> dict[str, t.Any]:
    """Return what is seen of the image of a container: by which name it runs, and what the engine has of it."""
    name = image_name(said)
    digests = {str(one).partition("@")[2] for one in image.get("RepoDigests") or [] if "@" in str(one)}
    return {
        "name": name,
        "version": reference(name).version,
        "id": str(said.get("Image") or ""),
        "tags": sorted(map(str, image.get("RepoTags") or [])),
        "digests": sorted(digests),
    }


def _limits(host: Said) -> dict[str, t.Any]:
    cpus = (host.get("NanoCpus") or 0) / 1e9
    if not cpus and host.get("CpuQuota") and host["CpuQuota"] > 0:
        cpus = host["CpuQuota"] / (host.get("CpuPeriod") or 100_000)
    return {
        "memory_limit": int(host.get("Memory") or 0),
        "cpu_limit": round(float(cpus), 3),
        "restart_policy": str((host.get("RestartPolicy") or {}).get("Name") or "no"),
        "log_driver": str((host.get("LogConfig") or {}).get("Type") or ""),
    }


def _privileges(said: Said, config: Said, host: Said) -> dict[str, t.Any]:
    published = _published(host, said.get("NetworkSettings") or {})
    mounts = [one for one in said.get("Mounts") or [] if isinstance(one, dict)]
    return {
        "user": str(config.get("User") or "root"),
        "privileged": bool(host.get("Privileged")),
        "added_capabilities": sorted(map(str, host.get("CapAdd") or [])),
        "read_only": bool(host.get("ReadonlyRootfs")),
        "host_network": host.get("NetworkMode") == "host",
        "socket_mounted": any(str(one.get("Source", "")).endswith(_SOCKETS) for one in mounts),
        "published": published,
        "exposed": [one for one in published if not _is_loopback(one.partition("->")[0].rpartition(":")[0])],
    }


def _published(host: Said, network: Said) -> list[str]:
    """Return address:port->port/protocol: what is bound now, and what the container asks for while it does not run."""
    found: set[str] = set()
    for ports in (host.get("PortBindings") or {}, network.get("Ports") or {}):
        for target, places in ports.items():
            for place in places or []:
                address = place.get("HostIp") or "0.0.0.0"
                if place.get("HostPort"):
                    found.add(f"{address}:{place['HostPort']}->{target}")
    return sorted(found)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def moment(text: t.Any) -> str | None:
    """Return a moment of the engine in UTC to the second; None for one that never was."""
    words = str(text or "")
    return None if not words or words.startswith(_NEVER) else f"{words[:19]}Z"


def seconds(text: str) -> int:
    """Return a moment, as ``moment`` gives it, in seconds since 1970."""
    return int(dt.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.timezone.utc).timestamp())


def restarts_between(before: Said, after: Said) -> int:
    """Return how often a container was started again between two looks."""
    counted = int(after.get("RestartCount") or 0) - int(before.get("RestartCount") or 0)
    began = [(one.get("State") or {}).get("StartedAt") for one in (before, after)]
    return max(counted, 0) or int(began[0] != began[1])


def recent_restarts(said: Said, span: int, now: float) -> int:
    """Return the restarts by the engine when the last was not longer ago than *span* seconds, or is about to come, else 0."""
    state, counted = said.get("State") or {}, int(said.get("RestartCount") or 0)
    started = moment(state.get("StartedAt"))
    if state.get("Status") == "restarting" or started is None:
        return counted
    return counted if now - seconds(started) <= span else 0
