# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read data whose shape nobody has checked: what is of another type counts as absent. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

Place = t.Tuple[t.Union[str, int], ...]


def get(value: t.Any, *path: str | int) -> t.Any:
    """Return what stands at *path* below *value*, or None."""
    for step in path:
        if isinstance(value, dict) and isinstance(step, str):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            value = value[step]
        else:
            return None
    return value


def mapping(value: t.Any, *path: str | int) -> dict[str, t.Any]:
    found = get(value, *path)
    return found if isinstance(found, dict) else {}


def sequence(value: t.Any, *path: str | int) -> list[t.Any]:
    found = get(value, *path)
    return found if isinstance(found, list) else []


def mappings(value: t.Any, *path: str | int) -> list[tuple[int, dict[str, t.Any]]]:
    """Return the mappings of a list with their positions in it."""
    return [(number, one) for number, one in enumerate(sequence(value, *path)) if isinstance(one, dict)]


def text(value: t.Any, *path: str | int) -> str:
    found = get(value, *path)
    return found if isinstance(found, str) else ""


def texts(value: t.Any, *path: str | int) -> list[str]:
    """Return the elements of a list as texts; numbers among them too, as nobody quotes them."""
    return [str(one) for one in sequence(value, *path) if isinstance(one, (str, int, float))]


def number(value: t.Any, *path: str | int) -> int | None:
    found = get(value, *path)
    return found if isinstance(found, int) and not isinstance(found, bool) else None
