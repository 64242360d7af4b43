# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The limits, the restarts and the logs of a service. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import seconds, size, unresolved
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_UNBOUNDED = ("", "json-file")
_STOP = 10.0  # seconds that the engine waits unless told


def _known(service: Service, *paths: tuple[str, ...]) -> str | None:
    """Return the first of *paths* that says something, or None; raise LookError for one that depends on what is not known."""
    for path in paths:
        text = service.text(*path)
        if unresolved(text):
            raise LookError(Reason.NO_DATA, f"{'.'.join(path)} depends on a variable that has no value here")
        if text not in (None, "", "0"):
            return text
    return None


def cpu_limit(service: Service) -> float:
    """Return how many processors the service may use; 0 is no limit."""
    text = _known(service, ("deploy", "resources", "limits", "cpus"), ("cpus",))
    quota = _known(service, ("cpu_quota",))
    try:
        if text:
            return float(text)
        return float(quota) / float(_known(service, ("cpu_period",)) or 100_000) if quota else 0.0
    except (ValueError, ZeroDivisionError) as exc:
        raise LookError(Reason.MALFORMED, "The limit of processors is no number") from exc


def memory_limit(service: Service) -> int:
    """Return how many bytes of memory the service may use; 0 is no limit."""
    text = _known(service, ("deploy", "resources", "limits", "memory"), ("mem_limit",))
    amount = size(text) if text else 0
    if amount is None:
        raise LookError(Reason.MALFORMED, "The limit of memory is no amount")
    return amount


def restart(service: Service) -> str:
    """Return when the service is started again: no, always, unless-stopped, on-failure."""
    own = _known(service, ("restart",))
    condition = _known(service, ("deploy", "restart_policy", "condition"))
    spelled = {"none": "no", "any": "always"}
    return own or spelled.get(condition or "", condition or "no")


def stop_grace(service: Service) -> float:
    text = _known(service, ("stop_grace_period",))
    if service.text("stop_grace_period") in ("0", "0s"):
        return 0.0
    length = seconds(text) if text else _STOP
    if length is None:
        raise LookError(Reason.MALFORMED, "stop_grace_period is no duration")
    return length


def logging(service: Service) -> dict[str, t.Any]:
    """Return the driver, and whether what it keeps on the machine is bounded."""
    driver = _known(service, ("logging", "driver")) or ""
    largest = _known(service, ("logging", "options", "max-size"))
    bounded = driver not in _UNBOUNDED or (largest is not None and largest != "-1")
    return {"driver": driver or "json-file", "bounded": bounded}
