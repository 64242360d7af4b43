# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every object that a git repository still reaches: which there are, what is in them, where they stood.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository, need_complete

# Every branch, tag, note and stash, HEAD of every work tree, and what is staged.
_EVERYTHING = ("--all", "--indexed-objects")
_BINARY_SAMPLE = 8000


@dataclass
class Listing:
    """The objects of a repository."""

    hints: dict[str, bytes] = field(default_factory=dict)  # object id -> one path that it had, b"" when it has none
    missing: list[str] = field(default_factory=list)
    stashes: list[str] = field(default_factory=list)  # commits that only the log of the stash reference names
    problems: list[LookError] = field(default_factory=list)


def list_objects(repository: Repository) -> Listing:
    """List every reachable object once; what is absent from a partial clone is listed as missing."""
    listing = Listing()
    listing.stashes = _older_stashes(repository, listing)
    with repository.start("rev-list", "--objects", "--missing=print", *_EVERYTHING, "--stdin") as process:
        process.feed(f"{stash}\n".encode() for stash in listing.stashes)
        for line in process.output:
            name, dummy, path = line.rstrip(b"\n").partition(b" ")
            if name.startswith(b"?"):
                listing.missing.append(name[1:].decode())
            else:
                listing.hints[name.decode()] = path
    try:
        need_complete(process, "git rev-list")
    except LookError as exc:
        listing.problems.append(exc)
    return listing


def _older_stashes(repository: Repository, listing: Listing) -> list[str]:
    """All stashes but the newest stand in the log of the stash reference only."""
    try:
        if not repository.ask("for-each-ref", "--count=1", "refs/stash"):
            return []
        return repository.ask("log", "-g", "--format=%H", "refs/stash", "--").decode().split()
    except LookError as exc:
        listing.problems.append(exc)
        return []


def sizes(repository: Repository, names: t.Iterable[str]) -> dict[str, tuple[str, int]]:
    """Return the type and the size of each object; one that cannot be read is left out."""
    found: dict[str, tuple[str, int]] = {}
    with repository.start("cat-file", "--batch-check", "--buffer") as process:
        process.feed(f"{name}\n".encode() for name in names)
        for line in process.output:
            words = line.decode("utf-8", "replace").split()
            if len(words) == 3 and words[2].isdigit():
                found[words[0]] = (words[1], int(words[2]))
    need_complete(process, "git cat-file")
    return found


def contents(repository: Repository, names: t.Iterable[str]) -> t.Iterator[tuple[str, bytes]]:
    """Yield the content of each object, in the order of *names*; raise LookError when git stops early."""
    with repository.start("cat-file", "--batch", "--buffer") as process:
        process.feed(f"{name}\n".encode() for name in names)
        while True:
            header = process.output.readline().decode("utf-8", "replace").split()
            if len(header) != 3 or not header[2].isdigit():
                if header:
                    continue  # an object that vanished or is damaged: the caller misses it
                break
            size = int(header[2])
            content = process.output.read(size + 1)
            if len(content) == size + 1:
                yield header[0], content[:-1]
    need_complete(process, "git cat-file")


def begins_binary(repository: Repository, name: str) -> bool:
    """Tell whether a large object is binary, by its first bytes alone."""
    with repository.start("cat-file", "blob", name) as process:
        return b"\0" in process.output.read(_BINARY_SAMPLE)


def sightings(
    repository: Repository, wanted: set[str], stashes: t.Sequence[str]
) -> dict[str, dict[bytes, tuple[int, str]]]:
    """Return for each wanted object its paths, and for each path the first commit that put it there with that one's age.

    An age is a number that is larger for an older commit.
    """
    found: dict[str, dict[bytes, tuple[int, str]]] = {}
    words = (
        "--raw",
        "-z",
        "--no-abbrev",
        "--no-renames",
        "-m",
        "--root",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
    )
    with repository.start("log", "--all", *words, "--format=tformat:%H", "--stdin") as process:
        process.feed(f"{stash}\n".encode() for stash in stashes)
        for age, (commit, name, path) in enumerate(_raw_entries(_parts(process.output))):
            if name in wanted:
                found.setdefault(name, {})[path] = (age, commit)  # newest first, so that the oldest commit stays
    need_complete(process, "git log")
    return found


def _parts(stream: t.IO[bytes]) -> t.Iterator[bytes]:
    rest = b""
    while True:
        block = stream.read(1 << 16)
        if not block:
            return
        *parts, rest = (rest + block).split(b"\0")
        yield from parts


def _raw_entries(parts: t.Iterator[bytes]) -> t.Iterator[tuple[str, str, bytes]]:
    """Yield (commit, object id, path) of ``git log --raw -z``."""
    commit = ""
    for part in parts:
        words = part.strip(b"\n").split(b" ")
        if part.lstrip(b"\n").startswith(b":") and len(words) == 5:
            path = next(parts, b"")
            yield commit, words[3].decode(), path
        elif part.strip():
            commit = part.strip().decode("ascii", "replace")
