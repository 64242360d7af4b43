# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets that stand in a compose file, by name and place, never by value. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import origin, part, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import detect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._placeholders import is_placeholder

_SECRET_NAME = re.compile(
    r"(?:passw(?:or)?d|passwd|passphrase|secret|token|api_?-?key|(?:secret|private|access|encryption|signing)_?-?key|credentials?)"
    r"(?:_id)?$|^(?:requirepass|masterauth)$|root-token-id$",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(r"^(?:true|false|yes|no|none|null|/.*|\./.*)$", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,6}")  # of tokens, which are no secret
_URL = re.compile(r"://[^\s/@:]{0,200}:(?P<password>[^\s/@]{1,500})@")
_FREE = {"POSTGRES_HOST_AUTH_METHOD": "trust"}  # a setting that lets everybody in
LITERAL, DEFAULT = "literal", "default"


def secrets_of(service: Node, words: list[Node]) -> t.Iterator[tuple[str, str, str]]:
    """Yield (kind, name, place) of each secret that *service* has in its file; *words* are those of its command.

    A default is a fallback of a variable, or a word that everybody tries first; any other is a literal.
    """
    for key, node in _named_values(service):
        kind = _kind(key, node.value)
        if kind:
            yield kind, key, node.at
    for key, node in _flags(words):
        kind = _kind(key, node.value)
        if kind:
            yield kind, f"the option {key}", node.at


def is_secret_name(name: str) -> bool:
    return bool(_SECRET_NAME.search(name))


def _named_values(service: Node) -> t.Iterator[tuple[str, Node]]:
    for path in (("environment",), ("build", "args"), ("labels",)):
        block = service.at_path(*path)
        for key, node in (block.entries() if block else {}).items():
            if node.value is not None:
                yield key, node.with_value(_text(node.value))


def _flags(words: list[Node]) -> t.Iterator[tuple[str, Node]]:
    for number, word in enumerate(words):
        text = str(word.value)
        if not text.startswith("-"):
            continue
        name, has, value = text.lstrip("-").partition("=")
        if has:
            yield name, word.with_value(value)
        elif number + 1 < len(words) and not str(words[number + 1].value).startswith("-"):
            yield name, words[number + 1].with_value(str(words[number + 1].value))


def _kind(name: str, marked: str) -> str | None:
    if _FREE.get(name) == shown(marked):
        return DEFAULT
    secret = marked if is_secret_name(name) else _in_url(marked)
    if secret is None:
        return LITERAL if origin(marked) == "literal" and detect(f"{name}={shown(marked)}") else None
    text, where = shown(secret), origin(secret)
    is_amount = name.lower().endswith("token") and _AMOUNT.fullmatch(text)
    if not text or where in ("given", "unknown") or _NO_SECRET.match(text) or is_amount:
        return None
    return DEFAULT if where == "fallback" or is_placeholder(text) else LITERAL


def _in_url(marked: str) -> str | None:
    """Return the password of a URL with its marks, or None when there is none."""
    match = _URL.search(marked)
    return part(marked, *match.span("password")) if match else None


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
