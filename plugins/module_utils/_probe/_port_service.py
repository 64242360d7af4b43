# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which protocol an open port speaks, without logging in. This is a private part of the collection."""

from __future__ import annotations

import struct
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import connect, receive, send

_PATIENCE = 1.0  # seconds that each question waits for its answer
_MOST = 256  # bytes that are read of an answer
_GREETINGS = ((b"SSH-", "ssh"), (b"INFO {", "nats"), (b"220", "smtp"))
# A question, the beginnings of the answers to it, and who answers so. Each is harmless to any service.
_QUESTIONS: tuple[tuple[bytes, tuple[bytes, ...], str], ...] = (
    (struct.pack("!ii", 8, 80877103), (b"S", b"N"), "postgresql"),
    (b"PING\r\n", (b"+PONG", b"-NOAUTH", b"-NOPERM", b"-DENIED"), "redis"),
    (b"GET / HTTP/1.0\r\n\r\n", (b"HTTP/",), "http"),
)


def service_at(host: str, port: int, deadline: Deadline) -> str:
    """Return the protocol that is spoken at an open port, or an empty text when it is none of those known."""
    greeting = _ask(host, port, b"", deadline)
    for start, name in _GREETINGS:
        if greeting.startswith(start):
            return name
    for question, answers, name in _QUESTIONS:
        answer = _ask(host, port, question, deadline)
        if name == "postgresql" and len(answer) != 1:
            continue
        if answer.startswith(answers):
            return name
    return ""


def _ask(host: str, port: int, question: bytes, deadline: Deadline) -> bytes:
    """Return the beginning of the answer to *question*; nothing when none comes."""
    patience = Deadline(deadline.step(_PATIENCE))
    try:
        with connect(host, port, patience) as sock:
            send(sock, question, patience)
            return receive(sock, patience, _MOST)
    except (OSError, LookError) as exc:
        return _nothing(exc, deadline)


def _nothing(exc: t.Any, deadline: Deadline) -> bytes:
    if deadline.left() <= 0:
        raise LookError(Reason.TIMEOUT, "The budget is used up before the service was known") from exc
    return b""
