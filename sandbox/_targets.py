# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The host variables of the environment ``sandbox``: what the components declare, and what sabotages change in it.

``targets.declared.yml`` holds the shares of the components, ``patches/<sabotage>.yml`` the changes, and ``targets.yml``
is what comes out. Passwords are in all of them, hence mode 0600.
"""

from __future__ import annotations

import threading
import typing as t
from pathlib import Path

import yaml

from sandbox._files import write_bytes

Data = dict[str, t.Any]
_CHANGE = threading.Lock()  # the self-test breaks several components at the same time


class Targets:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "targets.yml"
        self._declared = folder / "targets.declared.yml"
        self._patches = folder / "patches"

    def declare(self, shares: t.Iterable[Data]) -> None:
        """Replace what is declared by the *shares* of the components: dictionaries merge, lists join."""
        declared: Data = {}
        for share in shares:
            declared = joined(declared, share)
        with _CHANGE:
            _write(self._declared, declared)
            self._combine()

    def patch(self, name: str, change: Data) -> None:
        """Change the declared targets until ``unpatch``: dictionaries merge, all else is replaced, None removes a key."""
        with _CHANGE:
            self._patches.mkdir(mode=0o700, exist_ok=True)
            _write(self._patches / f"{name}.yml", change)
            self._combine()

    def unpatch(self, name: str) -> None:
        with _CHANGE:
            (self._patches / f"{name}.yml").unlink(missing_ok=True)
            self._combine()

    def read(self) -> Data:
        return _read(self.path)

    def _combine(self) -> None:
        result = _read(self._declared)
        for file in sorted(self._patches.glob("*.yml")):
            result = patched(result, _read(file))
        _write(self.path, result)


def joined(base: Data, more: Data) -> Data:
    """Return *base* with *more* in it; two lists are put together, and two different plain values are a mistake."""
    result = dict(base)
    for key, value in more.items():
        old = result.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            result[key] = joined(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            result[key] = old + value
        elif key in result and old != value:
            raise ValueError(f"Two components declare different values for {key}")
        else:
            result[key] = value
    return result


def patched(base: Data, change: Data) -> Data:
    """Return *base* with *change* applied to it."""
    result = dict(base)
    for key, value in change.items():
        old = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(old, dict) and isinstance(value, dict):
            result[key] = patched(old, value)
        else:
            result[key] = value
    return result


def _read(file: Path) -> Data:
    if not file.exists():
        return {}
    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}


def _write(file: Path, data: Data) -> None:
    write_bytes(file, yaml.safe_dump(data, explicit_start=True, sort_keys=True).encode())
