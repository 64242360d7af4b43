# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which services of a compose file run a folder at their first start. Pure. This is a private part of the collection.

The image of PostgreSQL runs every file of one folder, in the order of their names, when it finds no database: ways back, too.
"""

from __future__ import annotations

import posixpath
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree, find

FOLDER = "/docker-entrypoint-initdb.d"


def mounts(tree: Tree, file: str, folder: str) -> list[tuple[str, str]]:
    """Return (service, place) of each service in the compose *file* that has *folder* mounted where it is run."""
    found: list[tuple[str, str]] = []
    for one in find(tree, "services.*.volumes.*"):
        source, target = _ends(one.value)
        if target.rstrip("/") == FOLDER and _below(file, source) == posixpath.normpath(folder):
            found.append((one.path.split(".")[1], f"{file}:{one.line}"))
    return found


def _ends(volume: t.Any) -> tuple[str, str]:
    if isinstance(volume, dict):
        return str(volume.get("source") or ""), str(volume.get("target") or "")
    parts = str(volume).split(":")
    return (parts[0], parts[1]) if len(parts) > 1 else ("", "")


def _below(file: str, source: str) -> str:
    """A path of a compose file begins at the folder of the file."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(file), source))
