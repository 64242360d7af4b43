# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The files of a work tree, as git sees them. This is a private part of the collection."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository, show, split


@dataclass
class WorkTree:
    """Which files there are, by what git does with them."""

    tracked: dict[bytes, str] = field(default_factory=dict)  # path -> object id
    untracked: list[bytes] = field(default_factory=list)
    ignored: list[bytes] = field(default_factory=list)
    submodules: list[str] = field(default_factory=list)


def list_files(repository: Repository) -> WorkTree:
    """List the files of the work tree; of a bare repository, those of HEAD."""
    tree = WorkTree()
    index = (
        ("ls-tree", "-r", "-z", "--full-tree", "HEAD")
        if repository.is_bare
        else ("ls-files", "-z", "--cached", "--stage")
    )
    for part in split(repository.ask(*index)):
        meta, dummy, path = part.partition(b"\t")
        words = meta.decode("ascii", "replace").split()
        if words[0] == "160000":
            tree.submodules.append(show(path))
        else:
            tree.tracked[path] = words[2] if repository.is_bare else words[1]
    if repository.is_bare:
        return tree
    others = ("ls-files", "-z", "--others", "--exclude-standard")
    tree.untracked = list(split(repository.ask(*others)))
    # An ignored folder is collapsed to one name with a slash and left alone: dependencies, caches, build output.
    tree.ignored = [
        path for path in split(repository.ask(*others, "--ignored", "--directory")) if not path.endswith(b"/")
    ]
    return tree


def read_file(repository: Repository, path: bytes, most: int) -> bytes | None:
    """Return the content of a file of the work tree, or None when there is no regular file within the tree.

    Raise LookError when it is there and cannot be read whole.
    """
    full = Path(repository.path, os.fsdecode(path))
    if os.path.realpath(full.parent) != str(full.parent):
        return None  # below a link: git does not follow it either
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as exc:
        if full.is_symlink() or not full.exists():
            return None
        raise LookError(Reason.UNAUTHORISED, f"Cannot be opened: {exc.strerror}") from exc
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return None
        try:
            content = stream.read(most + 1)
        except OSError as exc:
            raise LookError(Reason.NOT_OBSERVED, f"Cannot be read: {exc.strerror}") from exc
    if len(content) > most and b"\0" not in content[:8000]:
        raise LookError(Reason.UNSUPPORTED, f"Larger than {most} bytes")
    return content


def object_id(content: bytes, like: str) -> str:
    """The id that git gives to *content*, by the hash that made the id *like*."""
    header = b"blob %d\0" % len(content)
    if len(like) == 64:
        return hashlib.sha256(header + content).hexdigest()
    return hashlib.sha1(header + content).hexdigest()


def as_text(content: bytes) -> str | None:
    """Return *content* as text in which each byte is one character, or None when it is binary."""
    if b"\0" not in content[:8000]:
        return content.decode("latin-1")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace").encode("utf-8").decode("latin-1")
    return None
