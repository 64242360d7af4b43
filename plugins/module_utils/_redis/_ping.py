# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Say PING over a bare socket, without logging in, and tell what answers.

No library reads what comes, so that a peer that is not Redis, or never stops talking, is found out by its first bytes.
This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import socket
import ssl
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import (
    connect,
    receive,
    resolve,
    send,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._login import Login, tls_context

_PING = b"*1\r\n$4\r\nPING\r\n"
_LONGEST = 512  # bytes of a reply, which is one line
_CONNECTING = 0.5  # the share of the budget after which a port that gives no sign counts as filtered

ANSWERED, REFUSED, UNREACHABLE = "answered", "refused", "unreachable"
_CLOSED = frozenset({Reason.REFUSED, Reason.UNREACHABLE, Reason.TIMEOUT})


def ping_unauthenticated(login: Login, deadline: Deadline) -> dict[str, str]:
    """Return whether the server does what somebody says who has not logged in, and who trusts any certificate."""
    stranger = Login(login.host, login.port, tls=login.tls, validate_certs=False)
    resolve(login.host, login.port)  # a name that does not resolve proves nothing about a port
    try:
        sock = connect(login.host, login.port, deadline, deadline.left() * _CONNECTING)
    except LookError as exc:
        if exc.reason in _CLOSED:
            return {"outcome": UNREACHABLE, "detail": exc.message}
        raise
    try:
        return outcome(_first_line(_secured(sock, stranger, deadline), login, deadline), login.name)
    except ssl.SSLError as exc:
        if "CERTIFICATE_REQUIRED" in str(exc.reason):
            return {"outcome": REFUSED, "detail": f"{login.name} demands a certificate of its clients"}
        raise look_error(exc, f"speak TLS with {login.name}") from exc
    finally:
        sock.close()


def need_way(host: str, ports: t.Sequence[int], deadline: Deadline) -> None:
    """Raise LookError unless one of the *ports* of *host* is open from here: of a host cut off, no port proves anything."""
    for port in ports:
        try:
            connect(host, port, deadline, deadline.left() * _CONNECTING).close()
            return
        except LookError:
            continue
    listed = ", ".join(map(str, ports))
    why = f"Nothing answers at {host}, but none of its control ports {listed} is open from here either, so that proves nothing"
    raise LookError(Reason.UNREACHABLE, why)


def greet(login: Login, deadline: Deadline) -> None:
    """Raise LookError unless what answers at *login* speaks the protocol of Redis."""
    sock = connect(login.host, login.port, deadline)
    try:
        outcome(_first_line(_secured(sock, login, deadline), login, deadline), login.name)
    except (OSError, ssl.SSLError) as exc:
        raise look_error(exc, f"speak with {login.name}") from exc
    finally:
        sock.close()


def outcome(line: bytes, name: str) -> dict[str, str]:
    """Return what the first *line* of a reply to PING means; raise LookError when it is not of Redis."""
    if line.startswith(b"+"):
        return {"outcome": ANSWERED, "detail": f"{name} did what was said without a login"}
    code = line[1:].split(b" ")[0].decode("ascii", "replace")
    if line.startswith(b"-") and code in ("NOAUTH", "NOPERM", "DENIED", "WRONGPASS"):
        return {"outcome": REFUSED, "detail": f"{name} answered {code}"}
    if line.startswith(b"-") and code in ("LOADING", "BUSY", "MASTERDOWN", "MISCONF"):
        return {"outcome": ANSWERED, "detail": f"{name} answered {code}, which it says only to whom it lets in"}
    if line.startswith(b"-"):
        raise LookError(Reason.REFUSED, f"Cannot ask {name}: it answered an error to PING")
    raise LookError(Reason.MALFORMED, f"Cannot ask {name}: what answers is not Redis")


def _secured(sock: socket.socket, login: Login, deadline: Deadline) -> socket.socket:
    if not login.tls:
        return sock
    sock.settimeout(deadline.step())
    return tls_context(login).wrap_socket(sock, server_hostname=login.host)


def _first_line(sock: socket.socket, login: Login, deadline: Deadline) -> bytes:
    """Return the first line of the reply, or as much of it as shows that it is none."""
    data = b""
    send(sock, _PING, deadline)
    while b"\n" not in data and len(data) < _LONGEST:
        if data and data[:1] not in b"+-":
            break
        try:
            more = receive(sock, deadline, _LONGEST)
        except (socket.timeout, TimeoutError) as exc:
            raise look_error(exc, f"ask {login.name}") from exc
        if not more:
            raise LookError(Reason.REFUSED, f"Cannot ask {login.name}: it closed the connection without an answer")
        data += more
    return data.splitlines()[0] if data else data
