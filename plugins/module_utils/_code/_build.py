# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a Go file belongs to an ordinary build for production. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

_LINE = re.compile(r"^//go:build[ \t]+(.+)$", re.MULTILINE)
_TOKEN = re.compile(r"\s*(\(|\)|!|&&|\|\||[\w.]+)")
_SET = frozenset({"linux", "amd64", "unix", "cgo", "gc"})
_OTHER_SYSTEMS = re.compile(
    r"_(?:windows|darwin|freebsd|netbsd|openbsd|plan9|solaris|js|wasip1|aix|android|ios|dragonfly|illumos)(?:_\w+)?\.go$"
)


def is_built(name: str, source: str) -> bool:
    """Tell whether the file *name* is compiled on Linux without further tags: ``integration`` and ``ignore`` are not set."""
    if _OTHER_SYSTEMS.search(name):
        return False
    head = source.split("\npackage ", 1)[0]
    line = _LINE.search(head)
    return line is None or _Reader(_TOKEN.findall(line.group(1).split("//", 1)[0])).either()


class _Reader:
    """Reads the expression of a constraint: ``!`` binds most, ``||`` least."""

    def __init__(self, tokens: list[str]) -> None:
        self._left = tokens[::-1]

    def either(self) -> bool:
        found = [self._both()]
        while self._next("||"):
            found.append(self._both())
        return any(found)

    def _both(self) -> bool:
        found = [self._one()]
        while self._next("&&"):
            found.append(self._one())
        return all(found)

    def _one(self) -> bool:
        negated = False
        while self._next("!"):
            negated = not negated
        if self._next("("):
            found = self.either()
            self._next(")")
        else:
            found = self._is_set(self._left.pop() if self._left else "")
        return found is not negated

    def _next(self, wanted: str) -> bool:
        if self._left and self._left[-1] == wanted:
            self._left.pop()
            return True
        return False

    @staticmethod
    def _is_set(tag: str) -> bool:
        return tag in _SET or bool(re.fullmatch(r"go1\.\d+", tag))


def built(names: t.Iterable[str], read: t.Callable[[str], str]) -> list[str]:
    """Return those of *names* that are built."""
    return [name for name in names if is_built(name, read(name))]
