# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which sabotages fail every item, and which of them can be done and seen together: those in nobody's way that claim other items."""

from __future__ import annotations

import itertools
import typing as t

from sandbox import components
from sandbox._contract import Sabotage

Topics = t.Callable[[Sabotage], t.AbstractSet[str]]


def batches(chosen: list[Sabotage], topics: Topics = lambda one: set()) -> list[list[Sabotage]]:
    """Put each sabotage into a batch in which nobody else hurts what it stands on, or claims its items.

    Those that are in the way of many come first: they make the batches. The others fill them, each where the fewest *topics* have to be
    looked at besides because of it.
    """
    found: list[list[Sabotage]] = []
    for sabotage in sorted(chosen, key=lambda one: -sum(_collide(one, other) for other in chosen)):
        fitting = [batch for batch in found if not any(_collide(one, sabotage) for one in batch)]
        if fitting:
            min(fitting, key=lambda batch: len(topics(sabotage) - _all(batch, topics))).append(sabotage)
        else:
            found.append([sabotage])
    return found


def fewest(chosen: list[Sabotage], items: t.Collection[str]) -> list[Sabotage]:
    """Return few of the *chosen* that fail each of the *items* once, as far as any does: always the one that fails most of the rest."""
    failing = [one for one in chosen if one.becomes == "failed"]
    left = set(items)
    found: list[Sabotage] = []
    while best := max(failing, key=lambda one: len(left & set(one.items)), default=None):
        if not left & set(best.items):
            break
        found.append(best)
        left -= set(best.items)
    return found


def _all(batch: list[Sabotage], topics: Topics) -> set[str]:
    return set().union(*map(topics, batch))


def _collide(one: Sabotage, other: Sabotage) -> bool:
    """Tell whether two sabotages cannot be told apart: they claim one item, or one hurts what the other is seen through."""
    same_items = bool(set(one.items) & set(other.items))
    return same_items or any(_hurts(breaking, seen) for breaking, seen in itertools.permutations((one, other)))


def _hurts(breaking: Sabotage, seen: Sabotage) -> bool:
    """Tell whether *breaking* changes what has to be as it was for the items of *seen* to be seen."""
    if not breaking.parts:
        return breaking.component in _stands_on(seen)
    if breaking.component in seen.seen_through:
        return True
    return breaking.component == seen.component and (not seen.parts or _overlap(breaking.parts, seen.parts))


def _overlap(some: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Tell whether a part of the one is a part of the other, or within it."""
    pairs = [*itertools.product(some, others), *itertools.product(others, some)]
    return any(outer in (inner, ".") or inner.startswith(f"{outer}/") for inner, outer in pairs)


def _stands_on(sabotage: Sabotage) -> set[str]:
    """Return the component that is hurt and those that its items are seen through, with all that they need."""
    needs = {component.NAME: component.NEEDS for component in components.ALL}
    left = [sabotage.component, *sabotage.seen_through]
    found: set[str] = set()
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += needs[name]
    return found
