# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which of the declared secrets are there. Pure. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Names = t.Optional[t.Sequence[str]]  # none where there is no secret at the path


def compared(declared: t.Sequence[t.Mapping[str, t.Any]], found: t.Mapping[str, Names]) -> dict[str, t.Any]:
    """Return what of *declared* is there; *found* has the names at each path. Only names are told, and only declared ones."""
    if not declared:
        raise LookError(Reason.NOT_CONFIGURED, "No secret is declared, so that none can be looked for")
    there: list[str] = []
    missing: list[str] = []
    for one in declared:
        names = found[one["path"]]
        if not names:
            missing.append(one["path"])
            continue
        there += [] if one["names"] else [one["path"]]
        for name in one["names"]:
            (there if name in names else missing).append(f"{one['path']}: {name}")
    return {"found": there, "missing": missing}
