# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a git repository without trusting it: no hook, filter, helper, replacement or network access of it is used.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import os
import typing as t
from dataclasses import dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import Process, run

# Settings of the scanned repository that would run a program, follow a pointer to elsewhere or write into it.
_SAFE = (
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "log.showSignature=false",
    "gc.auto=0",
    "safe.directory=*",
)


def environment(path: str) -> dict[str, str]:
    """The whole environment of git for the repository at *path*: nothing of the caller's but PATH."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_CEILING_DIRECTORIES": str(Path(os.path.realpath(path)).parent),
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": "/nonexistent",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
    }


@dataclass(frozen=True)
class Repository:
    """An opened repository: where it is, and what kind."""

    path: str
    is_bare: bool
    is_shallow: bool
    deadline: Deadline

    def argv(self, *words: str) -> list[str]:
        settings = [word for setting in _SAFE for word in ("-c", setting)]
        return ["git", "-C", self.path, *settings, *words]

    def start(self, *words: str) -> Process:
        return Process(self.argv(*words), environment(self.path), self.deadline)

    def ask(self, *words: str) -> bytes:
        """Return what git prints, or raise LookError when it did not succeed."""
        output, process = run(self.argv(*words), environment(self.path), self.deadline)
        need_complete(process, f"git {words[0]}")
        return output


def need_complete(process: Process, name: str) -> None:
    """Raise LookError unless *process* ended in time and with success."""
    if process.timed_out:
        raise LookError(Reason.TIMEOUT, f"The budget was used up by {name}")
    if not process.complete:
        raise LookError(Reason.MALFORMED, f"{name} stopped early: {first_line(process.complaint)}")


def first_line(complaint: str) -> str:
    """The first line of what a program wrote to standard error."""
    lines = [line.strip() for line in complaint.splitlines() if line.strip()]
    return lines[0][:200] if lines else "it gave no reason"


def open_repository(path: str, deadline: Deadline) -> Repository:
    """Return the repository whose top folder is *path*."""
    if not Path(path).is_dir():
        raise LookError(Reason.NO_DATA, f"There is no folder {path}")
    probe = Repository(os.path.realpath(path), False, False, deadline)
    try:
        answer = probe.ask("rev-parse", "--is-bare-repository", "--is-shallow-repository", "--is-inside-work-tree")
    except LookError as exc:
        if exc.reason is Reason.MALFORMED:
            raise LookError(Reason.NO_DATA, f"{path} is not the top folder of a git repository: {exc.message}") from exc
        raise
    bare, shallow, inside = (word == "true" for word in answer.decode().split())
    return Repository(probe.path, bare or not inside, shallow, deadline)


def show(name: bytes) -> str:
    """A file name as text that every report can hold."""
    return name.decode("utf-8", "backslashreplace")


def split(output: bytes) -> t.Iterator[bytes]:
    """The parts of an output that ends each with a zero byte."""
    return (part for part in output.split(b"\0") if part)
