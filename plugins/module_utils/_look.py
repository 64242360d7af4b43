# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run looks side by side under one deadline, and turn what goes wrong into data.

This is a private part of the collection; nothing outside it may import it.

An observation is a list of subjects. A subject is a dictionary with at least

``subject``  the name of the thing looked at;
``error``    None, or ``{"reason", "message"}`` when nothing of it was seen;
``unseen``   ``{key: {"reason", "message"}}`` for the keys that a partial look could not fill.
"""

from __future__ import annotations

import threading
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

Subject = t.Dict[str, t.Any]
Observation = t.List[Subject]
Look = t.Callable[[], t.Dict[str, t.Any]]
Observe = t.Callable[[t.Dict[str, t.Any], Deadline], Observation]


class Part:
    """Collects the keys of a partial look: what was seen, and why the rest was not."""

    def __init__(self) -> None:
        self.seen: dict[str, t.Any] = {}
        self.unseen: dict[str, dict[str, str]] = {}

    def look(self, key: str, see: t.Callable[[], t.Any], attempt: str) -> None:
        """Fill *key* with what *see* returns, or note why it could not."""
        try:
            self.seen[key] = see()
        except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
            self.miss(key, look_error(exc, attempt))

    def miss(self, key: str, error: LookError) -> None:
        """Note that *key* was not seen."""
        self.seen[key] = None
        self.unseen[key] = error.to_dict()

    def to_dict(self) -> dict[str, t.Any]:
        return {**self.seen, "unseen": self.unseen}


def subject(name: str, seen: dict[str, t.Any]) -> Subject:
    """Make the subject *name* of what a look has *seen*."""
    return {"unseen": {}, **seen, "subject": name, "error": None}


def unseen_subject(name: str, error: LookError) -> Subject:
    """Make the subject *name* of which nothing was seen."""
    return {"subject": name, "error": error.to_dict(), "unseen": {}}


def look_at_all(looks: t.Iterable[tuple[str, Look]], deadline: Deadline) -> Observation:
    """Run every (name, look) in a thread of its own; whatever has not come back at the deadline is a timeout.

    The order of the result is that of *looks*. A thread that hangs is abandoned: it is a daemon.
    """
    found: dict[int, Subject] = {}
    names: list[str] = []
    threads: list[threading.Thread] = []
    for number, (name, look) in enumerate(looks):
        names.append(name)
        threads.append(threading.Thread(target=_run, args=(found, number, name, look), daemon=True))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(deadline.left())
    late = LookError(Reason.TIMEOUT, f"Nothing came back within the budget of {deadline.seconds:g} s")
    return [found.get(number) or unseen_subject(name, late) for number, name in enumerate(names)]


def _run(found: dict[int, Subject], number: int, name: str, look: Look) -> None:
    try:
        found[number] = subject(name, look())
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        found[number] = unseen_subject(name, look_error(exc, f"look at {name}"))
