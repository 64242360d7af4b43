# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run many small jobs in a few threads, under one deadline.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import queue
import threading
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

T = t.TypeVar("T")


def run_all(jobs: t.Sequence[t.Callable[[], T]], most: int, deadline: Deadline) -> list[T | LookError]:
    """Return what each job gave, or why it gave nothing, in the order of *jobs*; *most* run at a time.

    The threads are daemons: one that hangs is abandoned at the deadline, and holds up nobody's exit.
    """
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(len(jobs)):
        waiting.put(number)
    found: dict[int, T | LookError] = {}

    def work() -> None:
        while deadline.left() > 0:
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            found[number] = _outcome(jobs[number])

    threads = [threading.Thread(target=work, daemon=True) for dummy in range(min(most, len(jobs)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(deadline.left())
    late = LookError(Reason.TIMEOUT, f"The budget of {deadline.seconds:g} s is used up")
    return [found.get(number, late) for number in range(len(jobs))]


def _outcome(job: t.Callable[[], T]) -> T | LookError:
    try:
        return job()
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return look_error(exc, "finish the look")
