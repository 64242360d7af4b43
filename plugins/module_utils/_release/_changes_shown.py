# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Show whether the work tree is as the release has it. This is a private part of the collection."""

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._changes import compare
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository

_MOST = 100


def show_changes(part: Part, repository: Repository | None) -> None:
    """Fill ``changed``, ``untracked`` and ``is_compared``: what could not be compared is not said to be the same."""
    try:
        if repository is None:
            raise LookError(Reason.NOT_CONFIGURED, "The work tree was not asked for")
        found = compare(repository)
    except LookError as exc:
        for key in ("changed", "untracked", "is_compared"):
            part.miss(key, exc)
        return
    part.seen["changed"] = [
        {"path": path, "how": how, "at": f"{path}:1"} for path, how in sorted(found.changed.items())
    ][:_MOST]
    part.seen["untracked"] = sorted(found.untracked)[:_MOST]
    part.seen["is_compared"] = True
    if found.unlooked:
        path, why = min(found.unlooked.items())
        part.miss("is_compared", LookError(Reason.UNSUPPORTED, f"{path} was not compared: {why}"))
