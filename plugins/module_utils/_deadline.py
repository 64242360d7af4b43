# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One time budget for a whole probe, and for each step of it.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason


class Deadline:
    """A point in monotonic time that is *seconds* away."""

    def __init__(self, seconds: float, clock: t.Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._end = clock() + seconds

    def left(self) -> float:
        """Seconds that are left, never below zero."""
        return max(0.0, self._end - self._clock())

    def step(self, most: float | None = None) -> float:
        """Return the timeout in seconds for the next step, at most *most*; raise LookError when none is left."""
        left = self.left()
        if left <= 0:
            raise LookError(Reason.TIMEOUT, f"The budget of {self.seconds:g} s is used up")
        return left if most is None else min(left, most)
