# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A parsed file: plain data, and the line of each value in it. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Place = t.Tuple[t.Union[str, int], ...]


@dataclass
class Tree:
    """One document of a file."""

    data: t.Any
    lines: dict[Place, int] = field(default_factory=dict)
    tags: dict[Place, str] = field(default_factory=dict)  # such as !reset, of the values that have one


@dataclass(frozen=True)
class Found:
    """A value at a path. A path with a star that ends in nothing is found with ``missing``."""

    path: str
    value: t.Any
    line: int | None
    missing: bool = False


def find(tree: Tree, path: str) -> list[Found]:
    """Return what stands at the dotted *path*; a star stands for every key of a mapping and every element of a list.

    Keys are compared without regard to case, as the program's own configuration library does.
    """
    return list(_walk(tree, tree.data, path.split(".") if path else [], ()))


def _walk(tree: Tree, value: t.Any, rest: t.Sequence[str], place: Place) -> t.Iterator[Found]:
    if not rest:
        yield Found(_dotted(place), value, tree.lines.get(place))
        return
    key, *below = rest
    if key == "*":
        for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            found = list(_walk(tree, value[step], below, (*place, step)))
            yield from found or [
                Found(_dotted((*place, step, *below)), None, tree.lines.get((*place, step)), missing=True)
            ]
        return
    if isinstance(value, dict):
        step = _same_key(value, key, place)
        if step is not None:
            yield from _walk(tree, value[step], below, (*place, step))


def _same_key(mapping: dict[str, t.Any], key: str, place: Place) -> str | None:
    same = [one for one in mapping if isinstance(one, str) and one.lower() == key.lower()]
    if len(same) > 1:
        raise LookError(Reason.MALFORMED, f"{_dotted((*place, key))} stands twice, in different case")
    return same[0] if same else None


def _dotted(place: Place) -> str:
    return ".".join(str(step) for step in place)
