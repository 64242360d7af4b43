# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Restore the newest backup of a kind into a scratch database, look at what came back, drop it, and write down how it went.

This is a private part of the collection; nothing outside it may import it.

A drill that fails is recorded as well: the record says what was tried last, not when it last went well.
"""

from __future__ import annotations

import contextlib
import fcntl
import signal
import time
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import from_epoch, show_time
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup import _files, _record
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._cluster import Cluster
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._dump import Scan, blocks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._open import Backup, Damaged
from ansible_collections.cryptofunk.readiness.plugins.module_utils._backup._restorable import Filter, Refused
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

if t.TYPE_CHECKING:
    from ansible.module_utils.basic import AnsibleModule

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        **_argspec.database(),
        "path": {"type": "path", "required": True},
        "kind": {"type": "str", "required": True},
        "pattern": {"type": "str", "required": True},
        "decrypt": {"type": "list", "elements": "str", "default": [], "no_log": False},
        "records": {"type": "path", "required": True},
        "template": {"type": "str", "default": "readiness_drill_template"},
        "version_table": {"type": "str", "default": "schema_version"},
        "baseline": {"type": "dict", "default": {}},
        **_argspec.timeout(7200.0),
    },
    "required_together": [["ssl_cert", "ssl_key"]],
}

_TO_DROP = 60.0  # seconds for dropping what was made, when the budget itself is used up
_TABLES = """
select quote_ident(schemaname) || '.' || quote_ident(tablename), case schemaname when 'public' then '' else schemaname || '.' end
    || tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema') and schemaname !~ '^_?timescaledb'
