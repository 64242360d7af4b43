# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""TCP connections that keep to a deadline.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import socket

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error


def place(host: str, port: int) -> str:
    """Name a host and port as a reader expects it."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def resolve(host: str, port: int) -> list[tuple[int, str]]:
    """Return the (address family, address) pairs of *host*, in the resolver's order and without repetition."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as exc:
        raise look_error(exc, f"resolve {host}") from exc
    return list(dict.fromkeys((int(one[0]), str(one[4][0])) for one in found))


def connect(host: str, port: int, deadline: Deadline, most: float | None = None) -> socket.socket:
    """Connect to the first address of *host* that answers; an attempt lasts *most* seconds at the longest."""
    error = LookError(Reason.UNREACHABLE, f"Cannot connect to {place(host, port)}: the host name has no address")
    for family, address in resolve(host, port):
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(deadline.step(most))
            sock.connect((address, port))
            return sock
        except OSError as exc:
            sock.close()
            error = look_error(exc, f"connect to {place(host, port)}")
        except LookError:
            sock.close()
            raise
    raise error


def receive(sock: socket.socket, deadline: Deadline, most: int = 16384) -> bytes:
    """Receive up to *most* bytes; nothing when the peer has closed."""
    sock.settimeout(deadline.step())
    return sock.recv(most)


def send(sock: socket.socket, data: bytes, deadline: Deadline) -> None:
    """Send all of *data*."""
    sock.settimeout(deadline.step())
    sock.sendall(data)
