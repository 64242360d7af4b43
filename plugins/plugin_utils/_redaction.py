# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep secrets out of everything that is stored or shown. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

HIDDEN = "«redacted»"

_SECRET_NAME = re.compile(r"passw|secret|token|api_?key|private_?key|credential|fingerprint_key", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(?P<before>[a-z][a-z0-9+.-]*://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE)
_SHORTEST = 6  # shorter values would hide ordinary words; they stand in no URL and no header that is kept


def secrets_in(value: t.Any, is_secret: bool = False) -> set[str]:
    """Return every text in *value* that stands under a name that says it is a secret."""
    if isinstance(value, dict):
        found = (secrets_in(one, is_secret or bool(_SECRET_NAME.search(str(key)))) for key, one in value.items())
        return set().union(*found)
    if isinstance(value, (list, tuple)):
        return set().union(*(secrets_in(one, is_secret) for one in value))
    return {str(value)} if is_secret and isinstance(value, str) and len(value) >= _SHORTEST else set()


def redact(value: t.Any, secrets: t.AbstractSet[str]) -> t.Any:
    """Return *value* without any of the *secrets*, and without the password of any URL."""
    longest_first = sorted(secrets, key=len, reverse=True)
    return _redacted(value, re.compile("|".join(map(re.escape, longest_first))) if longest_first else None)


def _redacted(value: t.Any, secrets: re.Pattern[str] | None) -> t.Any:
    if isinstance(value, str):
        hidden = secrets.sub(HIDDEN, value) if secrets else value
        return _URL_PASSWORD.sub(rf"\g<before>{HIDDEN}", hidden) if "://" in hidden else hidden
    if isinstance(value, dict):
        return {_redacted(key, secrets): _redacted(one, secrets) for key, one in value.items()}
    if isinstance(value, list):
        return [_redacted(one, secrets) for one in value]
    return value
