# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The history of the sandbox's repository as one stream for ``git fast-import``: no clock, no user, hence the same ids."""

from __future__ import annotations

import datetime as dt
import fnmatch
import typing as t
from dataclasses import dataclass

import yaml

from sandbox._edits import Change, in_files
from sandbox._profile import Profile
from sandbox.components import _repository_files as content

TAG = "v1.0.0"
BRANCH = "refs/heads/main"


@dataclass(frozen=True)
class Commit:
    """One commit: who made it when, and what it writes and drops."""

    who: str
    seconds: int  # since the epoch
    says: str
    writes: t.Mapping[str, bytes]
    drops: t.Sequence[str] = ()


def commits(profile: Profile, leak: bool, changes: t.Iterable[Change] = ()) -> list[Commit]:
    """Return the history of *profile*, with or without the keys that were committed and removed again.

    *changes* are done to the files before, so that each stands in the history from the first commit of its file.
    """
    plan = yaml.safe_load(content.HISTORY.read_text(encoding="utf-8"))
    left = content.files(profile)
    for change in changes:
        in_files(left, change)
    made: list[Commit] = []
    for number, step in enumerate(plan["commits"]):
        if step.get("only") == "leak" and not leak:
            continue
        when = plan["begins"] + number * dt.timedelta(hours=plan["hours_between"])
        writes = _writes(step, left)
        made.append(
            Commit(plan["people"][step["who"]], int(when.timestamp()), step["says"], writes, step.get("drops", ()))
        )
    return made


def after_release(made: t.Sequence[Commit]) -> tuple[str, Commit]:
    """Return what was committed after the release, the last of *made*, and the ref of its branch."""
    plan = yaml.safe_load(content.HISTORY.read_text(encoding="utf-8"))
    step = plan["after_release"]
    seconds = made[-1].seconds + plan["hours_between"] * 3600
    return step["branch"], Commit(plan["people"][step["who"]], seconds, step["says"], _writes(step, {}))


def stream(made: t.Sequence[Commit], tagged: bool) -> bytes:
    """Return the stream of *made*; with *tagged*, the last commit is the release, and something follows on another branch."""
    parts = [part for number, commit in enumerate(made, start=1) for part in _commit(commit, BRANCH, number)]
    if tagged:
        last, release = made[-1], len(made)
        head = f"tag {TAG}\nfrom :{release}\ntagger {last.who} {last.seconds} +0000\n"
        parts.append(head.encode() + _data(f"CryptoFunk {TAG}\n".encode()))
        branch, later = after_release(made)
        parts += _commit(later, branch, release + 1, parent=release)
    return b"".join([*parts, b"done\n"])


def _commit(commit: Commit, branch: str, mark: int, parent: int | None = None) -> t.Iterator[bytes]:
    who = f"{commit.who} {commit.seconds} +0000"
    yield f"commit {branch}\nmark :{mark}\nauthor {who}\ncommitter {who}\n".encode()
    yield _data(f"{commit.says}\n".encode())
    yield f"from :{parent}\n".encode() if parent else b""
    for path in commit.drops:
        yield f"D {path}\n".encode()
    for path, text in commit.writes.items():
        yield f"M {_mode(path)} inline {path}\n".encode() + _data(text)


def _writes(step: t.Mapping[str, t.Any], left: dict[str, bytes]) -> dict[str, bytes]:
    """Return what *step* writes, and take what it adds for good out of *left*."""
    writes = {path: _first_third(left[path]) for path in _matching(step.get("drafts", ()), left)}
    writes.update({path: content.filled(text) for path, text in step.get("makes", {}).items()})
    writes.update({path: content.program(path) for path in step.get("binary", ())})
    writes.update({path: left.pop(path) for path in _matching(step.get("adds", ()), left)})
    return writes


def _matching(patterns: t.Iterable[str], paths: t.Iterable[str]) -> list[str]:
    wanted = list(patterns)
    return [path for path in paths if any(fnmatch.fnmatchcase(path, pattern) for pattern in wanted)]


def _first_third(text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    return b"".join(lines[: max(1, len(lines) // 3)])


def _mode(path: str) -> str:
    return "100755" if path.endswith(".sh") else "100644"


def _data(text: bytes) -> bytes:
    return b"data %d\n" % len(text) + text + b"\n"