order by 1
"""
_BEFORE = b"select timescaledb_pre_restore();\n"
_AFTER = b"select timescaledb_post_restore();\n"
_TIMESCALEDB = "select count(*) from pg_extension where extname = 'timescaledb'"


def run_module(module: AnsibleModule) -> None:
    """Do the drill as a module; ended by a signal, it still drops what it made."""
    if module.check_mode:
        module.exit_json(changed=False, msg="A drill is not done in check mode")
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        record = drill(module.params, Deadline(module.params["timeout"]))
    except Exception as exc:  # pylint: disable=broad-exception-caught  # nothing of it may hold the password
        module.fail_json(msg=look_error(exc, "do the restore drill").message)
        return
    path = str(_record.path_of(module.params["records"], record["kind"]))
    if record["outcome"] != _record.RESTORED:
        module.fail_json(msg=f"{record['file']} was not restored: {record['fault']}", record=record, path=path)
    module.exit_json(changed=True, record=record, path=path)


def _leave(*dummy: t.Any) -> t.NoReturn:
    raise SystemExit(1)


def drill(options: dict[str, t.Any], deadline: Deadline) -> _record.Record:
    """Do the whole drill, alone on this machine, and return its record, which is written by then."""
    with (Path(options["records"]) / ".restore_drill.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LookError(Reason.NOT_OBSERVED, "Another restore drill runs on this machine") from None
        record = _tried(options, deadline)
        _record.write(options["records"], record)
        return record


def _tried(options: dict[str, t.Any], deadline: Deadline) -> _record.Record:
    files = _files.find(options["path"], options["pattern"])
    if not files:
        raise LookError(Reason.NO_DATA, f"No file below {options['path']} matches {options['pattern']}")
    newest, began = files[-1], time.time()
    record: _record.Record = {
        "format": _record.FORMAT,
        "kind": options["kind"],
        "file": newest.name,
        "bytes": newest.size,
        "dump_age_hours": round((began - newest.made) / 3600, 2),
        "started": show_time(from_epoch(began)),
        "outcome": _record.FAILED,
        "fault": None,
        "schema_version": None,
        "server_version": None,
        "tables": [],
        "lost_rows": [],
        "below_baseline": [],
        "left_over": [],
    }
    clock = time.monotonic()
    faults: list[str] = []
    with _noted(faults):
        _restore(newest, options, record, faults, deadline)
    record.update(outcome=_record.FAILED if faults else _record.RESTORED, fault="; and ".join(faults) or None)
    record["duration_seconds"] = round(time.monotonic() - clock, 3)
    record["finished"] = show_time(from_epoch(time.time()))
    return record


@contextlib.contextmanager
def _noted(faults: list[str]) -> t.Iterator[None]:
    """Note what goes wrong within: how a drill failed is its record."""
    try:
        yield
    except Damaged as exc:
        faults.append(exc.what)
    except Refused as exc:
        faults.append(f"The dump reaches beyond its database, and was not restored: {exc.what}")
    except Exception as exc:  # pylint: disable=broad-exception-caught  # none of them ends the drill without a record
        faults.append(look_error(exc, "restore the dump").message)


def _restore(
    newest: _files.File, options: dict[str, t.Any], record: _record.Record, faults: list[str], deadline: Deadline
) -> None:
    """Restore the dump, and record what was found then. The scratch database is dropped in every case."""
    cluster = Cluster(options, deadline)
    record["left_over"] = cluster.drop_left_over()
    backup = Backup(newest.path, options["decrypt"], deadline)
    scan = Scan(options["version_table"])
    name = cluster.create()
    try:
        with _noted(faults):
            cluster.fill(name, _sql(backup, scan, cluster.ask(_TIMESCALEDB, name) == ["1"]))
            damage = scan.damage()
            if damage:
                raise Damaged(damage[0])
            record.update(_found(cluster, name, scan, options))
    finally:
        with _noted(faults):
            cluster.with_deadline(_TO_DROP).drop(name)


def _sql(backup: Backup, scan: Scan, has_timescaledb: bool) -> t.Iterator[bytes]:
    """Yield what psql is to run. What is no SQL for a scratch database raises Refused in the middle of it."""
    kept = Filter()
    if has_timescaledb:
        yield _BEFORE
    for block in blocks(backup.sql()):
        scan.add(block)
        yield kept.apply(block)
    if has_timescaledb:
        yield _AFTER


def _found(cluster: Cluster, name: str, scan: Scan, options: dict[str, t.Any]) -> dict[str, t.Any]:
    tables = [line.split("|", 1) for line in cluster.ask(_TABLES, name, "list the restored tables")]
    rows = _rows(cluster, name, tables)
    lost = [
        {"table": table, "dumped": dumped, "restored": rows.get(table, 0)}
        for table, dumped in sorted(scan.rows.items())
        if dumped is not None and rows.get(table, 0) != dumped
    ]
    below = [
        {"table": table, "wanted": int(least), "restored": rows.get(table, 0)}
        for table, least in sorted(options["baseline"].items())
        if rows.get(table, 0) < int(least)
    ]
    return {
        "tables": [{"name": table, "rows": count} for table, count in sorted(rows.items())],
        "schema_version": _version(cluster, name, options["version_table"], rows),
        "server_version": (cluster.ask("show server_version", name) or [""])[0].split(" ")[0],
        "lost_rows": lost,
        "below_baseline": below,
    }


def _rows(cluster: Cluster, name: str, tables: list[list[str]]) -> dict[str, int]:
    """Count the rows of each table, in one query."""
    if not tables:
        return {}
    counts = " union all ".join(
        f"select {number}, count(*) from {quoted}" for number, (quoted, dummy) in enumerate(tables)
    )
    answers = [line.split("|") for line in cluster.ask(counts, name, "count the restored rows")]
    return {tables[int(number)][1]: int(count) for number, count in answers}


def _version(cluster: Cluster, name: str, table: str, rows: dict[str, int]) -> int | None:
    if not rows.get(table):
        return None
    quoted = ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
    answer = cluster.ask(f"select max(version) from {quoted}", name, "ask for the version of the schema")
    return int(answer[0]) if answer and answer[0].isdigit() else None
