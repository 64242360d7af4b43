# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Trees of files as documents draw them. Pure. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t

_ENTRY = re.compile(r"^(?P<indent>[\s│|]*)(?:├|└|\|--|`--)[─\-]*\s*(?P<rest>\S.*)$")
_NAME = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*/?")


def entries(text: str) -> list[tuple[int, str]]:
    """Return each path of a drawn tree with the number of its line, from 0; the first one is the root, when it has a name."""
    lines = text.split("\n")
    drawn = [
        (number, match)
        for number, match in ((number, _ENTRY.match(line)) for number, line in enumerate(lines))
        if match
    ]
    if not drawn:
        return []
    root = _name(lines[drawn[0][0] - 1]) if drawn[0][0] else None
    found: list[tuple[int, str]] = [(drawn[0][0] - 1, root or "")]
    above: list[tuple[int, str | None]] = []
    for number, match in drawn:
        depth = len(match.group("indent"))
        while above and above[-1][0] >= depth:
            above.pop()
        name = _name(match.group("rest"))
        parent = above[-1][1] if above else ""
        path = None if name is None or parent is None else posixpath.join(parent, name)
        above.append((depth, path))
        if path is not None:
            found.append((number, path))
    return found


def missing(text: str, folders: t.Sequence[str], has: t.Callable[[str], bool]) -> list[tuple[int, str]]:
    """Return the drawn paths that are not there, when the tree is one of this checkout: most of what it draws is there.

    *folders* are those that its root can be.
    """
    found = entries(text)
    if len(found) < 4:
        return []
    root, *paths = found
    name = root[1].strip("./")
    lacking = [
        [(number, posixpath.join(base, path)) for number, path in paths if not has(posixpath.join(base, path))]
        for base in dict.fromkeys([name, *(posixpath.join(folder, name) for folder in folders), *folders])
    ]
    fewest = min(lacking, key=len)
    return fewest if len(fewest) * 2 < len(paths) else []


def _name(text: str) -> str | None:
    word = text.split("#", 1)[0].split()
    return word[0] if word and _NAME.fullmatch(word[0]) else None
