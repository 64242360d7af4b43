# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a program with a bounded time, a known environment and no way to outlive its budget.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

_LONGEST_COMPLAINT = 4000


class Process:
    """A program whose output is read while it runs. Its whole process group is killed at the deadline and on leaving.

    What it writes to standard error is kept (bounded) in ``complaint``; after leaving, ``complete`` tells whether it ended by
    itself, in time and with success.
    """

    def __init__(self, argv: t.Sequence[str], env: dict[str, str], deadline: Deadline, cwd: str = "/") -> None:
        self.name = Path(argv[0]).name
        self.timed_out = False
        self.complaint = ""
        self.complete = False
        try:
            self._popen = subprocess.Popen(
                argv,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        except OSError as exc:
            raise look_error(exc, f"start {self.name}") from exc
        self._timer = threading.Timer(deadline.step(), self._give_up)
        self._timer.daemon = True
        self._listener = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Process:
        self._timer.start()
        self._listener.start()
        return self

    def __exit__(self, *dummy: t.Any) -> None:
        ended = self._ended_by_itself()
        self._timer.cancel()
        self._kill()
        self._popen.wait()
        self._listener.join(1)
        for stream in (self._popen.stdin, self.output):
            try:
                if stream:
                    stream.close()
            except OSError:
                continue  # the reader is gone: what was not written does not matter any more
        self.complete = ended and not self.timed_out and self._popen.returncode == 0

    @property
    def output(self) -> t.IO[bytes]:
        return t.cast("t.IO[bytes]", self._popen.stdout)

    def feed(self, chunks: t.Iterable[bytes]) -> None:
        """Write *chunks* to the program in the background and close its input."""
        threading.Thread(target=self._feed, args=(chunks,), daemon=True).start()

    def _feed(self, chunks: t.Iterable[bytes]) -> None:
        pipe = t.cast("t.IO[bytes]", self._popen.stdin)
        try:
            for chunk in chunks:
                pipe.write(chunk)
            pipe.close()
        except (OSError, ValueError):
            return  # the program is gone, which its exit status tells

    def _listen(self) -> None:
        stream = t.cast("t.IO[bytes]", self._popen.stderr)
        for line in stream:
            if len(self.complaint) < _LONGEST_COMPLAINT:
                self.complaint += line[:500].decode("utf-8", "replace")
        stream.close()

    def _ended_by_itself(self) -> bool:
        """Wait shortly for a program that has closed its output; one that is still writing is about to be killed."""
        try:
            self._popen.wait(0.5)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _give_up(self) -> None:
        self.timed_out = True
        self._kill()

    def _kill(self) -> None:
        if self._popen.poll() is not None:
            return
        try:
            os.killpg(self._popen.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            return  # it ended in between


def run(argv: t.Sequence[str], env: dict[str, str], deadline: Deadline, most: int = 64 << 20) -> tuple[bytes, Process]:
    """Run a program to its end and return its output (at most *most* bytes) and the process."""
    with Process(argv, env, deadline) as process:
        process.feed(())
        output = process.output.read(most)
        if process.output.read(1):
            raise LookError(Reason.UNSUPPORTED, f"{process.name} printed more than {most} bytes")
    return output, process
