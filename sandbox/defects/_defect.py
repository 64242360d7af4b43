# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shape of a defect: one mistake in a repository, and the item that must turn red by it."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

from sandbox._edits import Change


@dataclass(frozen=True)
class Defect:
    """A mistake that a release can have.

    *items* must be failed with it, and no other item may change; there is one, unless the mistake honestly is one of several
    items. The *edits* are in the files from the first commit that has them; what is wrong with the repository itself is done by
    *after*, to the finished checkout.
    """

    name: str
    items: tuple[str, ...]
    says: str
    edits: tuple[Change, ...] = ()
    after: t.Callable[[Path], None] | None = None
