# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the value of a secret only stands in its place. Pure. No value is returned. This is a private part of the collection.

What has a form of its own is judged by its part that is secret: a key in PEM is regular all over, and a login of a registry names its
host.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping, text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._placeholders import (
    KNOWN_DEFAULTS,
    is_placeholder,
)

_PEM = re.compile(r"-----BEGIN (?P<label>[A-Z0-9 ]+)-----(?P<body>.*?)-----END (?P=label)-----", re.DOTALL)
_HEADER = re.compile(r"(?m)^[\w-]+:.*$")
_SHORTEST = 60  # characters of base64; a key of Ed25519, the shortest there is, has 64


def is_stand_in(plain: str) -> bool:
    """Tell whether *plain* is a placeholder or a known default, or made of the words of such."""
    blocks = _PEM.findall(plain)
    if blocks:
        return any(_is_hollow(body) for dummy, body in blocks)
    logins = _logins(plain)
    if logins is not None:
        return not logins or any(map(_is_word, logins))
    return _is_word(plain)


def _is_word(plain: str) -> bool:
    words = [word for word in re.split(r"[\W_]+", plain.lower()) if word]
    return bool(plain) and (is_placeholder(plain) or bool(words) and all(word in KNOWN_DEFAULTS for word in words))


def _is_hollow(body: str) -> bool:
    """Tell whether what stands between the marks of PEM is no key or certificate."""
    rest = "".join(_HEADER.sub("", body).split())
    return len(rest) < _SHORTEST or not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", rest)


def _logins(plain: str) -> list[str] | None:
    """Return the passwords of a configuration of Docker; None when it is none."""
    try:
        data = json.loads(plain) if plain.startswith("{") else None
    except ValueError:
        return None
    if not isinstance(data, dict) or "auths" not in data:
        return None
    return [_password(one) for one in mapping(data, "auths").values() if isinstance(one, dict)]


def _password(login: dict[str, t.Any]) -> str:
    try:
        packed = base64.b64decode(text(login, "auth"), validate=True).decode("utf-8", "replace").partition(":")[2]
    except (binascii.Error, ValueError):
        packed = ""
    return packed or text(login, "password") or text(login, "identitytoken") or "password"
