# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a reader makes of a file: facts of one kind, under the keys of the observation.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field
from datetime import datetime

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import short
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

# The keys of an observation that each kind of artifact fills.
KEYS: dict[str, tuple[str, ...]] = {
    "tests": ("tests",),
    "coverage": ("coverage",),
    "findings": ("findings", "severe_findings", "image"),
    "load": (
        "load",
        "concurrency",
        "concurrency_from",
        "p95_ms",
        "p95_from",
        "error_ratio",
        "shed_ratio",
        "fault_ratio",
    ),
    "dependencies": ("dependencies",),
}
MOST_NAMES = 20  # failures, findings and outdated modules that are shown by name; the counts are of all

_RATIO_PARTS = 10_000


@dataclass(frozen=True)
class Reading:
    """The facts of one file, and when and of which commit the file says that it was made."""

    kind: str
    facts: dict[str, t.Any]
    unseen: dict[str, LookError] = field(default_factory=dict)
    produced: datetime | None = None
    commit: str | None = None


def coverage(covered: int, total: int) -> dict[str, t.Any]:
    """Return a coverage; its ratio is rounded down, so that 79.999 % is not 80 %."""
    return {"covered": covered, "total": total, "ratio": covered * _RATIO_PARTS // total / _RATIO_PARTS}


def shown(names: t.Iterable[str]) -> list[str]:
    """Return the first of *names*, each fit for a report."""
    return [short(name) for name, dummy in zip(names, range(MOST_NAMES))]
