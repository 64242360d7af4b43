# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a whole repository once, files first, then history. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository, show
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._worktree import (
    WorkTree,
    as_text,
    object_id,
    read_file,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import MOST, Hit, detect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._manifests import (
    Literal,
    is_manifest,
    literals,
    secret_objects,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._objects import (
    Listing,
    begins_binary,
    contents,
    list_objects,
    sizes,
)

_MOST_HITS = 20000
_POINTER = b"version https://git-lfs.github.com/spec/"


@dataclass
class Scan:
    """What was read, what was found in it, and what was not read."""

    by_object: dict[str, list[Hit]] = field(default_factory=dict)
    in_files: list[tuple[bytes, Hit]] = field(default_factory=list)
    manifests: dict[bytes, list[Literal]] = field(default_factory=dict)
    unread: list[dict[str, t.Any]] = field(default_factory=list)
    listing: Listing = field(default_factory=Listing)
    commits: int = 0
    objects: int = 0
    files: int = 0
    binaries: set[str] = field(default_factory=set)
    hits: int = 0

    def miss(self, what: str, path: str, error: LookError, ignored: bool = False) -> None:
        """Note that *what* was not read."""
        self.unread.append({"what": what, "path": path, "ignored": ignored, **error.to_dict()})

    def search(self, content: bytes, path: str) -> list[Hit] | None:
        """Return the hits in *content*, or None when it is binary."""
        text = as_text(content)
        if text is None:
            self.binaries.add(path)
            return None
        if content.startswith(_POINTER):
            self.miss("file", path, LookError(Reason.NO_DATA, "Its content is kept in Git LFS, not in the repository"))
        hits = detect(text, path) if self.hits < _MOST_HITS else []
        self.hits += len(hits)
        if len(hits) >= MOST:
            self.miss(
                "file", path, LookError(Reason.UNSUPPORTED, f"More than {MOST} matches: the rest was not searched")
            )
        return hits


def read_files(repository: Repository, tree: WorkTree, most: int, deadline: Deadline, scan: Scan) -> None:
    """Search the files of the work tree; of a bare repository, the tree of HEAD."""
    if repository.is_bare:
        _read_head(repository, tree, scan)
        return
    states = [(path, False) for path in [*sorted(tree.tracked), *tree.untracked]] + [
        (path, True) for path in tree.ignored
    ]
    for number, (path, ignored) in enumerate(states):
        if deadline.left() <= 0:
            scan.miss(
                "files", "", LookError(Reason.TIMEOUT, f"The budget was used up after {number} of {len(states)} files")
            )
            return
        try:
            content = read_file(repository, path, most)
        except LookError as exc:
            scan.miss("file", show(path), exc, ignored)
            continue
        if content is not None:
            _search_file(scan, path, content, tree.tracked.get(path))


def _read_head(repository: Repository, tree: WorkTree, scan: Scan) -> None:
    paths: dict[str, list[bytes]] = {}
    for path, name in tree.tracked.items():
        if is_manifest(show(path)):
            paths.setdefault(name, []).append(path)
    absent = set(paths) - set(sizes(repository, paths))
    for name, content in contents(repository, [name for name in paths if name not in absent]):
        for path in paths[name]:
            _search_file(scan, path, content, name)


def _search_file(scan: Scan, path: bytes, content: bytes, tracked_as: str | None) -> None:
    scan.files += 1
    shown = show(path)
    hits = scan.search(content, shown)
    if tracked_as is not None and object_id(content, tracked_as) == tracked_as:
        scan.by_object[tracked_as] = hits or []  # the history does not have to read it again
    if hits is None:
        return
    scan.in_files += [(path, hit) for hit in hits]
    if is_manifest(shown):
        text = content.decode("latin-1")
        found = {literal.line: literal for literal in [*literals(text), *secret_objects(text)]}
        scan.manifests[path] = list(found.values())


def read_history(repository: Repository, most: int, deadline: Deadline, scan: Scan) -> None:
    """Search every object that the repository reaches and that no file has shown yet."""
    scan.listing = listing = list_objects(repository)
    for problem in listing.problems:
        scan.miss("history", "", problem)
    if repository.is_shallow:
        scan.miss(
            "history",
            "",
            LookError(Reason.NO_DATA, "The clone is shallow, older commits are not in it: git fetch --unshallow"),
        )
    kinds = sizes(repository, listing.hints)
    listing.missing += [name for name in listing.hints if name not in kinds]
    scan.commits = sum(kind == "commit" for kind, dummy in kinds.values())
    if not scan.commits:
        raise LookError(Reason.NO_DATA, f"{repository.path} has no commit: there is no history to read")
    texts = [
        name for name, (kind, size) in kinds.items() if kind != "tree" and size <= most and name not in scan.by_object
    ]
    for name, (kind, size) in kinds.items():
        if kind != "tree" and size > most:
            _weigh_large(repository, name, most, scan)
    _read_objects(repository, texts, deadline, scan)


def _weigh_large(repository: Repository, name: str, most: int, scan: Scan) -> None:
    path = show(scan.listing.hints[name])
    if begins_binary(repository, name):
        scan.binaries.add(path)
    else:
        scan.miss(f"object {name}", path, LookError(Reason.UNSUPPORTED, f"Larger than {most} bytes"))


def _read_objects(repository: Repository, names: list[str], deadline: Deadline, scan: Scan) -> None:
    done: set[str] = set()
    try:
        for name, content in contents(repository, names):
            deadline.step()
            path = show(scan.listing.hints[name])
            scan.by_object[name] = scan.search(content, path) or []
            done.add(name)
    except LookError as exc:
        scan.miss("history", "", LookError(exc.reason, f"{exc.message} after {len(done)} of {len(names)} objects"))
    else:
        scan.listing.missing += [name for name in names if name not in done]
    scan.objects = len(scan.by_object)
    if scan.hits >= _MOST_HITS:
        scan.miss(
            "history", "", LookError(Reason.UNSUPPORTED, f"More than {_MOST_HITS} matches: the rest was not searched")
        )
