# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How backups can be wrong, and what the restore drill leaves of them."""

from __future__ import annotations

import json
import shutil
import time
import typing as t
from pathlib import Path

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import backups, postgres

_DAY = 86400.0


def _of_backups(
    name: str,
    items: tuple[str, ...],
    says: str,
    do: Act,
    parts: tuple[str, ...],
    becomes: str = "failed",
    server: bool = False,
) -> Sabotage:
    """Return a sabotage that is undone by putting back all files as they were. Dumps and drills need the *server*."""

    def act(sandbox: Sandbox) -> None:
        if not _kept(sandbox).exists():
            shutil.copytree(sandbox.home(backups.NAME), _kept(sandbox))
        do(sandbox)

    through = (postgres.NAME,) if server else ()
    return Sabotage(name, backups.NAME, items, says, act, _as_it_was, becomes, parts=parts, seen_through=through)


def _kept(sandbox: Sandbox) -> Path:
    return sandbox.folder / "backups_kept"


def _as_it_was(sandbox: Sandbox) -> None:
    if _kept(sandbox).exists():
        sandbox.forget(backups.NAME)
        shutil.copytree(_kept(sandbox), sandbox.home(backups.NAME), dirs_exist_ok=True)
        shutil.rmtree(_kept(sandbox))


def _cut(kind: str, keep: float) -> Act:
    """Keep a share of the newest backup, as a full disk or a killed job leaves it."""

    def act(sandbox: Sandbox) -> None:
        path = backups.newest(sandbox, kind)
        data = path.read_bytes()
        backups.put(path, data[: int(len(data) * keep)], path.stat().st_mtime)

    return act


def _instead(kind: str, make: t.Callable[[Sandbox], bytes], encrypted: bool = True) -> Act:
    """Put another dump in the place of the newest one."""

    def act(sandbox: Sandbox) -> None:
        path = backups.newest(sandbox, kind)
        made = path.stat().st_mtime
        path.unlink()
        backups.write(sandbox, kind, made, make(sandbox), encrypted)

    return act


def _late(kind: str, days: float) -> Act:
    """Take away all backups of the last *days*."""

    def act(sandbox: Sandbox) -> None:
        for path in backups.store(sandbox).rglob(backups.PATTERNS[kind].rpartition("/")[2]):
            if time.time() - path.stat().st_mtime < days * _DAY:
                path.unlink()

    return act


def _copied_afresh(sandbox: Sandbox) -> None:
    """Take away the newest backups, and let those that are left look new by the time of their last change."""
    _late(backups.DAILY, 2.5)(sandbox)
    path = backups.newest(sandbox, backups.DAILY)
    backups.put(path, path.read_bytes(), time.time())


def _record(**changes: t.Any) -> Act:
    """Change what the record of the drill says, as if that had happened."""

    def act(sandbox: Sandbox) -> None:
        path = backups.records(sandbox) / f"restore_drill_{backups.DAILY}.json"
        path.write_text(json.dumps({**json.loads(path.read_text(encoding="utf-8")), **changes}), encoding="utf-8")

    return act


def _drilled(kind: str, before: Act | None = None, **changes: t.Any) -> Act:
    """Do a real drill, after *before*."""

    def act(sandbox: Sandbox) -> None:
        if before:
            before(sandbox)
        backups.drill(sandbox, kind, **changes)

    return act


def _no_record(sandbox: Sandbox) -> None:
    for path in backups.records(sandbox).glob("*.json"):
        path.unlink()


def _again_without_drill(sandbox: Sandbox) -> None:
    backups.write(sandbox, backups.PRE_DEPLOY, time.time() - 60)


def _before_the_freeze(sandbox: Sandbox) -> None:
    path = backups.newest(sandbox, backups.PRE_DEPLOY)
    data = path.read_bytes()
    path.unlink()
    backups.write(sandbox, backups.PRE_DEPLOY, time.time() - _DAY, data)


def _foreign(sandbox: Sandbox) -> bytes:
    return backups.dump(sandbox, "--create", database="postgres")


def _schema_only(sandbox: Sandbox) -> bytes:
    return backups.dump(sandbox, "--schema-only")


