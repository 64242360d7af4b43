# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Why a look did not see.

This is a private part of the collection; nothing outside it may import it.

Exception
└── LookError          a look that failed, with one of the closed set of reason codes
"""

from __future__ import annotations

import errno
import socket
import ssl
import typing as t
from enum import Enum


class Reason(str, Enum):
    """The closed set of reasons for which something could not be decided."""

    NOT_CONFIGURED = "not_configured"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    UNAUTHORISED = "unauthorised"
    TIMEOUT = "timeout"
    NO_DATA = "no_data"
    TOO_LITTLE_DATA = "too_little_data"
    UNSUPPORTED = "unsupported"
    MALFORMED = "malformed"
    MISSING_LIBRARY = "missing_library"
    NOT_OBSERVED = "not_observed"
    NOT_IMPLEMENTED = "not_implemented"


class LookError(Exception):
    """A look that failed: *reason* for the machine, *message* for the reader, free of secrets."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message

    def to_dict(self) -> dict[str, str]:
        return {"reason": self.reason.value, "message": self.message}


_UNREACHABLE = frozenset({errno.EHOSTUNREACH, errno.ENETUNREACH, errno.EHOSTDOWN, errno.ENETDOWN, errno.EADDRNOTAVAIL})
_REFUSED = frozenset({errno.ECONNREFUSED, errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED})


def look_error(exc: BaseException, attempt: str) -> LookError:
    """Translate an exception of the standard library into a LookError.

    *attempt* says what was tried on what: "connect to api.example.com:443".
    Exceptions of other origin become ``not_observed`` by their type alone: their text may hold a secret.
    """
    if isinstance(exc, LookError):
        return exc
    if isinstance(exc, (socket.timeout, TimeoutError)):
        return LookError(Reason.TIMEOUT, f"Cannot {attempt}: no answer in time")
    if isinstance(exc, ssl.SSLError):
        return LookError(Reason.MALFORMED, f"Cannot {attempt}: {_ssl_words(exc)}")
    if isinstance(exc, socket.gaierror):
        return LookError(Reason.UNREACHABLE, f"Cannot {attempt}: the host name does not resolve")
    if isinstance(exc, PermissionError):
        return LookError(Reason.UNAUTHORISED, f"Cannot {attempt}: permission denied")
    if isinstance(exc, OSError):
        words = exc.strerror or type(exc).__name__
        if exc.errno in _REFUSED:
            return LookError(Reason.REFUSED, f"Cannot {attempt}: {words}")
        if exc.errno in _UNREACHABLE:
            return LookError(Reason.UNREACHABLE, f"Cannot {attempt}: {words}")
        return LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: {words}")
    return LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: unexpected {type(exc).__name__}{_where(exc)}")


def _ssl_words(exc: ssl.SSLError) -> str:
    return (exc.reason or "TLS error").replace("_", " ").lower()


def _where(exc: BaseException) -> str:
    """Name the innermost frame, never the values in it."""
    trace: t.Any = exc.__traceback__
    if trace is None:
        return ""
    while trace.tb_next is not None:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
    return f" at {file}:{trace.tb_lineno}"
