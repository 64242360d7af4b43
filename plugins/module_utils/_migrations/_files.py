# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which files of a folder of migrations belong together. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

_FIRST_DATE = 10_000_000  # a number of eight digits or more is a date: such numbers have gaps
_MOST_GAPS = 50
_DOWN_PART = re.compile(r"^--\s*(?:\+goose\s+Down|migrate:down)\b", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Script:
    """The SQL of one direction: the file, the line in it where the SQL begins, and the SQL."""

    file: str
    text: str
    line: int = 1


@dataclass
class Migration:
    """The scripts of one number."""

    number: int
    ups: list[Script] = field(default_factory=list)
    downs: list[Script] = field(default_factory=list)


@dataclass
class Sorted:
    """The migrations by number, and the files whose names say no number."""

    migrations: list[Migration]
    misnamed: list[str]


def sort_files(texts: t.Mapping[str, str], names: t.Sequence[t.Pattern[str]]) -> Sorted:
    """Sort the files, from name to content, by the first of the patterns *names* that fits the base name.

    A pattern has the groups ``number`` and, for the way back, ``down``.
    """
    found: dict[int, Migration] = {}
    misnamed: list[str] = []
    for file, text in texts.items():
        match = next(filter(None, (pattern.fullmatch(file.rsplit("/", 1)[-1]) for pattern in names)), None)
        if not match:
            misnamed.append(file)
            continue
        one = found.setdefault(int(match["number"]), Migration(int(match["number"])))
        if match.groupdict().get("down"):
            one.downs.append(Script(file, text))
        else:
            _add_up(one, file, text)
    return Sorted([found[number] for number in sorted(found)], misnamed)


def _add_up(migration: Migration, file: str, text: str) -> None:
    """Some tools keep both directions in one file, with a comment between them."""
    parting = _DOWN_PART.search(text)
    if not parting:
        migration.ups.append(Script(file, text))
        return
    migration.ups.append(Script(file, text[: parting.start()]))
    line = text.count("\n", 0, parting.start()) + 1
    migration.downs.append(Script(file, text[parting.start() :], line))


def gaps(numbers: t.Sequence[int], first: int) -> list[int]:
    """Return which numbers are missing from *first* on; *numbers* are in order."""
    if not numbers or numbers[-1] >= _FIRST_DATE:
        return []
    missing: list[int] = []
    expected = min(first, numbers[0])
    for number in numbers:
        missing += range(expected, min(number, expected + _MOST_GAPS))
        expected = number + 1
    return missing[:_MOST_GAPS]


def misordered(migrations: t.Sequence[Migration]) -> list[str]:
    """Return the files of ups that come, by their names, before one with a lower number."""
    by_number = [script.file for one in migrations for script in sorted(one.ups, key=lambda script: script.file)]
    return [later for later, sooner in zip(sorted(by_number), by_number) if later != sooner]
