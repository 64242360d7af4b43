# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare a work tree with its HEAD by content, without running a filter of the repository or trusting marks in its index.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import hashlib
import os
import stat
import typing as t
from dataclasses import dataclass, field
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    need_complete,
    open_repository,
    show,
    split,
)

_CHUNK = 1 << 20
_MOST_CONVERTED = 32 << 20
_DEEPEST = 3
_ATTRIBUTES = ("filter", "text", "eol", "ident", "working-tree-encoding")
_UNSET = ("unspecified", "unset", "false")


@dataclass
class Changes:
    """Paths that differ from HEAD with how they do, paths that git does not know, and paths that could not be compared."""

    changed: dict[str, str] = field(default_factory=dict)
    untracked: list[str] = field(default_factory=list)
    unlooked: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Entry:
    mode: str
    id: str
    path: bytes


def compare(repository: Repository, depth: int = 0) -> Changes:
    """Return what of the work tree is not as HEAD has it."""
    if repository.is_bare:
        raise LookError(Reason.UNSUPPORTED, f"{repository.path} is bare: it has no work tree")
    found = Changes()
    entries = list(_entries(repository))
    settings = _settings(repository)
    differing: list[_Entry] = []
    real: dict[Path, bool] = {}
    for entry in entries:
        repository.deadline.step()
        if entry.mode == "160000":
            _look_into(repository, entry, found, depth)
            continue
        how = _differs(repository, entry, settings, real)
        if how == "changed":
            differing.append(entry)
        elif how:
            found.changed[show(entry.path)] = how
    _judge_differing(repository, differing, settings, found)
    _add_unknown(repository, {entry.path for entry in entries}, found)
    return found


def _entries(repository: Repository) -> t.Iterator[_Entry]:
    for part in split(repository.ask("ls-tree", "-r", "-z", "--full-tree", "HEAD")):
        meta, dummy, path = part.partition(b"\t")
        words = meta.decode("ascii", "replace").split()
        yield _Entry(words[0], words[2], path)


def _settings(repository: Repository) -> dict[str, str]:
    shown = repository.ask("config", "--list", "-z").decode("utf-8", "replace")
    return {key.lower(): value for key, dummy, value in (part.partition("\n") for part in shown.split("\0")) if key}


def _differs(repository: Repository, entry: _Entry, settings: dict[str, str], real: dict[Path, bool]) -> str | None:
    full = Path(repository.path, os.fsdecode(entry.path))
    folder = full.parent
    if folder not in real:
        real[folder] = os.path.realpath(folder) == str(folder)
    if not real[folder]:
        return "stands below a link"
    try:
        state = full.lstat()
    except OSError:
        return "missing"
    if stat.S_ISLNK(state.st_mode):
        target = os.fsencode(os.readlink(full))  # noqa: PTH115  # Path has it from Python 3.9 on
        return None if entry.mode == "120000" and _name(target, entry.id) == entry.id else "changed to a link"
    if not stat.S_ISREG(state.st_mode):
        return "no file any more"
    if _name_of_file(full, state.st_size, entry.id) != entry.id:
        return "changed"
    is_program = bool(state.st_mode & stat.S_IXUSR)
    if entry.mode in ("100644", "100755") and settings.get("core.filemode") != "false":
        return None if is_program == (entry.mode == "100755") else "changed in its mode"
    return None


def _name(content: bytes, like: str) -> str:
    mark = hashlib.sha256() if len(like) == 64 else hashlib.sha1()
    mark.update(b"blob %d\0" % len(content) + content)
    return mark.hexdigest()


