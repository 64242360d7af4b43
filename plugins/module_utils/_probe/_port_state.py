# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a TCP port answers, from here: open, closed, filtered or unreachable are four answers, and no look is none.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import errno
import socket
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import place, resolve

OPEN, CLOSED, FILTERED, UNREACHABLE = "open", "closed", "filtered", "unreachable"

Address = t.Tuple[int, str]  # address family, address


def look_at_port(host: str, port: int, silence: float, deadline: Deadline) -> tuple[str, list[dict[str, str]]]:
    """Return the state of *port* over all addresses of *host*, and that of each."""
    found: list[dict[str, str]] = []
    error: LookError | None = None
    for family, address in resolve(host, port):
        try:
            found.append({"address": address, "state": state_of((family, address), port, silence, deadline)})
        except LookError as exc:
            error = exc
    state = combined([one["state"] for one in found])
    if error and state != OPEN:
        raise error
    return state, found


def state_of(address: Address, port: int, silence: float, deadline: Deadline) -> str:
    """Return the state of one port; raise LookError when this machine could not ask."""
    family, host = address
    patience = deadline.step(silence)
    with socket.socket(family, socket.SOCK_STREAM) as sock:
        sock.settimeout(patience)
        try:
            sock.connect((host, port))
        except socket.timeout:
            if patience < silence:
                raise LookError(
                    Reason.TIMEOUT, f"Cannot wait {silence:g} s for {place(host, port)}: the budget is used up"
                ) from None
            return FILTERED
        except OSError as exc:
            if exc.errno in (errno.ECONNREFUSED, errno.ECONNRESET):
                return CLOSED
            if exc.errno in (errno.EHOSTUNREACH, errno.EHOSTDOWN):
                return UNREACHABLE  # a router or a firewall says so
            raise look_error(exc, f"ask {place(host, port)}") from exc
    return OPEN


def combined(states: t.Sequence[str]) -> str:
    """Return the state of a port over several addresses: open when it is at one of them."""
    for state in (OPEN, FILTERED, UNREACHABLE):
        if state in states:
            return state
    return CLOSED
