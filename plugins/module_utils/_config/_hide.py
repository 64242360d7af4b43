# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keep secrets out of what a configuration shows. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import detect

HIDDEN = "(hidden)"
_SECRET_NAME = re.compile(
    r"passw(?:or)?d|passphrase|secret|token|api_?-?key|private_?-?key|credential|_url$|dsn$", re.IGNORECASE
)
_USERINFO = re.compile(r"://[^/\s@]*@")


def hidden(name: str, value: t.Any) -> t.Any:
    """Return *value* as it may be shown under *name*: a secret becomes a word, a URL loses its user and password."""
    if isinstance(value, dict):
        return {key: hidden(str(key), one) for key, one in value.items()}
    if isinstance(value, list):
        return [hidden(name, one) for one in value]
    if isinstance(value, bool) or value is None or value == "":
        return value
    if _SECRET_NAME.search(name):
        return HIDDEN
    if isinstance(value, str):
        return HIDDEN if detect(f"{name}={value}") else _USERINFO.sub("://", value)
    return value


def secret_values(variables: t.Mapping[str, t.Any]) -> set[str]:
    """Return the values among *variables* that are not shown."""
    return {str(value) for name, value in variables.items() if value != "" and hidden(str(name), value) != value}
