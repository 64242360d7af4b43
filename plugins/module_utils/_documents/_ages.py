# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far documents lag behind what they describe, by one walk through the history. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._links import MARKDOWN
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    need_complete,
    show,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._globs import as_regex

_HEADER = re.compile(rb"\n?\x01([0-9a-f]{40,64}) (\d+) ([0-9a-f ]*)\n?")
_CHUNK = 1 << 16
_DAY = 86400


@dataclass(frozen=True)
class Change:
    """A commit that touched a file."""

    commit: str
    seconds: int
    path: str

    def __str__(self) -> str:
        return f"{self.commit[:12]} {self.path}"


@dataclass
class Age:
    """The last commit of a document, and the later ones of what it describes."""

    document: str
    describes: t.Tuple[str, ...]
    last: Change | None = None
    is_cut: bool = False  # the history ends at the commit in which the document was found
    later: int = 0
    newest: Change | None = None

    def days_behind(self) -> int:
        return 0 if not self.last or not self.newest else max(0, (self.newest.seconds - self.last.seconds) // _DAY)


def walk(repository: Repository, ages: t.Sequence[Age]) -> None:
    """Fill in *ages*, from the newest commit back to the one that touched the last of the documents."""
    documents = {age.document for age in ages}
    globs = {glob for age in ages for glob in age.describes}
    specs = [f":(top,literal){name}" for name in sorted(documents)] + [f":(top,glob){glob}" for glob in sorted(globs)]
    words = ("log", "--format=%x01%H %ct %P", "--name-only", "-z", "--no-renames", "HEAD", "--", *specs)
    with repository.start(*words) as process:
        process.feed(())
        ended = _read(process.output, list(ages), repository.is_shallow)
    if ended:
        need_complete(process, "git log")


def _read(stream: t.IO[bytes], open_ages: list[Age], is_shallow: bool) -> bool:
    """Read until every document was met, and tell whether the history ended before that."""
    header: tuple[str, int, bool] | None = None
    seen: list[str] = []
    for part in _parts(stream):
        match = _HEADER.match(part)
        if not match:
            seen.append(show(part.lstrip(b"\n")))
            continue
        if header:
            open_ages = _take(header, seen, open_ages)
            if not open_ages:
                return False
        header = (match.group(1).decode(), int(match.group(2)), is_shallow and not match.group(3).strip())
        first = part[match.end() :]
        seen = [show(first)] if first else []
    if header:
        _take(header, seen, open_ages)
    return True


def _take(header: tuple[str, int, bool], paths: list[str], ages: list[Age]) -> list[Age]:
    """Note one commit, and return the documents that it did not touch: older commits matter to these alone."""
    commit, seconds, is_cut = header
    still_open: list[Age] = []
    touched = set(paths)
    for age in ages:
        if age.document in touched:
            age.last, age.is_cut = Change(commit, seconds, age.document), is_cut
            continue
        still_open.append(age)
        path = next((path for path in paths if _is_described(path, age)), None)
        if path is not None:
            age.later += 1
            age.newest = age.newest if age.newest and age.newest.seconds >= seconds else Change(commit, seconds, path)
    return still_open


def _is_described(path: str, age: Age) -> bool:
    """Other documents among the described files do not count."""
    return not path.lower().endswith(MARKDOWN) and any(as_regex(glob).fullmatch(path) for glob in age.describes)


def _parts(stream: t.IO[bytes]) -> t.Iterator[bytes]:
    rest = b""
    while True:
        chunk = stream.read(_CHUNK)
        if not chunk:
            break
        *parts, rest = (rest + chunk).split(b"\0")
        yield from (part for part in parts if part.strip(b"\n"))
    if rest.strip(b"\n"):
        yield rest


def why_unknown(age: Age, tracked: t.AbstractSet[str]) -> LookError | None:
    """Say why the lag of a document is not known, or None."""
    for glob in age.describes:
        if not any(as_regex(glob).fullmatch(name) for name in tracked):
            return LookError(Reason.NO_DATA, f"{age.document} is said to describe {glob}, and no file is called so")
    if age.last is None:
        return LookError(Reason.NO_DATA, f"{age.document} was never committed")
    if age.is_cut:
        return LookError(
            Reason.TOO_LITTLE_DATA, f"The clone is shallow: it does not reach the last change of {age.document}"
        )
    return None