def _one_row_less(sandbox: Sandbox) -> bytes:
    """Return a dump that brings fewer sessions than there must be."""
    return backups.dump(sandbox, "--exclude-table-data=trading_sessions", "--exclude-table-data=orders")


_WHOLE = ("4.3.4",)
_PRE = ("7.2.1", "9.4")

SABOTAGES = [
    _of_backups("backup_stale", _WHOLE, "The newest backup is three days old", _late(backups.DAILY, 2.5), ("daily",)),
    _of_backups("backup_copied", _WHOLE, "An old backup was copied and looks new", _copied_afresh, ("daily",)),
    _of_backups("backup_cut_10", _WHOLE, "A tenth of the newest backup is there", _cut(backups.DAILY, 0.1), ("daily",)),
    _of_backups("backup_cut_50", _WHOLE, "Half of the newest archive is there", _cut(backups.WEEKLY, 0.5), ("weekly",)),
    _of_backups(
        "backup_cut_99", _WHOLE, "The end of the newest archive is missing", _cut(backups.WEEKLY, 0.99), ("weekly",)
    ),
    _of_backups(
        "backup_noise",
        _WHOLE,
        "The log of pg_dump is in the backup",
        _instead(backups.DAILY, backups.noisy),
        ("daily",),
        server=True,
    ),
    _of_backups(
        "backup_foreign",
        _WHOLE,
        "The backup is of another database",
        _instead(backups.DAILY, _foreign),
        ("daily",),
        server=True,
    ),
    _of_backups(
        "backup_schema_only",
        _WHOLE,
        "The backup has no rows",
        _instead(backups.DAILY, _schema_only),
        ("daily",),
        server=True,
    ),
    _of_backups(
        "backup_not_encrypted",
        _WHOLE,
        "The newest backup is not encrypted",
        _instead(backups.DAILY, backups.dump, encrypted=False),
        ("daily",),
        server=True,
    ),
    _of_backups(
        "backup_not_scheduled",
        _WHOLE,
        "The lines of cron are commented out",
        lambda sandbox: backups.schedule(sandbox, before="# "),
        ("cron.d",),
    ),
    _of_backups(
        "backup_drill_failed",
        ("4.3.5",),
        "The dump could not be restored in the drill",
        _drilled(backups.DAILY, _cut(backups.DAILY, 0.5)),
        ("daily", "records"),
        server=True,
    ),
    _of_backups(
        "backup_drill_too_slow",
        ("4.3.5",),
        "The drill took longer than the service may be away",
        _record(duration_seconds=86400.0),
        ("records",),
    ),
    _of_backups(
        "backup_drill_below_baseline",
        ("4.3.5",),
        "Fewer rows came back than there must be",
        _drilled(backups.DAILY, _instead(backups.DAILY, _one_row_less)),
        ("daily", "records"),
        server=True,
    ),
    _of_backups(
        "backup_drill_aged",
        ("4.3.5",),
        "The last drill was last quarter",
        _record(started="2026-01-01T03:00:00Z", finished="2026-01-01T03:05:00Z"),
        ("records",),
    ),
    _of_backups("backup_drill_none", ("4.3.5", "9.4"), "No drill was done", _no_record, ("records",), becomes="error"),
    _of_backups(
        "pre_deploy_cut",
        _PRE,
        "Half of the dump before the deployment is there",
        _cut(backups.PRE_DEPLOY, 0.5),
        ("pre_deploy",),
    ),
    _of_backups(
        "pre_deploy_noise",
        ("7.2.1",),
        "The log of pg_dump is in the dump before the deployment",
        _instead(backups.PRE_DEPLOY, backups.noisy),
        ("pre_deploy",),
        server=True,
    ),
    _of_backups(
        "pre_deploy_early", ("7.2.1",), "That dump was made before the freeze", _before_the_freeze, ("pre_deploy",)
    ),
    _of_backups(
        "pre_deploy_not_drilled",
        ("9.4",),
        "That dump was made anew after the drill",
        _again_without_drill,
        ("pre_deploy",),
        server=True,
    ),
]
