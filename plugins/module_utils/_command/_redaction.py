# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep secrets out of what a program printed. Pure. This is a private part of the collection.

What is known to be secret goes first, also where it was written as in a URL, in JSON or in base64. Then goes what looks like a
secret by its surroundings or its shape.
"""

from __future__ import annotations

import base64
import json
import re
import typing as t
from urllib.parse import quote, quote_plus

HIDDEN = "«redacted»"

_SHORTEST = 6  # what is shorter would hide ordinary words
_SECRET_NAME = re.compile(r"passw|secret|token|api_?key|private_?key|credential|dsn|_auth", re.IGNORECASE)
_URL_USERINFO = re.compile(r"\b[a-z][a-z0-9+.-]{0,20}://(?P<user>[^\s:/@]*):(?P<password>[^\s/@]+)@", re.IGNORECASE)
_PATTERNS = (
    # the password of a URL
    (re.compile(r"(?P<keep>\b[a-z][a-z0-9+.-]{0,20}://[^\s:/@]*:)[^\s@/]+(?=@)", re.IGNORECASE), r"\g<keep>" + HIDDEN),
    # name=value and "name": "value" with a name that says what it is
    (
        re.compile(
            r"(?P<keep>(?:passw(?:or)?d|passphrase|pwd|secret|token|api[_-]?key|private[_-]?key|authorization|credential)"
            r"[\w-]{0,40}[\"']?[ \t]*[:=][ \t]*(?:bearer\s+|basic\s+)?)(?P<quote>[\"']?)[^\s\"',;&]+",
            re.IGNORECASE,
        ),
        r"\g<keep>\g<quote>" + HIDDEN,
    ),
    (re.compile(r"(?P<keep>\bbearer\s+)[\w.~+/=-]+", re.IGNORECASE), r"\g<keep>" + HIDDEN),
    # keys with a shape of their own
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), HIDDEN),
    (re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"), HIDDEN),
    (re.compile(r"\b(?:sk-|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|hvs\.)[\w-]{16,}"), HIDDEN),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), HIDDEN),
    # the keys of exchanges: 32 or more letters and digits, mixed as no word is
    (re.compile(r"\b(?=\w*[a-z])(?=\w*[A-Z])(?=\w*\d)[A-Za-z0-9]{32,}\b"), HIDDEN),
)


def secrets_of(environment: t.Mapping[str, str], known: t.Iterable[str]) -> list[str]:
    """Return the secrets to hide, longest first: those *known*, those under a telling name, and the passwords of URLs."""
    found = {value for value in known if value}
    for name, value in environment.items():
        if _SECRET_NAME.search(name):
            found.add(value)
        found.update(match["password"] for match in _URL_USERINFO.finditer(value))
    whole = {part for value in found for part in (value, *value.splitlines()) if len(part) >= _SHORTEST}
    return sorted({form for value in whole for form in _forms(value)}, key=len, reverse=True)


def _forms(secret: str) -> set[str]:
    return {
        secret,
        quote(secret, safe=""),
        quote_plus(secret),
        json.dumps(secret)[1:-1],
        base64.b64encode(secret.encode()).decode("ascii").rstrip("="),
    }


def redacted(text: str, secrets: t.Iterable[str]) -> str:
    """Return *text* without any of the *secrets*, and without what looks like one."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


def printable(data: bytes) -> str:
    """Return what a program wrote as text that no terminal obeys."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    return "".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in text)
