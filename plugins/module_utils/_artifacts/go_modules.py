# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What ``go list -u -m -json all`` prints: the modules of a build, and newer versions of them. This is a private part of the collection.

Without ``-u`` the list looks as if nothing were outdated. So a list without any newer version counts only when the command line
that made it is known.
"""

from __future__ import annotations

import shlex
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    Json,
    foreign,
    need,
    short,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import MOST_NAMES, Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Object = t.Dict[str, Json]


def recognises(content: Content) -> bool:
    first = content.first
    return isinstance(first, dict) and "Path" in first and ("Main" in first or "Version" in first)


def read(content: Content) -> Reading:
    modules = [need(one, dict, "a module") for one in content.stream]
    if not modules or any("Path" not in one for one in modules):
        raise foreign("go list -m -json", "it is no list of modules")
    broken = [short(one["Path"]) for one in modules if one.get("Error")]
    if broken:
        raise LookError(Reason.TOO_LITTLE_DATA, f"go could not look up {len(broken)} modules, among them {broken[0]}")
    needed = [one for one in modules if not one.get("Main")]
    if not any("Update" in one for one in needed) and not _asked_for_updates(content.said.command):
        return Reading("dependencies", {"dependencies": None}, {"dependencies": _NO_UPDATES})
    direct = [one for one in needed if not one.get("Indirect")]
    outdated = [one for one in needed if "Update" in one]
    facts = {
        "total": len(needed),
        "direct": len(direct),
        "outdated_direct": sum("Update" in one for one in direct),
        "outdated_indirect": len(outdated) - sum("Update" in one for one in direct),
        "deprecated": sum(bool(one.get("Deprecated")) for one in needed),
        "retracted": sum(bool(one.get("Retracted")) for one in needed),
        "first": [_shown(one) for one in sorted(outdated, key=lambda one: bool(one.get("Indirect")))[:MOST_NAMES]],
    }
    return Reading("dependencies", {"dependencies": facts})


_NO_UPDATES = LookError(
    Reason.TOO_LITTLE_DATA,
    "No module has a newer version, which is also what a list without -u says: write the command into the .meta.json",
)


def _asked_for_updates(command: str | None) -> bool:
    try:
        return "-u" in shlex.split(command or "")
    except ValueError:
        return False


def _shown(one: Object) -> dict[str, t.Any]:
    update = need(one["Update"], dict, "Update")
    return {
        "package": short(one["Path"]),
        "version": short(one.get("Version")),
        "latest": short(update.get("Version")),
        "direct": not one.get("Indirect"),
    }
