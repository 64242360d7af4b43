# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is said about an artifact elsewhere than in it: by the inventory, or by a file ``<artifact>.meta.json`` that CI wrote.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

SIDECAR = ".meta.json"


@dataclass(frozen=True)
class Said:
    """The statements, and by what they are made; None where nothing is said.

    ``command`` is the command line that made the artifact. ``concurrency`` and ``requests`` are those of a load test whose tool
    does not write them down.
    """

    by: str = "sidecar"
    commit: str | None = None
    produced: datetime | None = None
    sha256: str | None = None
    command: str | None = None
    concurrency: int | None = None
    requests: int | None = None

    def over(self, other: Said) -> Said:
        """Return these statements, completed by those of *other*."""
        return replace(other, **{name: value for name, value in vars(self).items() if value is not None})
