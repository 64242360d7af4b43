# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which files make a compose project when nobody says it. This is a private part of the collection."""

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse

_MAIN = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
_PRODUCTION = ("prod", "production")
_OVERRIDE = ("override",)


def files_of(folder: Folder, most: int, expected: bool) -> list[str]:
    """Return the main file and what is laid over it in production, or else what compose itself lays over it.

    A file for production that is a whole project by itself stands alone.
    """
    main = _first(folder, _MAIN)
    if not main:
        reason = Reason.NO_DATA if expected else Reason.NOT_CONFIGURED
        raise LookError(reason, f"The checkout has none of {', '.join(_MAIN)}")
    stem = main.rpartition(".")[0]
    for words in (_PRODUCTION, _OVERRIDE):
        names = [f"{stem}.{word}.{ending}" for word in words for ending in ("yml", "yaml")]
        overlay = _first(folder, names)
        if overlay:
            return [overlay] if words is _PRODUCTION and _is_whole(folder, overlay, most) else [main, overlay]
    return [main]


def _first(folder: Folder, names: tuple[str, ...] | list[str]) -> str | None:
    return next((name for name in names if folder.matches(name)), None)


def _is_whole(folder: Folder, name: str, most: int) -> bool:
    (tree, *dummy) = [*parse(folder.read(name, most), name), None]
    services = tree.data.get("services") if tree and isinstance(tree.data, dict) else None
    if not isinstance(services, dict) or not services:
        return False
    return all(isinstance(one, dict) and {"image", "build", "extends"} & set(one) for one in services.values())
