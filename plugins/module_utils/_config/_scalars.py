# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Secrets and addresses that stand in configuration files as they are used. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._placeholders import (
    KNOWN_DEFAULTS,
    is_placeholder,
)

_SECRET = re.compile(
    r"(?:passw(?:or)?d|passphrase|pwd|secret|token|api_?-?key|(?:secret|private|access)_?-?key|credentials?)$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"\$[\w{(]|\{\{|<[^>]*>")
_USERINFO = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/:@]*:(?P<password>[^\s/@]+)@", re.IGNORECASE)
_URL = re.compile(r"\b(?P<scheme>[a-z][a-z0-9+.-]*)://(?:[^\s/@]*@)?(?P<host>\[[^\]]+\]|[^\s/:?#,\"']+)", re.IGNORECASE)
_DEFAULT = re.compile(r"change.?me|changeit|change.?this", re.IGNORECASE)
_EXAMPLE = re.compile(r"example|sample|template", re.IGNORECASE)
_MOST = 500


def is_example(name: str) -> bool:
    """Tell whether a file is there to be copied, not to be used."""
    return bool(_EXAMPLE.search(name))


def literals(name: str, tree: Tree) -> list[dict[str, t.Any]]:
    """Return where the file *name* has a secret as it is used, without the secret.

    ``is_default`` tells a word that everybody tries first; a word that only stands in place of a secret is none.
    """
    found = []
    for place, value in _scalars(tree):
        for secret in _secrets_of(place, value):
            is_default = secret.lower() in KNOWN_DEFAULTS or bool(_DEFAULT.search(secret))
            if is_default or not is_placeholder(secret):
                found.append({"name": _dotted(place), "is_default": is_default, **_where(name, tree, place)})
    return found[:_MOST]


def urls(name: str, tree: Tree) -> list[dict[str, t.Any]]:
    """Return the addresses in the file *name*: scheme and host of each."""
    return [
        {
            "name": _dotted(place),
            "scheme": match.group("scheme").lower(),
            "host": match.group("host").lower(),
            **_where(name, tree, place),
        }
        for place, value in _scalars(tree)
        for match in _URL.finditer(value)
    ][:_MOST]


def _secrets_of(place: Place, value: str) -> t.Iterator[str]:
    if _TEMPLATE.search(value):
        return
    for match in _USERINFO.finditer(value):
        yield match.group("password")
    names = [step for step in place if isinstance(step, str)]
    if value and names and _SECRET.search(names[-1]) and "://" not in value:
        yield value


def _scalars(tree: Tree) -> t.Iterator[tuple[Place, str]]:
    stack: list[tuple[Place, t.Any]] = [((), tree.data)]
    while stack:
        place, value = stack.pop()
        if isinstance(value, dict):
            stack += [((*place, key), below) for key, below in reversed(list(value.items()))]
        elif isinstance(value, list):
            stack += [((*place, number), below) for number, below in reversed(list(enumerate(value)))]
        elif value is not None and not isinstance(value, bool):
            yield place, str(value)


def _where(name: str, tree: Tree, place: Place) -> dict[str, t.Any]:
    line = tree.lines.get(place)
    return {"file": name, "line": line, "at": f"{name}:{line}" if line else name}


def _dotted(place: Place) -> str:
    return ".".join(str(step) for step in place)
