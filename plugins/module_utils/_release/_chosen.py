# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which tag is the release: the declared one, or else the one that the checkout's version asks for.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._tag import Tag, read_tag
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._versions import plain
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository


@dataclass(frozen=True)
class Chosen:
    """The release: its version, the name of its tag, and the tag, or why there is none to look at."""

    version: str | None
    name: str | None
    tag: Tag | None = None
    problem: LookError | None = None
    is_absent: bool = False  # it was looked for in a whole clone, and is not there

    def found(self) -> Tag:
        """Return the tag; where there is none, raise why."""
        if self.tag is None:
            raise self.problem or LookError(Reason.NO_DATA, "There is no tag")
        return self.tag


def choose(repository: Repository, declared: str | None, stated: t.Sequence[str]) -> Chosen:
    """Choose the tag. The first of the *stated* versions counts where none is *declared*."""
    names = _names(declared or (stated[0] if stated else ""))
    if not names:
        why = "The inventory declares no release, and the checkout states no version"
        return Chosen(None, None, problem=LookError(Reason.NOT_CONFIGURED, why))
    version = plain(names[0])
    try:
        for name in names:
            tag = read_tag(repository, name)
            if tag:
                return Chosen(version, name, tag)
        return _absent(repository, version, names)
    except LookError as exc:
        return Chosen(version, names[0], problem=exc)


def _names(wanted: str) -> list[str]:
    """A version without a v may have a tag with one."""
    if not wanted:
        return []
    return [f"v{wanted}", wanted] if wanted[0].isdigit() else [wanted]


def _absent(repository: Repository, version: str, names: list[str]) -> Chosen:
    said = " or ".join(names)
    leaves_out = repository.is_shallow or _setting(repository, "remote.origin.tagOpt") == "--no-tags"
    if leaves_out:
        why = f"The clone has no tag {said}, but it is shallow or without tags: run 'git fetch --unshallow --tags'"
        return Chosen(version, names[0], problem=LookError(Reason.TOO_LITTLE_DATA, why))
    why = f"There is no tag {said}"
    return Chosen(version, names[0], problem=LookError(Reason.NO_DATA, why), is_absent=True)


def _setting(repository: Repository, name: str) -> str:
    try:
        return repository.ask("config", "--get", name).decode("utf-8", "replace").strip()
    except LookError as exc:
        if exc.reason is not Reason.MALFORMED:
            raise
        return ""  # git says by its exit status that it is not set
