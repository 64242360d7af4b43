# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Start processes that outlive this one, and end exactly those.

A pid alone may have been given to a stranger since it was noted. So the file ``run/<name>`` holds the pid and the
moment at which the kernel started it; a process with another moment is somebody else's.
"""

from __future__ import annotations

import os
import subprocess
import time
import typing as t
from pathlib import Path
from signal import Signals

from sandbox._errors import SandboxError
from sandbox._users import as_user

_STATE, _STARTED = 0, 19  # positions in /proc/<pid>/stat behind the command's closing bracket


class Processes:
    """The processes of one running profile, by name."""

    def __init__(self, run: Path, logs: Path) -> None:
        self._run = run
        self._logs = logs

    def start(
        self,
        name: str,
        command: t.Sequence[str | Path],
        user: str | None = None,
        env: t.Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Start *command* in the background as *user*; do nothing when *name* runs already."""
        if self.alive(name):
            return
        argv = [*as_user(user), *map(str, command)]
        with self.log(name).open("ab") as log:
            process = subprocess.Popen(  # pylint: disable=consider-using-with  # it shall outlive us
                argv,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=folder or "/",
                env=environment(env),
                start_new_session=True,
            )
        (self._run / name).write_text(f"{process.pid} {_started(process.pid)}\n", encoding="ascii")
        process.returncode = 0  # nobody waits for it here: no ResourceWarning when the object goes

    def pid(self, name: str) -> int | None:
        """Return the pid of *name* while that very process lives."""
        try:
            pid, started = (self._run / name).read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return None
        return int(pid) if _started(int(pid)) == started else None

    def alive(self, name: str) -> bool:
        return self.pid(name) is not None

    def names(self) -> list[str]:
        """Return the names of all processes that were started and not stopped."""
        return sorted(file.name for file in self._run.iterdir())

    def log(self, name: str) -> Path:
        return self._logs / f"{name}.log"

    def send(self, name: str, number: Signals) -> None:
        """Send a signal to *name*; it has to live."""
        pid = self.pid(name)
        if pid is None:
            raise SandboxError(f"{name} does not run")
        os.kill(pid, number)

    def stop(self, name: str, by: Signals = Signals.SIGTERM, within: float = 10.0) -> None:
        """End *name* with the signal *by*, and with SIGKILL when it has not gone after *within* seconds."""
        for number in (by, Signals.SIGKILL):
            pid = self.pid(name)
            if pid is None:
                break
            os.kill(pid, number)
            self._await_end(name, within)
        (self._run / name).unlink(missing_ok=True)

    def wait(self, name: str, ready: t.Callable[[], bool], within: float = 60.0) -> None:
        """Return when *name* is *ready*; raise SandboxError with the end of its log when it dies or takes too long."""
        end = time.monotonic() + within
        while not ready():
            if not self.alive(name):
                raise SandboxError(f"{name} ended while it started: {self._last_words(name)}")
            if time.monotonic() > end:
                raise SandboxError(f"{name} was not ready within {within:g} s: {self._last_words(name)}")
            time.sleep(0.03)

    def _await_end(self, name: str, within: float) -> None:
        end = time.monotonic() + within
        while self.alive(name) and time.monotonic() < end:
            time.sleep(0.02)

    def _last_words(self, name: str) -> str:
        lines = self.log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return " | ".join(lines[-5:]) or "it said nothing"


def environment(more: t.Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the small environment that every process of the sandbox gets: none of the caller's secrets."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": f"{path}:/usr/sbin:/sbin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "HOME": "/nonexistent", **(more or {})}


def _started(pid: int) -> str | None:
    """Return the kernel's start time of *pid*, or None when it is gone or only a zombie of ours."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    if fields[_STATE] in "ZX":
        _reap(pid)
        return None
    return fields[_STARTED]


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except OSError:  # not our child: whoever inherited it reaps it
        return
