# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a server says after a ClientHello, read without any cryptography. No I/O.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_hello import VERSIONS

MOST = 128 * 1024  # bytes of an answer that are read; real chains take a tenth of it

_CHANGE_CIPHER, _ALERT, _HANDSHAKE, _APPLICATION = 20, 21, 22, 23
_SERVER_HELLO, _CERTIFICATE, _KEY_EXCHANGE, _HELLO_DONE = 2, 11, 12, 14
_SUPPORTED_VERSIONS = 43
_WARNING, _CLOSE_NOTIFY = 1, 0
_LONGEST_RECORD = 2**14 + 2048
_RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")  # RFC 8446, 4.1.3
_ALERTS: t.Mapping[int, str] = {
    0: "close_notify",
    10: "unexpected_message",
    40: "handshake_failure",
    47: "illegal_parameter",
    50: "decode_error",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    109: "missing_extension",
    110: "unsupported_extension",
    112: "unrecognized_name",
    120: "no_application_protocol",
}
_NAMES = {number: name for name, number in VERSIONS.items()}
# How servers without TLS begin their answer to a hello that they do not understand.
_PLAIN = ((b"HTTP/", "http"), (b"<", "http"), (b"-", "redis"), (b"INFO ", "nats"), (b"SSH-", "ssh"), (b"220 ", "smtp"))


class Flight:
    """A server's first flight, fed piece by piece until it ``is_complete``."""

    def __init__(self) -> None:
        self.alert: str | None = None
        self.plain: str | None = None
        self.version: str | None = None
        self.suite: int | None = None
        self.compression = False
        self.certificates: tuple[bytes, ...] = ()
        self.key_exchange = b""
        self._is_done = False
        self._size = 0
        self._records = b""
        self._messages = b""

    @property
    def is_complete(self) -> bool:
        return self._is_done or bool(self.alert or self.plain)

    @property
    def is_accepting(self) -> bool:
        """Whether the server went on to the point where it is the client's turn."""
        return self._is_done and not self.alert

    def feed(self, data: bytes) -> None:
        """Read on; raise LookError when this cannot be TLS."""
        self._size += len(data)
        if self._size > MOST:
            raise _malformed(f"more than {MOST // 1024} KiB came without an end")
        self._records += data
        if self.version is None and not self._messages and self._is_plain():
            return
        while len(self._records) >= 5 and not self.is_complete:
            kind, length = self._records[0], int.from_bytes(self._records[3:5], "big")
            if (
                kind not in (_CHANGE_CIPHER, _ALERT, _HANDSHAKE, _APPLICATION)
                or self._records[1] != 3
                or length > _LONGEST_RECORD
            ):
                raise _malformed("the answer is not TLS")
            if len(self._records) < 5 + length:
                return
            content, self._records = self._records[5 : 5 + length], self._records[5 + length :]
            self._read_record(kind, content)

    def _is_plain(self) -> bool:
        self.plain = next((name for start, name in _PLAIN if self._records.startswith(start)), None)
        return self.plain is not None

    def _read_record(self, kind: int, content: bytes) -> None:
        if kind == _ALERT:
            self._read_alert(content)
        elif kind == _HANDSHAKE:
            self._messages += content
            self._read_messages()
        elif self.version == "TLSv1.3":
            self._is_done = True  # all that follows is encrypted: the server has agreed
        else:
            raise _malformed("encrypted data came before the keys")

    def _read_alert(self, content: bytes) -> None:
        if len(content) != 2:
            raise _malformed("an alert of the wrong length came")
        level, number = content
        if level != _WARNING or number == _CLOSE_NOTIFY:
            self.alert = _ALERTS.get(number, f"number {number}")

    def _read_messages(self) -> None:
        while len(self._messages) >= 4:
            length = int.from_bytes(self._messages[1:4], "big")
            if length > MOST:
                raise _malformed("a message is longer than any real one")
            if len(self._messages) < 4 + length:
                return
            kind, body, self._messages = self._messages[0], self._messages[4 : 4 + length], self._messages[4 + length :]
            self._read_message(kind, body)

    def _read_message(self, kind: int, body: bytes) -> None:
        if kind == _SERVER_HELLO and self.version is None:
            self._read_hello(body)
        elif self.version is None:
            raise _malformed(f"message {kind} came before the ServerHello")
        elif kind == _CERTIFICATE:
            self.certificates = tuple(_certificates(body))
        elif kind == _KEY_EXCHANGE:
            self.key_exchange = body
        elif kind == _HELLO_DONE:
            self._is_done = True

    def _read_hello(self, body: bytes) -> None:
        number = int.from_bytes(_part(body, 0, 2), "big")
        rest = _part(body, 35 + _part(body, 34, 1)[0])
        self.suite = int.from_bytes(_part(rest, 0, 2), "big")
        self.compression = _part(rest, 2, 1) != b"\x00"
        chosen = dict(_extensions(rest[3:])).get(_SUPPORTED_VERSIONS)
        if chosen is not None:
            number = int.from_bytes(chosen, "big")
        self.version = _NAMES.get(number, f"0x{number:04X}")
        self._is_done = self.version == "TLSv1.3" and body[2:34] == _RETRY


def group_bits(key_exchange: bytes) -> int | None:
    """Return the size of the prime in a ServerKeyExchange of a DHE suite, or None when there is none in it."""
    length = int.from_bytes(key_exchange[:2], "big")
    prime = key_exchange[2 : 2 + length]
    return int.from_bytes(prime, "big").bit_length() if prime and len(prime) == length else None


def _extensions(data: bytes) -> t.Iterator[tuple[int, bytes]]:
    rest = data[2:]
    while len(rest) >= 4:
        length = int.from_bytes(rest[2:4], "big")
        yield int.from_bytes(rest[:2], "big"), _part(rest, 4, length)
        rest = rest[4 + length :]


def _certificates(body: bytes) -> t.Iterator[bytes]:
    rest = _part(body, 3, int.from_bytes(_part(body, 0, 3), "big"))
    while rest:
        length = int.from_bytes(_part(rest, 0, 3), "big")
        yield _part(rest, 3, length)
        rest = rest[3 + length :]


def _part(data: bytes, start: int, length: int | None = None) -> bytes:
    """Return a part of *data*; raise LookError when it is cut off."""
    end = len(data) if length is None else start + length
    if start > len(data) or end > len(data):
        raise _malformed("a message ends too early")
    return data[start:end]


def _malformed(why: str) -> LookError:
    return LookError(Reason.MALFORMED, f"The peer does not answer as a TLS server does: {why}")
