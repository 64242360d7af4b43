# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What redis-py raises, as reasons. Pure. This is a private part of the collection; nothing outside it may import it.

The classes are looked up by name, because the library may be missing, and because its versions differ in what they inherit.
"""

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

# The first class in an exception's ancestry that stands here decides.
_CLASSES: dict[str, tuple[Reason, str]] = {
    "NoPermissionError": (Reason.UNAUTHORISED, "the user may not do that"),
    "AuthenticationError": (Reason.UNAUTHORISED, "the user or the password is wrong"),
    "AuthenticationWrongNumberOfArgsError": (Reason.UNSUPPORTED, "the server knows no users, only a password"),
    "BusyLoadingError": (Reason.REFUSED, "the server is still loading its data"),
    "MaxConnectionsError": (Reason.REFUSED, "the server takes no more connections"),
    "InvalidResponse": (Reason.MALFORMED, "what answers is not Redis"),
    "TimeoutError": (Reason.TIMEOUT, "no answer in time"),
    "ConnectionError": (Reason.REFUSED, "the connection was lost"),
}
_WORDS: tuple[tuple[str, Reason, str], ...] = (
    ("unknown command", Reason.UNSUPPORTED, "the server has no such command: it is renamed, disabled, or too new"),
    ("unknown subcommand", Reason.UNSUPPORTED, "the server has no such command"),
    ("noauth", Reason.UNAUTHORISED, "the server demands a login"),
    ("authentication required", Reason.UNAUTHORISED, "the server demands a login"),
    ("protected mode", Reason.REFUSED, "the server is in protected mode and talks to its own machine only"),
    ("max number of clients", Reason.REFUSED, "the server takes no more connections"),
)


def fault(exc: BaseException, attempt: str, needs: str = "") -> LookError:
    """Return the error for what redis-py raised; *needs* is the right without which the command is refused."""
    said = str(exc).lower()
    for mark, reason, words in _WORDS:
        if mark in said:
            return LookError(reason, f"Cannot {attempt}: {words}")
    for ancestor in type(exc).__mro__:
        if ancestor.__name__ in _CLASSES:
            reason, words = _CLASSES[ancestor.__name__]
            if ancestor.__name__ == "NoPermissionError" and needs:
                words = f"{words}; it needs: {needs}"
            return LookError(reason, f"Cannot {attempt}: {words}")
    return LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: unexpected {type(exc).__name__}")
