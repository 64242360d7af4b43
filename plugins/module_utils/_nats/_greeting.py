# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a NATS server says before a login, and whether it lets in somebody who has none.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import json
import socket
import ssl
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats._login import Login, tls_context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import connect, receive, send

_LONGEST = 64 * 1024
_NOBODY = b'CONNECT {"verbose":false,"pedantic":false,"lang":"python","version":"0","protocol":0}\r\nPING\r\n'
_SHARE = 0.3  # of the budget
ACCEPTED, REFUSED = "accepted", "refused"


def greet(login: Login, deadline: Deadline) -> tuple[dict[str, t.Any], dict[str, str]]:
    """Return the INFO of the server, and what becomes of somebody without a login: ``outcome`` and ``detail``."""
    own = Deadline(min(deadline.left(), max(1.0, deadline.left() * _SHARE)))
    lines = _Lines(connect(login.host, login.port, own), login.name, own)
    try:
        info = parse_info(lines.next(), login.name)
        return info, _as_nobody(lines, info, login)
    except (OSError, ssl.SSLError) as exc:
        raise look_error(exc, f"speak with {login.name}") from exc
    finally:
        lines.sock.close()


def parse_info(line: bytes, name: str) -> dict[str, t.Any]:
    """Return what a line of INFO says; raise LookError when *line* is none."""
    word, dummy, rest = line.partition(b" ")
    try:
        info = json.loads(rest) if word == b"INFO" else None
    except ValueError:
        info = None
    if not isinstance(info, dict) or "server_id" not in info:
        raise LookError(Reason.MALFORMED, f"Cannot speak with {name}: what answers is not NATS")
    return info


class _Lines:
    """The lines that a server sends; what is no line of NATS ends them."""

    def __init__(self, sock: socket.socket, name: str, deadline: Deadline) -> None:
        self.sock = sock
        self.deadline = deadline
        self._name = name
        self._rest = b""

    def next(self) -> bytes:
        while b"\n" not in self._rest:
            more = receive(self.sock, self.deadline)
            if not more:
                raise LookError(Reason.REFUSED, f"Cannot speak with {self._name}: it closed the connection")
            self._rest += more
            if len(self._rest) > _LONGEST or self._rest.lstrip()[:1] not in (b"", b"I", b"-", b"P", b"+"):
                raise LookError(Reason.MALFORMED, f"Cannot speak with {self._name}: what answers is not NATS")
        line, dummy, self._rest = self._rest.partition(b"\n")
        return line.strip()


def _as_nobody(lines: _Lines, info: dict[str, t.Any], login: Login) -> dict[str, str]:
    """Ask for nothing but a PONG, as a client that has no login. Before it asks, the server has sent its INFO alone."""
    if info.get("tls_required"):
        lines.sock.settimeout(lines.deadline.step())
        try:
            lines.sock = tls_context(login, anybody=True).wrap_socket(lines.sock, server_hostname=login.host)
        except ssl.SSLError as exc:
            raise look_error(exc, f"speak TLS with {login.name}") from exc
    send(lines.sock, _NOBODY, lines.deadline)
    while True:
        line = lines.next()
        if line.startswith(b"PONG"):
            return {"outcome": ACCEPTED, "detail": f"{login.name} lets in a client without a login"}
        if line.startswith(b"-ERR"):
            return _refusal(line, login.name)
        if not line.startswith((b"INFO", b"PING", b"+OK")):
            raise LookError(Reason.MALFORMED, f"Cannot speak with {login.name}: it answered no word of NATS")


def _refusal(line: bytes, name: str) -> dict[str, str]:
    words = line.decode("ascii", "replace").lower()
    if "auth" in words or "tls" in words:
        return {"outcome": REFUSED, "detail": f"{name} refuses a client without a login"}
    raise LookError(Reason.REFUSED, f"Cannot speak with {name}: it answered an error to a PING")
