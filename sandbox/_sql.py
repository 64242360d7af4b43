# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Talk to PostgreSQL as the sandbox's administrator."""

from __future__ import annotations

import contextlib
import typing as t
from pathlib import Path

import psycopg2

from sandbox._errors import SandboxError

_FILES = Path(__file__).resolve().parent / "sql"
GRANTS = Path(__file__).resolve().parent.parent / "docs" / "grants"
Rows = list[tuple[t.Any, ...]]


class Session:
    """One connection, in which every statement is its own transaction."""

    def __init__(self, connection: t.Any) -> None:
        connection.autocommit = True
        self._connection = connection

    def run(self, statement: str, parameters: t.Sequence[t.Any] | t.Mapping[str, t.Any] | None = None) -> Rows:
        """Run one or more statements, and return the rows of the last one."""
        with self._connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []

    def run_file(self, file: str | Path) -> None:
        """Run every statement of *file*: a name in ``sql/``, or a path."""
        self.run((_FILES / file).read_text(encoding="utf-8"))


@contextlib.contextmanager
def session(**where: t.Any) -> t.Iterator[Session]:
    """Connect with psycopg2's words, within ten seconds."""
    try:
        connection = psycopg2.connect(connect_timeout=10, application_name="sandbox", **where)
    except psycopg2.OperationalError as error:
        raise SandboxError(f"Cannot connect to PostgreSQL: {str(error).strip()}") from error
    try:
        yield Session(connection)
    except psycopg2.Error as error:
        raise SandboxError(f"PostgreSQL refuses: {str(error).strip()}") from error
    finally:
        connection.close()
