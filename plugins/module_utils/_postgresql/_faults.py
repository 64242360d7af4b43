# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What PostgreSQL, its client library and PgBouncer say when they refuse, as reasons. Pure.

psycopg2 has no SQLSTATE for a connection that failed, so the words of the message decide; what stands in no list keeps the
server's own sentence. This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

# What the message contains, the reason, and words for the reader. The first that fits decides.
_CONNECTING: tuple[tuple[str, Reason, str], ...] = (
    ("connection refused", Reason.REFUSED, "connection refused"),
    ("no route to host|network is unreachable|host is down", Reason.UNREACHABLE, "no way to the host"),
    ("timeout expired|connection timed out", Reason.TIMEOUT, "no answer in time"),
    ("authentication failed", Reason.UNAUTHORISED, "the user or the password is wrong"),
    ("no password supplied", Reason.UNAUTHORISED, "the server asks for a password, and none is declared"),
    (r"pg_hba\.conf", Reason.UNAUTHORISED, "pg_hba.conf does not admit this user, database, address and ssl_mode"),
    ("ssl required", Reason.UNAUTHORISED, "the server demands TLS"),
    ("role .* does not exist|no such user", Reason.UNAUTHORISED, "there is no such user"),
    ("permission denied for database", Reason.UNAUTHORISED, "the user may not connect to this database"),
    ("not permitted to log in|not allowed", Reason.UNAUTHORISED, "the user may not log in"),
    ("database .* does not exist|no such database", Reason.REFUSED, "there is no such database"),
    ("too many|remaining connection slots|no more connections", Reason.REFUSED, "the server takes no more connections"),
    ("starting up|shutting down|not yet accepting|in recovery mode", Reason.REFUSED, "the server is not ready"),
    ("does not support ssl", Reason.UNSUPPORTED, "the server does not speak TLS"),
    ("root certificate .* does not exist", Reason.NOT_CONFIGURED, "there is no file of trusted certificates"),
    ("certificate verify failed", Reason.MALFORMED, "the server's certificate is not trusted"),
    ("does not match host name", Reason.MALFORMED, "the server's certificate is for another host"),
    ("ssl syscall|closed the connection|connection reset|broken pipe", Reason.REFUSED, "the connection was closed"),
    ("ssl error|response to ssl negotiation", Reason.MALFORMED, "no TLS session comes about"),
    (
        "expected authentication|didn't return|invalid|unexpected|synchronization|\ufffd",
        Reason.MALFORMED,
        "what answers is not PostgreSQL",
    ),
)
_PREFACE = re.compile(r"^.*?, port \d+ failed: ")

_QUERYING: dict[str, tuple[Reason, str]] = {
    "42501": (Reason.UNAUTHORISED, "permission denied"),
    "57014": (Reason.TIMEOUT, "the query took too long"),
    "55P03": (Reason.TIMEOUT, "another session holds a lock on it"),
    "55000": (Reason.UNSUPPORTED, "the server was not started with what it needs"),
    "58P01": (Reason.UNSUPPORTED, "the server lacks a file that it needs"),
    "0A000": (Reason.UNSUPPORTED, "this server cannot do that"),
    "42P01": (Reason.UNSUPPORTED, "this server has no such table or view"),
    "42703": (Reason.UNSUPPORTED, "this server has no such column"),
    "42704": (Reason.UNSUPPORTED, "this server has no such object or setting"),
    "42883": (Reason.UNSUPPORTED, "this server has no such function"),
    "3F000": (Reason.UNSUPPORTED, "this server has no such schema"),
}
_CLASSES: dict[str, tuple[Reason, str]] = {
    "08": (Reason.REFUSED, "the connection was lost"),
    "53": (Reason.REFUSED, "the server is short of resources"),
    "57": (Reason.REFUSED, "the server ended the session"),
}


def connect_fault(text: str, attempt: str) -> LookError:
    """Return the error of a connection that failed with *text*; *attempt* says what was tried on what."""
    said = _said(text)
    for mark, reason, words in _CONNECTING:
        if re.search(mark, said, re.IGNORECASE):
            return LookError(reason, f"Cannot {attempt}: {words}")
    reason = Reason.REFUSED if "FATAL:" in said else Reason.NOT_OBSERVED
    return LookError(reason, f"Cannot {attempt}: {said[:200] or 'no reason given'}")


def query_fault(sqlstate: str | None, attempt: str, needs: str = "") -> LookError:
    """Return the error of a query that failed with *sqlstate*; *needs* is the right without which it cannot be run."""
    if sqlstate is None:
        return LookError(Reason.REFUSED, f"Cannot {attempt}: the connection was lost")
    known = _QUERYING.get(sqlstate) or _CLASSES.get(sqlstate[:2])
    reason, words = known or (Reason.NOT_OBSERVED, f"the server reports SQLSTATE {sqlstate}")
    if reason is Reason.UNAUTHORISED and needs:
        words = f"{words}; it needs: {needs}"
    return LookError(reason, f"Cannot {attempt}: {words}")


def admits_plaintext(text: str) -> tuple[bool, str] | None:
    """Say whether a server that answered a plaintext login with *text* admits such logins, and in which words.

    A login that is asked for its password has passed pg_hba.conf. None when the text says neither.
    """
    said = _said(text).lower()
    if "no password supplied" in said or "authentication failed" in said:
        return True, "the server asks for the password without demanding TLS"
    if "pg_hba.conf" in said:
        return False, "pg_hba.conf admits no connection without TLS from here"
    if "ssl required" in said:
        return False, "the pooler demands TLS"
    return None


def _said(text: t.Any) -> str:
    """Return what was said, in one line and without the host, the name of which could be any word."""
    return _PREFACE.sub("", " ".join(str(text).split()))
