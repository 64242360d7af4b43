# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make, fill, look at and drop scratch databases by psql, as the drill's own role.

This is a private part of the collection; nothing outside it may import it.

A scratch database is known by its name and its owner. Nothing else is ever dropped, and CREATE DATABASE itself refuses a name that
is there. The password goes by the environment, which other users of the machine cannot read.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import threading
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error

PREFIX = "readiness_drill_"
_PSQL = ("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1")
_COMPLAINT = 4000
_CONNECT_SECONDS = "10"
_LEFT_OVER = """
select d.datname from pg_database d join pg_roles r on r.oid = d.datdba
where r.rolname = current_user and not d.datistemplate and d.datname ~ '^readiness_drill_[0-9]{14}_[0-9a-f]{8}$'
    and not exists (select from pg_stat_activity a where a.datid = d.oid and a.usesysid is not null)
"""  # autovacuum is no user's session


class Cluster:
    """A server of PostgreSQL, as the drill's role sees it."""

    def __init__(self, options: t.Mapping[str, t.Any], deadline: Deadline) -> None:
        self._options = options
        self._deadline = deadline
        self.name = f"{options['login_host']}:{options['login_port']}"

    def with_deadline(self, seconds: float) -> Cluster:
        """Return the same server with another budget: what was made is dropped after the first one is used up, too."""
        return Cluster(self._options, Deadline(seconds))

    def drop_left_over(self) -> list[str]:
        """Drop the scratch databases that a killed drill left behind and nobody is in; return their names."""
        names = self.ask(_LEFT_OVER, attempt="look for left over scratch databases")
        for name in names:
            self.drop(name)
        return names

    def create(self) -> str:
        """Create a scratch database under a name that nobody has, and return that."""
        name = f"{PREFIX}{time.strftime('%Y%m%d%H%M%S', time.gmtime())}_{secrets.token_hex(4)}"
        template = self._options["template"].replace('"', '""')
        self.ask(f'create database {name} template "{template}"', attempt=f"create a database from {template}")
        return name

    def drop(self, name: str) -> None:
        """Drop one scratch database.

        With force the server ends the sessions in it, but refuses where its own autovacuum is at work, which only a superuser may
        end; without force it asks autovacuum to stop, but only waits for sessions.
        """
        if not name.startswith(PREFIX):
            raise LookError(Reason.UNSUPPORTED, f"{name} is no scratch database, and is left alone")
        statement = f"drop database if exists {name}"
        for way in (f"{statement} with (force)", statement):
            with contextlib.suppress(LookError):
                self.ask(way)
                return
        self.ask(f"{statement} with (force)", attempt=f"drop {name}")

    def ask(self, statement: str, database: str | None = None, attempt: str = "ask") -> list[str]:
        """Run one *statement* and return the lines of its answer."""
        with self._psql(database) as process:
            try:
                out, err = process.communicate(statement.encode() + b";\n", timeout=self._deadline.step())
            except subprocess.TimeoutExpired:
                process.kill()
                raise LookError(Reason.TIMEOUT, f"Cannot {attempt} at {self.name}: no answer in time") from None
            except BaseException:
                process.kill()
                raise
        if process.returncode != 0:
            raise fault(err.decode("utf-8", "replace"), f"{attempt} at {self.name}")
        return [line for line in out.decode("utf-8", "replace").splitlines() if line]

    def fill(self, database: str, chunks: t.Iterable[bytes]) -> None:
        """Run the SQL of *chunks* in *database*, and stop at the first error."""
        with self._psql(database) as process:
            complaint: list[bytes] = []
            listener = threading.Thread(target=_listen, args=(process, complaint), daemon=True)
            silencer = threading.Thread(target=_read_away, args=(process,), daemon=True)
            timer = threading.Timer(self._deadline.step(), process.kill)
            for thread in (listener, silencer, timer):
                thread.daemon = True
                thread.start()
            try:
                _feed(process, chunks)
                process.wait()
            except BaseException:
                process.kill()
                raise
            finally:
                timer.cancel()
            listener.join(2)
            silencer.join(2)
        self._deadline.step()
        if process.returncode != 0:
            raise fault(b"".join(complaint).decode("utf-8", "replace"), f"restore the dump at {self.name}")

    def _psql(self, database: str | None) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                _PSQL,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._environment(database or self._options["login_db"]),
                cwd="/",
            )
        except FileNotFoundError as exc:
            words = "There is no psql where the drill runs: install the client of PostgreSQL (postgresql-client)"
            raise LookError(Reason.NOT_OBSERVED, words) from exc
        except OSError as exc:
            raise look_error(exc, "start psql") from exc

    def _environment(self, database: str) -> dict[str, str]:
        wanted = {
            "PGHOST": self._options["login_host"],
            "PGPORT": str(self._options["login_port"]),
            "PGUSER": self._options["login_user"],
            "PGPASSWORD": self._options["login_password"],
            "PGSSLMODE": self._options["ssl_mode"],
            "PGSSLROOTCERT": self._options["ca_cert"],
            "PGSSLCERT": self._options["ssl_cert"],
            "PGSSLKEY": self._options["ssl_key"],
            "PGDATABASE": database,
            "PGPASSFILE": "/dev/null/none",
            "PGCONNECT_TIMEOUT": _CONNECT_SECONDS,
            "PGAPPNAME": "cryptofunk-readiness-drill",
            "PATH": os.environ.get("PATH", os.defpath),
            "LC_ALL": "C.UTF-8",
        }
        return {name: value for name, value in wanted.items() if value is not None}


def _feed(process: subprocess.Popen[bytes], chunks: t.Iterable[bytes]) -> None:
    pipe = t.cast("t.IO[bytes]", process.stdin)
    try:
        for chunk in chunks:
            pipe.write(chunk)
    except BrokenPipeError:
        return  # psql is gone: its exit status and its words tell why
    finally:
        with contextlib.suppress(BrokenPipeError):
            pipe.close()


def _listen(process: subprocess.Popen[bytes], complaint: list[bytes]) -> None:
    held = 0
    for line in t.cast("t.IO[bytes]", process.stderr):
        if held < _COMPLAINT and any(mark in line for mark in (b"ERROR:", b"FATAL:", b"error:")):
            complaint.append(line[:500])
            held += len(line)


def _read_away(process: subprocess.Popen[bytes]) -> None:
    for dummy in t.cast("t.IO[bytes]", process.stdout):
        continue


def fault(complaint: str, attempt: str) -> LookError:
    """Return what became of an *attempt* by the words of psql, which are in English here: the locale is C."""
    said = next(
        (line for line in complaint.splitlines() if "ERROR:" in line or "FATAL:" in line or "error:" in line), ""
    )
    words = said.rpartition("ERROR:")[2].rpartition("FATAL:")[2].rpartition("error:")[2].strip()[:200] or "psql failed"
    reasons = (
        ("permission denied", Reason.UNAUTHORISED),
        ("password authentication failed", Reason.UNAUTHORISED),
        ("no pg_hba.conf entry", Reason.UNAUTHORISED),
        ("must be owner", Reason.UNAUTHORISED),
        ("Connection refused", Reason.REFUSED),
        ("could not translate host name", Reason.UNREACHABLE),
        ("timeout expired", Reason.TIMEOUT),
    )
    reason = next((one for mark, one in reasons if mark in complaint), Reason.NOT_OBSERVED)
    hint = ": run docs/grants/restore_drill.sql" if reason is Reason.UNAUTHORISED else ""
    return LookError(reason, f"Cannot {attempt}: {words}{hint}")
