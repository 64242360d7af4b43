# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a load test's raw samples say. Pure. This is a private part of the collection."""

from __future__ import annotations

import math
import typing as t


def percentile(ordered: t.Sequence[float], share: float) -> float:
    """Return the smallest sample that at least *share* of all samples do not exceed; *ordered* is not empty."""
    return ordered[max(1, math.ceil(share * len(ordered))) - 1]


def most_at_once(spans: t.Iterable[tuple[float, float]]) -> int:
    """Return how many of the (begin, end) *spans* overlapped at the busiest moment."""
    moments = sorted(moment for begin, end in spans for moment in ((begin, 1), (end, -1)))
    running = most = 0
    for dummy, change in moments:
        running += change
        most = max(most, running)
    return most
