# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write files that hold secrets: readable by their owner only from the first byte on."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

from sandbox._users import own


def write_lines(file: Path, lines: t.Iterable[str], user: str | None = None) -> Path:
    """Replace *file* by *lines*, for *user* alone."""
    return write_bytes(file, "".join(f"{line}\n" for line in lines).encode(), user=user)


def write_bytes(file: Path, content: bytes, mode: int = 0o600, user: str | None = None) -> Path:
    """Replace *file* by *content* in one step, so that a reader never sees half of it."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as stream:
        stream.write(content)
    own(fresh, user)
    return fresh.replace(file)
