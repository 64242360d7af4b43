# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which names a checkout has, and which it ignores. This is a private part of the collection."""

from __future__ import annotations

import os
import posixpath
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    environment,
    first_line,
    show,
    split,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._process import Process
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._worktree import list_files

_MOST_ASKED = 5000


class Names:
    """The files of a work tree that git tracks or would track, and their folders."""

    def __init__(self, repository: Repository) -> None:
        if repository.is_bare:
            raise LookError(Reason.UNSUPPORTED, f"{repository.path} has no work tree")
        self._repository = repository
        tree = list_files(repository)
        self.tracked = {show(name) for name in tree.tracked if _is_there(repository.path, name)}
        self.files = self.tracked | {show(name) for name in tree.untracked}
        self.folders = {parent for name in self.files for parent in _parents(name)} | {""}
        self.top_folders = {name.split("/", 1)[0] for name in self.files if "/" in name}
        self._opaque = {*tree.submodules, *(name for name in self.files if _is_link(repository.path, name))}
        self._ends: set[str] | None = None

    def has(self, path: str) -> bool:
        """Tell whether there is a file or folder *path*. What stands behind a link or in a submodule is taken to be there."""
        path = path.rstrip("/")
        return path in self.files or path in self.folders or self.is_opaque(path)

    def has_end(self, path: str) -> bool:
        """Tell whether a file or folder has a path that ends in *path*, whole names only."""
        if self._ends is None:
            self._ends = {end for name in (*self.files, *self.folders) for end in _ends(name)}
        return path.rstrip("/") in self._ends

    def is_stem(self, path: str) -> bool:
        """Tell whether a file has the name *path* and a suffix behind it."""
        return any(name.startswith(path + ".") for name in self.files)

    def is_opaque(self, path: str) -> bool:
        return path in self._opaque or any(parent in self._opaque for parent in _parents(path))

    def ignored(self, paths: t.Iterable[str]) -> set[str]:
        """Return those of *paths* that git ignores, whether they are there or not."""
        asked = sorted({path for path in paths if _may_be_asked(path) and not self.is_opaque(path.rstrip("/"))})
        if len(asked) > _MOST_ASKED:
            raise LookError(Reason.UNSUPPORTED, f"More than {_MOST_ASKED} names are missing")
        if not asked:
            return set()
        argv = self._repository.argv("check-ignore", "-z", "--stdin", "--no-index")
        with Process(argv, environment(self._repository.path), self._repository.deadline) as process:
            process.feed([os.fsencode(path) + b"\0" for path in asked])
            output = process.output.read()
        if process.timed_out:
            raise LookError(Reason.TIMEOUT, "The budget was used up by git check-ignore")
        if process.complaint:  # it also ends without success when it finds nothing
            raise LookError(Reason.MALFORMED, f"git check-ignore stopped early: {first_line(process.complaint)}")
        return {show(path) for path in split(output)}


def _may_be_asked(path: str) -> bool:
    return path not in ("", ".") and not path.startswith(("/", "..", ":")) and "\0" not in path


def _is_there(root: str, name: bytes) -> bool:
    return os.path.lexists(os.path.join(os.fsencode(root), name))  # noqa: PTH118  # bytes have no Path


def _is_link(root: str, name: str) -> bool:
    return os.path.islink(posixpath.join(root, name))  # noqa: PTH114


def _parents(name: str) -> t.Iterator[str]:
    while "/" in name:
        name = name.rpartition("/")[0]
        yield name


def _ends(name: str) -> t.Iterator[str]:
    yield name
    while "/" in name:
        name = name.partition("/")[2]
        yield name
