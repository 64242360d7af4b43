# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run one program to its end or to its deadline, and keep the end of what it writes. This is a private part of the collection.

The program gets a session of its own. Whatever it started in it is killed when the program has ended or its time is up.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

_CHUNK = 65536
_BY_SIGNAL = 128  # as shells say it
_SLICE = 0.1  # seconds between two looks whether the program has ended although its outputs are still open
_AFTER_END = 0.2  # seconds in which what an ended program has written is still read
_AFTER_TERM = 0.3  # seconds that it gets between SIGTERM and SIGKILL


class Tail:
    """Keeps the last *most* bytes of a stream."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept = b""
        self.total = 0

    def add(self, chunk: bytes) -> None:
        self.total += len(chunk)
        self._kept = (self._kept + chunk)[-self._most :]

    @property
    def kept(self) -> bytes:
        """What was kept, whole if it is not cut."""
        return self._kept

    @property
    def is_cut(self) -> bool:
        return self.total > self._most

    def whole_lines(self) -> bytes:
        """Return what was kept, without the rest of a line whose beginning was not: half a secret cannot be recognised."""
        return self._kept.partition(b"\n")[2] if self.is_cut else self._kept


@dataclass(frozen=True)
class Ended:
    """How a program ended. Killed by a signal, its *exit_code* is 128 and the signal's number; killed by us, it has none."""

    exit_code: int | None
    signal_name: str | None
    timed_out: bool
    seconds: float
    stdout: Tail
    stderr: Tail


def run(argv: t.Sequence[str], chdir: str | None, env: t.Mapping[str, str], seconds: float, most: int) -> Ended:
    """Run *argv* for at most *seconds* and return how it ended; each output is kept up to *most* bytes."""
    began = time.monotonic()
    process = _start(argv, chdir, env)
    outputs = Tail(most), Tail(most)
    try:
        timed_out = not _read(process, outputs, began + seconds)
        if timed_out:
            _end_softly(process)
    finally:
        _kill_group(process)
        code = process.wait()
        for stream in (process.stdout, process.stderr):
            t.cast("t.IO[bytes]", stream).close()
    signal_name = _name(-code) if code < 0 else None
    exit_code = None if timed_out else code if code >= 0 else _BY_SIGNAL - code
    return Ended(exit_code, signal_name, timed_out, time.monotonic() - began, *outputs)


def _start(argv: t.Sequence[str], chdir: str | None, env: t.Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # pylint: disable=consider-using-with  # it is closed in every case, in run()
            list(argv),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=chdir,
            env=dict(env),
            start_new_session=True,
        )
    except (FileNotFoundError, NotADirectoryError) as exc:
        missing = chdir if chdir and exc.filename == chdir else argv[0]
        raise LookError(Reason.NO_DATA, f"There is no {missing} to run") from exc
    except OSError as exc:
        raise _cannot_start(exc, argv[0]) from exc
    except ValueError as exc:
        raise LookError(Reason.MALFORMED, "The command or its environment holds a zero byte") from exc


def _cannot_start(exc: OSError, program: str) -> LookError:
    if isinstance(exc, PermissionError):
        return LookError(Reason.UNAUTHORISED, f"{program} may not be run by this user, or is no program")
    if exc.strerror == os.strerror(8):  # ENOEXEC: it is a program of another machine, or none
        return LookError(Reason.UNSUPPORTED, f"{program} is no program for this machine")
    return look_error(exc, f"run {program}")


def _read(process: subprocess.Popen[bytes], outputs: tuple[Tail, Tail], deadline: float) -> bool:
    """Read both outputs until the program has ended; return whether it did before the *deadline*."""
    with selectors.DefaultSelector() as selector:
        for stream, tail in zip((process.stdout, process.stderr), outputs):
            selector.register(t.cast("t.IO[bytes]", stream), selectors.EVENT_READ, tail)
        stop = deadline
        while time.monotonic() < stop:
            if process.poll() is not None and stop == deadline:
                stop = min(deadline, time.monotonic() + _AFTER_END)
            if not selector.get_map():
                return _ends_by(process, deadline)
            _drain(selector, min(_SLICE, max(0.0, stop - time.monotonic())))
    return process.poll() is not None


def _drain(selector: selectors.BaseSelector, seconds: float) -> None:
    for key, dummy in selector.select(seconds):
        chunk = os.read(key.fd, _CHUNK)
        if chunk:
            key.data.add(chunk)
        else:
            selector.unregister(key.fileobj)


def _ends_by(process: subprocess.Popen[bytes], deadline: float) -> bool:
    try:
        process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        return False
    return True


def _end_softly(process: subprocess.Popen[bytes]) -> None:
    _signal_group(process, signal.SIGTERM)
    _ends_by(process, time.monotonic() + _AFTER_TERM)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    _signal_group(process, signal.SIGKILL)


def _signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left in it


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
