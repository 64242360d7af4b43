# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read a tag: what it is, what it stands on, and its signature. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository

_FORBIDDEN = re.compile(r"[\x00-\x20~^:?*\[\\\x7f]|\.\.|@\{|//|^[-/.]|[/.]$|\.lock$")
_SIGNATURES = {
    b"-----BEGIN SSH SIGNATURE-----": "ssh",
    b"-----BEGIN PGP SIGNATURE-----": "openpgp",
    b"-----BEGIN PGP MESSAGE-----": "openpgp",
    b"-----BEGIN SIGNED MESSAGE-----": "x509",
}


@dataclass(frozen=True)
class TagObject:
    """An annotated tag: the name that it gives itself, when it was made, and the parts that a signature is over."""

    says: str
    seconds: int | None
    payload: bytes
    signature: bytes
    kind: str | None  # of the signature


@dataclass(frozen=True)
class Tag:
    """A tag of a repository. A lightweight one has no object of its own."""

    name: str
    commit: str
    annotated: TagObject | None

    @property
    def ref(self) -> str:
        return f"refs/tags/{self.name}"


def read_tag(repository: Repository, name: str) -> Tag | None:
    """Return the tag *name*, or None when there is none; raise LookError when it cannot be followed to a commit."""
    if _FORBIDDEN.search(name):
        raise LookError(Reason.MALFORMED, f"{name!r} is no name of a tag")
    ref = f"refs/tags/{name}"
    shown = repository.ask("for-each-ref", "--format=%(refname) %(objectname) %(objecttype)", ref).decode()
    words = next((line.split() for line in shown.splitlines() if line.split()[:1] == [ref]), None)
    if not words:
        return None
    dummy, sha, kind = words
    try:
        commit = repository.ask("rev-parse", "--verify", "--quiet", f"{sha}^{{commit}}").decode().strip()
    except LookError as exc:
        raise LookError(exc.reason, f"The tag {name} leads to no commit that is here") from exc
    if kind != "tag":
        return Tag(name, commit, None)
    return Tag(name, commit, parse_tag(repository.ask("cat-file", "tag", sha)))


def parse_tag(content: bytes) -> TagObject:
    """Parse a tag object. What a signature is over is all that stands before it."""
    marks = [(at, kind) for mark, kind in _SIGNATURES.items() for at in [_line_start(content, mark)] if at is not None]
    end, kind = min(marks) if marks else (len(content), None)
    head = content.split(b"\n\n", 1)[0].decode("utf-8", "backslashreplace").splitlines()
    said = dict(t.cast("tuple[str, str]", line.split(" ", 1)) for line in head if " " in line)
    when = re.search(r"> (\d+) [+-]\d{4}$", said.get("tagger", ""))
    return TagObject(said.get("tag", ""), int(when[1]) if when else None, content[:end], content[end:], kind)


def _line_start(content: bytes, mark: bytes) -> int | None:
    """git takes the last line that begins so for the beginning of the signature."""
    at = content.rfind(b"\n" + mark)
    return None if at < 0 else at + 1
