# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ask one PostgreSQL session for rows: each query in a read-only transaction of its own, bounded in time on both sides.

``set local`` leaves nothing behind in the session, which may belong to a pooler and be somebody else's a moment later.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import driver, wait
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._faults import query_fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._plain import plain

MARK = "cryptofunk.readiness"  # at the end of every query: PostgreSQL 18 drops comments in front
_SHARE = 0.6  # of what is left of the budget, for one query on the server
_GRACE = 0.5  # seconds beyond that, in which the server has to say that it gave up
_LOCK_WAIT = 1000  # milliseconds

Row = t.Dict[str, t.Any]
Parameters = t.Union[t.Sequence[t.Any], t.Mapping[str, t.Any]]


class Session:
    """A connection, and what became of it: after a time-out every further query fails at once with the same reason."""

    def __init__(self, connection: t.Any, name: str, deadline: Deadline) -> None:
        self.connection = connection
        self.attempt = f"look at {name}"
        self._deadline = deadline
        self._lost: LookError | None = None

    def rows(self, query: str, parameters: Parameters = (), needs: str = "") -> list[Row]:
        """Return the rows of *query*; *needs* names the right that it takes, for the reader who has to grant it."""
        most = self._deadline.step() * _SHARE
        limits = f"set local statement_timeout = {max(1, int(most * 1000))}; set local lock_timeout = {_LOCK_WAIT}"
        try:
            return self._run(f"begin read only; {limits}; {query} /* {MARK} */", parameters, most + _GRACE, needs)
        finally:
            self._end()

    def row(self, query: str, parameters: Parameters = (), needs: str = "") -> Row:
        """Return the one row of *query*."""
        rows = self.rows(query, parameters, needs)
        if len(rows) != 1:
            raise LookError(Reason.NO_DATA, f"Cannot {self.attempt}: the server gave {len(rows)} rows instead of one")
        return rows[0]

    def console(self, command: str) -> list[Row]:
        """Return the rows of a *command* of PgBouncer's console, which knows no transactions."""
        return self._run(command, (), self._deadline.step(), "")

    def close(self) -> None:
        self.connection.close()

    def _run(self, query: str, parameters: Parameters, most: float, needs: str) -> list[Row]:
        if self._lost:
            raise self._lost
        psycopg2 = driver()
        cursor = self.connection.cursor()
        try:
            cursor.execute(query, parameters or None)
            wait(self.connection, Deadline(min(most, self._deadline.step())), self.attempt)
            if cursor.description is None:
                return []
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, map(plain, row))) for row in cursor.fetchall()]
        except psycopg2.Error as exc:
            error = query_fault(exc.pgcode, self.attempt, needs)
            if self.connection.closed:
                self._lost = error
            raise error from None
        except LookError as exc:
            self._lost = exc
            raise

    def _end(self) -> None:
        """End the transaction; a session that cannot even do that is lost, which the next query reports.

        It is committed: what a library sets up in a session when it is first used would be undone by a rollback.
        """
        if self._lost or self.connection.closed:
            return
        try:
            self._run("commit", (), self._deadline.left() + _GRACE, "")
        except LookError:
            self.connection.close()
