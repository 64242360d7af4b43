# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands in the sandbox's repository: the files of the template, and strings that look like keys."""

from __future__ import annotations

import hashlib
import string
import typing as t
from pathlib import Path

from sandbox._profile import Profile

TEMPLATE = Path(__file__).resolve().parents[1] / "repo_template"
HISTORY = TEMPLATE / "history.yml"
_KEY_LETTERS = string.ascii_letters + string.digits
_KEY_LENGTH = 64  # of both halves of a key of Binance
_BINARY_BYTES = 20_000


def words() -> dict[str, str]:
    """Return what is written in place of each word of the template. No account has these keys."""
    return {
        "@FIXTURE_KEY@": invented("fixture key"),
        "@FIXTURE_SECRET@": invented("fixture secret"),
        "@FIXTURE_PASSWORD@": invented("fixture password", 24),
        "@LEAKED_KEY@": invented("leaked key"),
        "@LEAKED_SECRET@": invented("leaked secret"),
    }


def invented(seed: str, length: int = _KEY_LENGTH) -> str:
    """Return letters and digits that look random, and are the same for the same *seed*."""
    noise = hashlib.shake_256(f"cryptofunk sandbox {seed}".encode()).digest(length)
    return "".join(_KEY_LETTERS[byte % len(_KEY_LETTERS)] for byte in noise)


def program(name: str) -> bytes:
    """Return what git takes for a compiled program."""
    return b"\x7fELF\x02\x01\x01\x00" + hashlib.shake_256(name.encode()).digest(_BINARY_BYTES)


def files(profile: Profile) -> dict[str, bytes]:
    """Return the content of every file by its path in the repository, for *profile*."""
    found: dict[str, bytes] = {}
    for layer in ("base", profile.value):
        folder = TEMPLATE / layer
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                found[_real_name(file.relative_to(folder))] = filled(file.read_text(encoding="utf-8"))
    return dict(sorted(found.items()))


def filled(text: str) -> bytes:
    for word, value in words().items():
        text = text.replace(word, value)
    return text.encode()


def digest() -> str:
    """Return a mark of everything that the repository is built of."""
    mark = hashlib.sha256()
    sources: t.Iterable[Path] = [*Path(__file__).parent.glob("*repository*.py"), *TEMPLATE.rglob("*")]
    for file in sorted(source for source in sources if source.is_file()):
        mark.update(f"{file.name}\0".encode() + file.read_bytes())
    return mark.hexdigest()


def _real_name(path: Path) -> str:
    parts = [f".{part[len('dot_') :]}" if part.startswith("dot_") else part for part in path.parts]
    return "/".join(parts)
