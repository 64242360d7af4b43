# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where two objects differ: the places, and never what stands there. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

_MOST = 20  # places of one object; whoever repairs these sees the rest at the next look
_PLAIN = re.compile(r"\w[\w-]*")


def differences(wanted: t.Any, found: t.Any, is_exact: bool = True) -> list[str]:
    """Return the places at which *found* is not as *wanted*; what is in it beyond that counts only where *is_exact*."""
    places = list(dict.fromkeys(place.lstrip(".") or "(all)" for place in _at("", wanted, found, is_exact)))
    return places if len(places) <= _MOST else [*places[:_MOST], f"and {len(places) - _MOST} others"]


def _at(place: str, wanted: t.Any, found: t.Any, is_exact: bool) -> t.Iterator[str]:
    if isinstance(wanted, dict) and isinstance(found, dict):
        for key in [*wanted, *(key for key in found if is_exact and key not in wanted)]:
            yield from _member(_below(place, str(key)), key, wanted, found, is_exact)
    elif isinstance(wanted, list) and isinstance(found, list):
        yield from _of_lists(place, wanted, found, is_exact)
    elif type(wanted) is not type(found) or wanted != found:
        yield place


def _member(place: str, key: t.Any, wanted: t.Any, found: t.Any, is_exact: bool) -> t.Iterator[str]:
    if key in wanted and key in found:
        yield from _at(place, wanted[key], found[key], is_exact)
    else:
        yield place


def _of_lists(place: str, wanted: list[t.Any], found: list[t.Any], is_exact: bool) -> t.Iterator[str]:
    """Compare lists: those of named things by the names, whose order matters as well, as it does for variables."""
    names, others = _names(wanted), _names(found)
    if names is None or others is None:
        if len(wanted) != len(found):
            yield place
        for number, (one, other) in enumerate(zip(wanted, found)):
            yield from _at(f"{place}[{number}]", one, other, is_exact)
        return
    own, theirs = dict(zip(names, wanted)), dict(zip(others, found))
    for name in dict.fromkeys([*own, *theirs]):
        yield from _member(f"{place}[{name}]", name, own, theirs, is_exact)
    if names != others and set(names) == set(others):
        yield place


def _names(values: list[t.Any]) -> list[str] | None:
    """Return the names of things, where each has one of its own."""
    names = [one.get("name") if isinstance(one, dict) else None for one in values]
    return names if all(isinstance(name, str) for name in names) and len(set(names)) == len(names) else None  # type: ignore[return-value]


def _below(place: str, key: str) -> str:
    return f"{place}.{key}" if _PLAIN.fullmatch(key) else f"{place}[{key}]"
