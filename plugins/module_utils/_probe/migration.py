# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the migrations of a checkout: pairs, numbers, what they destroy. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import (
    Migration,
    Script,
    Sorted,
    gaps,
    misordered,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._initdb import mounts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._load import NAMES, load, text_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._show import Reviewed, show_reviews
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse

MARKER = r"(?i)readiness:\s*announced\b\W*\w"

OF_FILES = True

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "folder": {"type": "str", "default": "migrations"},
        "names": {"type": "list", "elements": "str", "default": list(NAMES)},
        "first": {"type": "int", "default": 1},
        "since": {"type": "int", "default": 0},
        "schema_version": {"type": "int"},
        "marker": {"type": "str", "default": MARKER},
        "announcements": {"type": "list", "elements": "str", "default": []},
        "extensions": {"type": "list", "elements": "str", "default": []},
        "compose": {"type": "list", "elements": "str", "default": []},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(20.0),
    },
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the folder of migrations."""
    name = options["folder"]
    try:
        return [subject(name, _look(Folder(options["path"]), options, deadline))]
    except LookError as exc:
        return [unseen_subject(name, exc)]


def _look(folder: Folder, options: dict[str, t.Any], deadline: Deadline) -> dict[str, t.Any]:
    files = load(folder, options, deadline)
    part = Part()
    part.seen.update(_names(files, options["first"]))
    part.look("run_at_first_start", lambda: _mounted(folder, options, files), "read the files of compose")
    part.look("is_stated_version", lambda: _is_stated(files, options["schema_version"]), "compare the version")
    reviewed = Reviewed(re.compile(options["marker"]), deadline)
    try:
        mentioned = _mentions(folder, options)
    except LookError as exc:
        part.miss("announcements", exc)
        mentioned = ""
    show_reviews(part, files.migrations, reviewed, options, mentioned)
    return part.to_dict()


def _names(files: Sorted, first: int) -> dict[str, t.Any]:
    """What the names alone say."""
    numbers = [one.number for one in files.migrations if one.ups]
    after = {missing: _place_after(files.migrations, missing) for missing in gaps(numbers, first)}
    return {
        "at": [_place(script) for one in files.migrations for script in [*one.ups, *one.downs]],
        "count": len(numbers),
        "latest": numbers[-1] if numbers else None,
        "misnamed": [{"file": file, "at": f"{file}:1"} for file in files.misnamed],
        "gaps": [{"number": number, "at": place} for number, place in after.items()],
        "duplicates": [
            {"number": one.number, "direction": way, "at": [_place(script) for script in scripts]}
            for one in files.migrations
            for way, scripts in (("up", one.ups), ("down", one.downs))
            if len(scripts) > 1
        ],
        "misordered": [{"file": file, "at": f"{file}:1"} for file in misordered(files.migrations)],
        "unpaired": [
            {"number": one.number, "lacks": "down" if one.ups else "up", "at": _place((one.ups or one.downs)[0])}
            for one in files.migrations
            if not one.ups or not one.downs
        ],
    }


def _place(script: Script) -> str:
    return f"{script.file}:{script.line}"


def _place_after(migrations: t.Sequence[Migration], number: int) -> str:
    """A file that is missing has no place: name the one that comes next."""
    following = next((one for one in migrations if one.number > number and one.ups), migrations[-1])
    return _place((following.ups or following.downs)[0])


def _is_stated(files: Sorted, stated: int | None) -> bool:
    if stated is None:
        raise LookError(Reason.NOT_CONFIGURED, "The inventory does not say which version of the schema the release has")
    return max((one.number for one in files.migrations if one.ups), default=None) == stated


def _mounted(folder: Folder, options: dict[str, t.Any], files: Sorted) -> list[dict[str, t.Any]]:
    """Services that would run the ways back at their first start, behind the ways there."""
    downs = [script.file for one in files.migrations for script in one.downs]
    separate = [file for file in downs if file not in {up.file for one in files.migrations for up in one.ups}]
    found: list[dict[str, t.Any]] = []
    for pattern in options["compose"]:
        for file in folder.matches(pattern):
            for tree in parse(folder.read(file, options["max_bytes"]), file):
                found += [
                    {"service": service, "downs": len(separate), "at": place}
                    for service, place in mounts(tree, file, options["folder"])
                    if separate
                ]
    return found


def _mentions(folder: Folder, options: dict[str, t.Any]) -> str:
    """The texts in which a migration can be announced by its name."""
    return "\n".join(
        text_of(folder, file, options["max_bytes"])
        for pattern in options["announcements"]
        for file in folder.matches(pattern)
    )
