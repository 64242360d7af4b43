# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Show what the review of migrations found, and what of them could not be read. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._extensions import missing
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Migration, Script
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._review import (
    RELATIONS,
    Review,
    harmful,
    has_marker,
    not_undone,
    review,
)

Entries = t.List[t.Dict[str, t.Any]]


class Reviewed:
    """The reviews of scripts, each made once, and why some could not be made."""

    def __init__(self, marker: t.Pattern[str], deadline: Deadline) -> None:
        self.marker = marker
        self.problems: list[LookError] = []
        self.all: list[Review] = []
        self._deadline = deadline

    def of(self, script: Script) -> Review | None:
        try:
            self._deadline.step()
            one = review(script, self.marker)
        except LookError as exc:
            self.problems.append(exc)
            return None
        self.all.append(one)
        return one


def show_reviews(
    part: Part, migrations: t.Sequence[Migration], reviewed: Reviewed, options: dict[str, t.Any], mentioned: str
) -> None:
    """Fill the keys that the statements decide. What was found stands, but "nothing more" is not said of what was not read."""
    found: dict[str, Entries] = {"destructive": [], "empty_downs": [], "not_undone": [], "blocking_indexes": []}
    known: set[tuple[str, str]] = set()
    opaque: dict[str, list[str]] = {"up": [], "down": []}
    for one in migrations:
        ups = [each for each in map(reviewed.of, one.ups) if each]
        downs = [each for each in map(reviewed.of, one.downs) if each]
        if one.number > options["since"]:
            _note(found, ups, downs, known, reviewed, mentioned)
            opaque["up"] += [f"{each.script.file}:{line}" for each in ups for line in each.opaque]
            opaque["down"] += [f"{each.script.file}:{line}" for each in downs for line in each.opaque]
        _remember(known, ups)
    part.seen["blocking_indexes"] = found["blocking_indexes"]
    unread = reviewed.problems[0] if reviewed.problems else None
    _fill(part, "destructive", found["destructive"], unread or _blind(opaque["up"]))
    _fill(part, "empty_downs", found["empty_downs"], unread)
    _fill(part, "not_undone", found["not_undone"], unread or _blind(opaque["down"]))
    missed = [vars(one) for one in missing(reviewed.all, options["extensions"])]
    shown = [{"function": one["function"], "extension": one["extension"], "at": one["place"]} for one in missed]
    _fill(part, "missing_extensions", shown, unread)
    part.seen["complete"] = True
    if unread:
        part.miss("complete", unread)


def _fill(part: Part, key: str, entries: Entries, why: LookError | None) -> None:
    if why and not entries:
        part.miss(key, why)
    else:
        part.seen[key] = entries


def _blind(places: list[str]) -> LookError | None:
    """What is put together when the script runs, or run by psql, is not known from the file."""
    if not places:
        return None
    return LookError(Reason.UNSUPPORTED, f"{places[0]} runs what the file does not show")


def _remember(known: set[tuple[str, str]], ups: t.Iterable[Review]) -> None:
    for one in ups:
        known.difference_update((gone.kind, name) for gone in one.dropped for name in gone.names)
        known.update((made.kind, made.name) for made in one.made)


def _note(
    found: dict[str, Entries],
    ups: list[Review],
    downs: list[Review],
    known: set[tuple[str, str]],
    reviewed: Reviewed,
    mentioned: str,
) -> None:
    tables = {name for kind, name in known if kind == "table"}
    for up in ups:
        file = up.script.file
        in_words = _stem(file) in mentioned
        found["destructive"] += [
            {"says": danger.says, "target": danger.target, "announced": said or in_words, "at": f"{file}:{danger.line}"}
            for danger, said in harmful(up, tables)
        ]
        own = {made.name for made in up.made if made.kind in RELATIONS}
        found["blocking_indexes"] += [
            {"index": lock.name, "table": lock.table, "at": f"{file}:{lock.line}"}
            for lock in up.locks
            if lock.table not in own
        ]
    for down in downs:
        if down.is_empty:
            announced = down.announced or has_marker(down.script, reviewed.marker)
            found["empty_downs"].append({"announced": announced, "at": f"{down.script.file}:{down.script.line}"})
    for up, down in zip(ups[:1], downs[:1]):
        if not down.is_empty:
            found["not_undone"] += [
                _left(up, down, made.kind, made.name, made.line) for made in not_undone(up, down, known)
            ]


def _left(up: Review, down: Review, kind: str, name: str, line: int) -> dict[str, t.Any]:
    return {"kind": kind, "name": name, "down": down.script.file, "at": f"{up.script.file}:{line}"}


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1][: -len(".sql")]
