# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Keys of a file that no program reads, and which one each of them was perhaps meant to be. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import difflib
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

_ALIKE = 0.85  # the least share of letters that two keys must have in common with those above them,
_ALIKE_WORD = 0.7  # and alone
_MOST = 200
_COMMON = frozenset(
    {"enabled", "name", "url", "endpoint", "host", "port", "level", "mode", "type", "version", "timeout"}
)

Path = t.Tuple[str, ...]
Named = t.Mapping[str, t.Sequence[str]]  # the keys that each fact is stated by


def unknown_keys(name: str, tree: Tree, known: t.Iterable[str], facts: Named) -> list[dict[str, t.Any]]:
    """Return the keys of the file *name* that none of the *known* paths has.

    In a known path one star stands for any key or element, and two at its end for all that is below. Keys are compared
    without regard to case. Each result says which known key it ``resembles`` and which of the *facts* is stated by that; both
    are empty when there is none.
    """
    patterns = [tuple(one.lower().split(".")) for one in known]
    found: list[dict[str, t.Any]] = []
    for path, place in _walk(tree.data, (), (), patterns):
        meant = _resembled(path, patterns)
        line = tree.lines.get(place)
        found.append(
            {
                "path": ".".join(path),
                "part": path[0],
                "resembles": ".".join(meant),
                "fact": _fact_of(path, meant, facts),
                "file": name,
                "line": line,
                "at": f"{name}:{line}" if line else name,
            }
        )
    return found[:_MOST]


def _walk(value: t.Any, path: Path, place: Place, patterns: list[Path]) -> t.Iterator[tuple[Path, Place]]:
    children: t.Iterable[tuple[t.Any, t.Any]] = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = [one for one in enumerate(value) if isinstance(one[1], (dict, list))]
    for key, below in children:
        here = (*path, str(key).lower())
        matching = [one for one in patterns if _begins(one, here)]
        if not matching:
            yield (*path, str(key)), (*place, key)
        elif not any(_ends(one, here) for one in matching):
            yield from _walk(below, (*path, str(key)), (*place, key), patterns)


def _begins(pattern: Path, path: Path) -> bool:
    """Tell whether *pattern* leads to *path*, or beyond it."""
    for number, key in enumerate(path):
        if number >= len(pattern):
            return False
        if pattern[number] == "**":
            return True
        if pattern[number] not in ("*", key.lower()):
            return False
    return True


def _ends(pattern: Path, path: Path) -> bool:
    """Tell whether the pattern, which leads to *path*, knows all that is there."""
    return len(pattern) == len(path) or pattern[: len(path) + 1][-1] == "**"


def _resembled(path: Path, patterns: list[Path]) -> Path:
    """Return the known path that is most like *path*, or an empty one."""
    lower = tuple(key.lower() for key in path)
    best: Path = ()
    most = _ALIKE
    for pattern in patterns:
        filled = tuple(lower[n] if key == "*" and n < len(lower) else key for n, key in enumerate(pattern))
        if _share(lower[-1], filled[-1]) < _ALIKE_WORD:
            continue
        share = _share(".".join(lower), ".".join(filled))
        if (
            filled[-1] == lower[-1] and "*" not in pattern and lower[-1] not in _COMMON
        ):  # the right word in a wrong place
            share = max(share, _ALIKE)
        if share >= most and not (share == most and best):
            best, most = filled, share
    return best


def _share(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _fact_of(path: Path, meant: Path, facts: Named) -> str:
    """Return the fact that is stated by the key that was meant, or else by one of the same name elsewhere."""
    keys = [(fact, tuple(one.lower().split("."))) for fact, paths in facts.items() for one in paths]
    exact = [fact for fact, key in keys if len(key) == len(meant) and _begins(key, meant)]
    last = path[-1].lower()
    named = [fact for fact, key in keys if key[-1] == last and last not in _COMMON]
    return (exact or named or [""])[0]