def _name_of_file(full: Path, size: int, like: str) -> str:
    """The id of a file's content, read piece by piece; empty when it cannot be read or changes meanwhile."""
    mark = hashlib.sha256() if len(like) == 64 else hashlib.sha1()
    mark.update(b"blob %d\0" % size)
    try:
        handle = os.open(full, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return ""
    with os.fdopen(handle, "rb") as stream:
        for piece in iter(lambda: stream.read(_CHUNK), b""):
            mark.update(piece)
    return mark.hexdigest()


def _judge_differing(repository: Repository, differing: list[_Entry], settings: dict[str, str], found: Changes) -> None:
    """Of the files with other content, find those that git would call the same after a conversion."""
    if not differing:
        return
    attributes = _attributes(repository, [entry.path for entry in differing])
    for entry in differing:
        repository.deadline.step()
        own = attributes.get(entry.path, {})
        name = show(entry.path)
        program = own.get("filter", "unspecified")
        if program == "lfs":
            if not _is_same_lfs(repository, entry):
                found.changed[name] = "changed"
        elif (
            program not in _UNSET
            or own.get("ident") == "set"
            or own.get("working-tree-encoding") not in (None, *_UNSET)
        ):
            found.unlooked[name] = "it is written through a filter of the repository, which is not run"
        elif not (_may_have_other_ends(own, settings) and _is_same_text(repository, entry)):
            found.changed[name] = "changed"


def _attributes(repository: Repository, paths: list[bytes]) -> dict[bytes, dict[str, str]]:
    with repository.start("check-attr", "-z", "--stdin", *_ATTRIBUTES) as process:
        process.feed([b"".join(path + b"\0" for path in paths)])
        output = process.output.read()
    need_complete(process, "git check-attr")
    words = output.split(b"\0")
    found: dict[bytes, dict[str, str]] = {}
    for path, name, value in zip(words[::3], words[1::3], words[2::3]):
        found.setdefault(path, {})[name.decode()] = value.decode("utf-8", "replace")
    return found


def _may_have_other_ends(own: dict[str, str], settings: dict[str, str]) -> bool:
    if own.get("text") == "unset":
        return False
    return (
        own.get("text") in ("set", "auto")
        or own.get("eol") == "crlf"
        or settings.get("core.autocrlf") in ("true", "input")
    )


def _content(repository: Repository, entry: _Entry) -> bytes:
    with Path(repository.path, os.fsdecode(entry.path)).open("rb") as stream:
        return stream.read(_MOST_CONVERTED)


def _is_same_text(repository: Repository, entry: _Entry) -> bool:
    return _name(_content(repository, entry).replace(b"\r\n", b"\n"), entry.id) == entry.id


def _is_same_lfs(repository: Repository, entry: _Entry) -> bool:
    """A file of Git LFS is in the repository by its digest."""
    pointer = repository.ask("cat-file", "blob", entry.id)[:1024]
    mark = hashlib.sha256()
    with Path(repository.path, os.fsdecode(entry.path)).open("rb") as stream:
        for piece in iter(lambda: stream.read(_CHUNK), b""):
            mark.update(piece)
    return f"oid sha256:{mark.hexdigest()}\n".encode() in pointer


def _add_unknown(repository: Repository, known: set[bytes], found: Changes) -> None:
    for path in split(repository.ask("ls-files", "-z", "--cached")):
        if path not in known:
            found.changed[show(path)] = "added, but not committed"
    others = repository.ask("ls-files", "-z", "--others", "--exclude-standard", "--directory", "--no-empty-directory")
    found.untracked += [show(path) for path in split(others)]


def _look_into(repository: Repository, entry: _Entry, found: Changes, depth: int) -> None:
    """Compare a submodule that is checked out; one that is not has nothing to compare."""
    full = Path(repository.path, os.fsdecode(entry.path))
    name = show(entry.path)
    if os.path.realpath(full) != str(full) or not full.is_dir():
        found.changed[name] = "no submodule any more"
        return
    if not (full / ".git").exists():
        if any(full.iterdir()):
            found.changed[name] = "no submodule any more"
        return
    if depth >= _DEEPEST:
        found.unlooked[name] = f"submodules are nested deeper than {_DEEPEST}"
        return
    try:
        inner = open_repository(str(full), repository.deadline)
        home = Path(os.path.realpath(inner.ask("rev-parse", "--absolute-git-dir").decode().strip()))
        if Path(repository.path) not in home.parents:
            raise LookError(Reason.UNSUPPORTED, "its repository stands outside of the checkout")
        if inner.ask("rev-parse", "--verify", "HEAD").decode().strip() != entry.id:
            found.changed[name] = "another commit of the submodule"
        below = compare(inner, depth + 1)
    except LookError as exc:
        found.unlooked[name] = exc.message
        return
    found.changed.update({f"{name}/{path}": how for path, how in below.changed.items()})
    found.untracked += [f"{name}/{path}" for path in below.untracked]
    found.unlooked.update({f"{name}/{path}": why for path, why in below.unlooked.items()})
