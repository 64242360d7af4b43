# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fingerprints of secrets, and the list of those that are allowed. Pure.

A fingerprint is keyed: without the key nobody can try guesses of a secret against it. It covers the rule and the path, so that
another secret at the same place is not hidden. This is a private part of the collection.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import re
import secrets
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason


class Fingerprints:
    """Makes fingerprints with one key; without a key of the user's they hold for one run only."""

    def __init__(self, key: str | None) -> None:
        self._key = key.encode() if key else secrets.token_bytes(32)

    def of(self, rule: str, path: str, secret: str) -> str:
        return hmac.new(
            self._key, "|".join((rule, path, secret)).encode("utf-8", "surrogateescape"), hashlib.sha256
        ).hexdigest()[:32]


class AllowList:
    """The allowed fingerprints, and which of them were used."""

    def __init__(self, entries: t.Sequence[dict[str, t.Any]], today: datetime.date) -> None:
        self._entries = {entry["fingerprint"]: {**entry, "expires": _date(entry)} for entry in entries}
        self._today = today
        self._used: set[str] = set()

    def allows(self, fingerprint: str) -> bool:
        """Tell whether a finding is allowed today; an entry holds through the day on which it expires."""
        entry = self._entries.get(fingerprint)
        if entry is None:
            return False
        self._used.add(fingerprint)
        return bool(entry["expires"] >= self._today)

    def used(self) -> list[dict[str, str]]:
        return [
            self._shown(key)
            for key, entry in self._entries.items()
            if key in self._used and entry["expires"] >= self._today
        ]

    def expired(self) -> list[dict[str, str]]:
        return [self._shown(key) for key, entry in self._entries.items() if entry["expires"] < self._today]

    def unused(self) -> list[dict[str, str]]:
        return [self._shown(key) for key in self._entries if key not in self._used]

    def _shown(self, fingerprint: str) -> dict[str, str]:
        entry = self._entries[fingerprint]
        return {"fingerprint": fingerprint, "reason": entry["reason"], "expires": entry["expires"].isoformat()}


def _date(entry: dict[str, t.Any]) -> datetime.date:
    written = str(entry["expires"])
    if not re.fullmatch(r"[0-9a-f]{32}", str(entry["fingerprint"])):
        raise LookError(
            Reason.MALFORMED, "An entry of allowed has a fingerprint that is not the 32 digits of a finding"
        )
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
            raise ValueError(written)
        return datetime.date(*map(int, written.split("-")))
    except ValueError as exc:
        raise LookError(
            Reason.MALFORMED, f"The entry {entry['fingerprint']} of allowed expires on {written!r}: write YYYY-MM-DD"
        ) from exc
