# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What came after a commit. This is a private part of the collection."""

from __future__ import annotations

import re
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository

_MOST_SHOWN = 20
_LONGEST_SUBJECT = 120
_LOG = (
    "log",
    "--no-show-signature",
    "--no-color",
    "--no-notes",
    f"--max-count={_MOST_SHOWN}",
    "--format=%H%x09%ct%x09%s",
)


def branch_refs(repository: Repository, branch: str) -> list[str]:
    """Return the refs of *branch*, here and on remotes; raise LookError when there is none."""
    shown = repository.ask("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes").decode(
        "utf-8", "replace"
    )
    wanted = re.compile(rf"refs/(?:heads|remotes/[^/]+)/{re.escape(branch)}")
    refs = [ref for ref in shown.splitlines() if wanted.fullmatch(ref)]
    if not refs:
        raise LookError(Reason.NO_DATA, f"There is no branch {branch} in this clone")
    return refs


def has(repository: Repository, ref: str, commit: str) -> bool:
    """Tell whether *commit* belongs to the history of *ref*."""
    if _count(repository, commit, f"^{ref}") == 0:
        return True
    if repository.is_shallow:
        raise LookError(Reason.TOO_LITTLE_DATA, f"The clone is shallow: whether {ref} has the release is not seen")
    return False


def commits_after(repository: Repository, commit: str, refs: t.Sequence[str]) -> list[dict[str, t.Any]]:
    """Return the newest commits of *refs* that are not in the history of *commit*."""
    if not refs:
        return []
    return _listed(repository.ask(*_LOG, *refs, f"^{commit}", "--"))


def commits_to(repository: Repository, commit: str, paths: t.Sequence[str]) -> list[dict[str, t.Any]]:
    """Return the newest commits, of any branch and not in the history of *commit*, that change one of *paths*."""
    return _listed(repository.ask(*_LOG, "--branches", "--remotes", f"^{commit}", "--", *paths))


def _count(repository: Repository, *revisions: str) -> int:
    return int(repository.ask("rev-list", "--count", *revisions, "--"))


def _listed(output: bytes) -> list[dict[str, t.Any]]:
    return [_shown(line) for line in output.decode("utf-8", "replace").split("\n") if line]


def _shown(line: str) -> dict[str, t.Any]:
    commit, seconds, subject = [*line.split("\t", 2), "", ""][:3]
    day = time.strftime("%Y-%m-%d", time.gmtime(int(seconds)))
    return {"commit": commit, "date": day, "subject": subject[:_LONGEST_SUBJECT], "at": f"commit {commit[:12]}"}
