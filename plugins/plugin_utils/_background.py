# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Looks that go on while the next tasks of a run are done.

A task that says ``poll: 0`` gets a promise in the place of an observation, and whoever judges it waits for the result. The process
that looks holds a lock until it ends, so that its death is seen at once, whatever it died of. This is a private part of the
collection.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import threading
import time
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils import _seen
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._seen import Result

_PROMISE = "looking"
_AT_MOST = 4  # looks at a time, however many processors there are: each holds what it reads in memory
_WATCH = 1.0  # seconds between two looks whether the run still lives
_ENDED = (
    "The look was begun in the background and ended without a result: it was stopped, or its result could not be kept"
)
_NO_RUN = "The look goes on in the background of a run: judge it with the run_path of that run"


def begin(kept: Path, look: t.Callable[[], Result], seconds: int) -> Result:
    """Begin a *look* of at most so many *seconds* in a process of its own, and return the promise of what is to be *kept*.

    When enough looks are under way in the background, or no process is to be had, it is made here, and its result returned.
    """
    with contextlib.ExitStack() as held:
        try:
            kept.parent.mkdir(mode=0o700, exist_ok=True)
            places = range(min(os.cpu_count() or 1, _AT_MOST))
            free = any(_take(kept.with_name(f"place-{number}"), held) for number in places)
            if kept.exists() or not free:
                return _seen.look_once(kept, look)
            if _take(_seen.lock_of(kept), held):
                _begin_process(lambda: _seen.keep(kept, look()), seconds)
        except OSError:
            return look()
    return {_PROMISE: kept.name}


def redeem(result: t.Mapping[str, t.Any], run_path: Path | None) -> t.Mapping[str, t.Any]:
    """Return a registered *result*, and for a promise in it what was seen, as soon as the look has ended."""
    if "results" in result:
        return {**result, "results": [redeem(one, run_path) for one in result["results"]]}
    if _PROMISE not in result:
        return result
    if run_path is None:
        return {"failed": True, "msg": _NO_RUN}
    try:
        return _seen.read(_seen.folder_of(run_path) / result[_PROMISE])
    except (OSError, ValueError):
        return {"failed": True, "msg": _ENDED}


def _take(lock: Path, held: contextlib.ExitStack) -> bool:
    """Lock a file until *held* is left and the process that is begun in it has ended; return whether it was free."""
    stream = lock.open("ab")
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return False
    held.enter_context(stream)
    return True


def _begin_process(work: t.Callable[[], None], seconds: int) -> None:
    """Begin a process that does the *work* and ends, whatever happens: nothing above this may run in it."""
    run = os.getppid()  # this is a worker of Ansible, which ends long before the run
    if os.fork():
        return
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        signal.alarm(seconds)
        threading.Thread(target=_end_with, args=(run,), daemon=True).start()
        work()
    finally:
        os._exit(0)  # pylint: disable=protected-access


def _end_with(run: int) -> None:
    """End this process when the process of the run is gone."""
    while True:
        time.sleep(_WATCH)
        try:
            os.kill(run, 0)
        except ProcessLookupError:
            os._exit(1)  # pylint: disable=protected-access
