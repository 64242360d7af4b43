# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Changes of files: what a sabotage does to the sandbox's repository, and a defect to a release of its own."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass
from pathlib import Path

from sandbox._errors import SandboxError
from sandbox._files import write_bytes


class Change(t.Protocol):
    """What becomes of the file at *path*; None is a file that is not there."""

    @property
    def path(self) -> str: ...

    def new(self, old: bytes | None) -> bytes | None: ...


@dataclass(frozen=True)
class Edit:
    """Words of a file, and what stands there instead. Both occur once, unless *everywhere*."""

    path: str
    right: str
    wrong: str
    everywhere: bool = False

    def new(self, old: bytes | None) -> bytes:
        text = (old or b"").decode()
        if text.count(self.right) == 0 or (text.count(self.right) > 1 and not self.everywhere):
            raise SandboxError(f"{self.path} does not have {self.right!r} {'at all' if self.everywhere else 'once'}")
        return text.replace(self.right, self.wrong).encode()

    @property
    def back(self) -> Edit:
        """The edit that takes this one back, to the byte."""
        return Edit(self.path, self.wrong, self.right, everywhere=True)


@dataclass(frozen=True)
class Write:
    """A file that is new, or has other content than before."""

    path: str
    text: str

    def new(self, dummy: bytes | None) -> bytes:
        return self.text.encode()


@dataclass(frozen=True)
class Remove:
    """A file that is gone."""

    path: str

    def new(self, old: bytes | None) -> None:
        if old is None:
            raise SandboxError(f"There is no {self.path} to remove")


def in_files(files: dict[str, bytes], change: Change) -> None:
    """Do *change* in the content of a repository that is still to be built."""
    content = change.new(files.get(change.path))
    if content is None:
        del files[change.path]
    else:
        files[change.path] = content


def in_checkout(checkout: Path, change: Change) -> None:
    """Do *change* in a work tree."""
    file = checkout / change.path
    content = change.new(file.read_bytes() if file.is_file() else None)
    if content is None:
        file.unlink()
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(file, content, mode=file.stat().st_mode & 0o777 if file.exists() else 0o644)
