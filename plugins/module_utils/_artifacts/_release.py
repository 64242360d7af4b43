# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which commit the release is, and which one a checkout holds unchanged. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._provenance import Release, checked_commit
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    open_repository,
    show,
    split,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._worktree import object_id, read_file

_NOT_CONFIGURED = LookError(Reason.NOT_CONFIGURED, "Neither the commit of the release nor its checkout is declared")
_FILES = (b"100644", b"100755")
_LARGEST = 64 * 1024 * 1024


def release_of(options: dict[str, t.Any], deadline: Deadline) -> Release:
    """Return the commit that is declared, else that of the tag of the release, else what is checked out."""
    try:
        if options["release_commit"]:
            return Release(checked_commit(options["release_commit"], "the release"))
        if options["repository"]:
            repository = open_repository(options["repository"], deadline)
            return Release(_tagged(repository, options["release"]) if options["release"] else _head(repository))
    except LookError as exc:
        return Release(None, exc)
    return Release(None, _NOT_CONFIGURED)


def _head(repository: Repository) -> str:
    return repository.ask("rev-parse", "--verify", "HEAD^{commit}").decode("ascii").strip()


def _tagged(repository: Repository, release: str) -> str:
    for name in (release, f"v{release}"):
        try:
            found = repository.ask("rev-parse", "--verify", "--end-of-options", f"refs/tags/{name}^{{commit}}")
        except LookError as exc:
            if exc.reason is not Reason.MALFORMED:
                raise
        else:
            return found.decode("ascii").strip()
    raise LookError(Reason.NO_DATA, f"The checkout has no tag {release}, so the commit of the release is not known")


def checked_out(path: str, deadline: Deadline) -> str:
    """Return the commit of the checkout at *path*; raise LookError when its files are not those of the commit."""
    repository = open_repository(path, deadline)
    commit = _head(repository)
    for part in split(repository.ask("ls-tree", "-r", "-z", "--full-tree", commit)):
        meta, dummy, name = part.partition(b"\t")
        mode, dummy, identity = meta.split()
        if mode in _FILES and _identity(repository, name, identity.decode("ascii")) != identity.decode("ascii"):
            raise LookError(
                Reason.MALFORMED, f"The checkout is not that of its commit {commit[:12]}: {show(name)} was changed"
            )
    return commit


def _identity(repository: Repository, name: bytes, like: str) -> str | None:
    repository.deadline.step()
    content = read_file(repository, name, _LARGEST)
    return None if content is None else object_id(content, like)
