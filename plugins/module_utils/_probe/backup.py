# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the backups of a database: how old, how large, whether whole, what is in them, and when one was last restored.

Nothing is written and nothing is restored. Programs that are run: the declared one that decrypts, and pg_restore, which reads an
archive and writes SQL to us.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import (
    from_epoch,
    parse_time,
    show_time,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _files, _record, _schedule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._dump import Scan, blocks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._open import Backup, Damaged
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all

OF_FILES = True
SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "kinds": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "name": {"type": "str", "required": True},
                "pattern": {"type": "str", "required": True},
                "every_hours": {"type": "float"},
                "command": {"type": "str"},
                "drill": {"type": "bool", "default": False},
            },
        },
        "since": {"type": "str"},
        "database": {"type": "str"},
        "version_table": {"type": "str", "default": "schema_version"},
        "decrypt": {"type": "list", "elements": "str", "default": [], "no_log": False},
        "schedules": {
            "type": "list",
            "elements": "str",
            "default": [
                "/etc/crontab",
                "/etc/cron.d/*",
                "/var/spool/cron/crontabs/*",
                "/var/spool/cron/*",
                "/etc/systemd/system/*.service",
            ],
        },
        "records": {"type": "path"},
        **_argspec.timeout(120.0),
    },
}

_SHARE = 0.9  # of the budget, so that what was seen is told when a backup is too large to be read in time
_HOUR = 3600.0


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject a kind of backup."""
    return look_at_all(
        [(kind["name"], functools.partial(_look, kind, options, deadline)) for kind in options["kinds"]], deadline
    )


def _look(kind: dict[str, t.Any], options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    now = time.time()
    files = _files.find(options["path"], kind["pattern"])
    part = Part()
    part.seen.update(kind="drilled" if kind["drill"] else "kept", count=len(files))
    part.look(
        "schedule", lambda: _schedule.entries(options["schedules"], kind["command"]), "look at what runs by the clock"
    )
    _look_at_history(part, files, kind["every_hours"], now)
    if files:
        _look_at_newest(part, files[-1], options, now, deadline)
    else:
        missing = LookError(Reason.NO_DATA, f"No file below {options['path']} matches {kind['pattern']}")
        for key in ("newest", "is_after", "content"):
            part.miss(key, missing)
    part.look(
        "drill", lambda: _drill(kind["name"], files, options, now), f"read the record of the drill of {kind['name']}"
    )
    return part.to_dict()


def _look_at_history(part: Part, files: list[_files.File], every: float | None, now: float) -> None:
    looks: dict[str, t.Callable[[], t.Any]] = {
        "size_ratio": lambda: _files.size_ratio(files),
        "periods_old": lambda: round((now - files[-1].made) / _HOUR / _period(every), 2),
        "longest_gap_periods": lambda: _files.longest_gap(files, _period(every) * _HOUR),
    }
    for key, see in looks.items():
        if files:
            part.look(key, see, f"tell {key} of the backups")
        else:
            part.miss(key, LookError(Reason.NO_DATA, "There is no backup"))


def _period(every: float | None) -> float:
    if not every:
        raise LookError(
            Reason.NOT_CONFIGURED, "How often these backups are made is not declared (every_hours of the kind)"
        )
    return every


def _look_at_newest(part: Part, file: _files.File, options: dict[str, t.Any], now: float, deadline: Deadline) -> None:
    part.seen["newest"] = {
        "file": file.name,
        "at": str(file.path),
        "made": show_time(from_epoch(file.made)) or "",
        "age_hours": round((now - file.made) / _HOUR, 2),
        "bytes": file.size,
    }
    part.look("is_after", lambda: _is_after(file, options["since"]), "compare the backup with the freeze")
    part.look("content", lambda: _content(file, options, now, deadline), f"read {file.path}")


def _is_after(file: _files.File, since: str | None) -> bool:
    if not since:
        raise LookError(Reason.NOT_CONFIGURED, "From when on nothing was to change any more is not declared (freeze)")
    moment = parse_time(since)
    if moment is None:
        raise LookError(
            Reason.MALFORMED, f"The declared time of the freeze, {since!r}, is no time like 2026-11-26T08:00:00Z"
        )
    return file.made > moment.timestamp()


def _content(file: _files.File, options: dict[str, t.Any], now: float, deadline: Deadline) -> dict[str, t.Any]:
    backup = Backup(file.path, options["decrypt"], deadline)
    scan = Scan(options["version_table"])
    damage = _files.outer_damage(file, now)
    try:
        for block in blocks(backup.sql()):
            scan.add(block)
        damage += scan.damage()
    except Damaged as exc:
        damage.append(exc.what)
    named = [backup.database, *scan.databases, _files.description(file).get("database")]
    return {
        "layers": backup.layers,
        "encrypted": backup.encrypted,
        "damage": damage,
        "noise": scan.noise,
        "tables": [{"name": name, "rows": rows} for name, rows in sorted(scan.rows.items())],
        "schema_version": scan.schema_version,
        "server_version": scan.server_version,
        "extensions": scan.extensions,
        "databases": sorted({one for one in named if isinstance(one, str)}),
        "other_databases": sorted({one for one in named if isinstance(one, str) and one != options["database"]})
        if options["database"]
        else [],
    }


def _drill(kind: str, files: list[_files.File], options: dict[str, t.Any], now: float) -> dict[str, t.Any]:
    record = _record.read(options["records"], kind)
    finished = parse_time(record["finished"])
    age = (now - finished.timestamp()) / _HOUR if finished else 0.0
    seen = {key: one for key, one in record.items() if key not in ("format", "kind")}
    return {**seen, "age_hours": round(age, 2), "is_of_newest": bool(files) and files[-1].name == record["file"]}
