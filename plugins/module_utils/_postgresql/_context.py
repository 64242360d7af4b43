# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every aspect of a look at PostgreSQL gets to work with.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import Login
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._session import Session

MONITOR = "grant pg_monitor"  # what an administrator has to do for most of what a look needs


class Context:
    """One session, the options of the probe, and what several keys of an observation ask for once."""

    def __init__(self, session: Session, login: Login, options: dict[str, t.Any], deadline: Deadline) -> None:
        self.session = session
        self.login = login
        self.options = options
        self.deadline = deadline
        self._known: dict[str, t.Any] = {}

    def once(self, name: str, see: t.Callable[[], t.Any]) -> t.Any:
        """Return what *see* returned when it was first asked under this *name*."""
        if name not in self._known:
            self._known[name] = see()
        return self._known[name]

    def need_statistics(self) -> None:
        """Raise LookError unless this session may see those of others, which the server would hide without a word."""
        query = "select pg_has_role(current_user, 'pg_read_all_stats', 'usage') as may, current_user::text as who"
        found = self.once("may see statistics", lambda: self.session.row(query))
        if not found["may"]:
            why = f"{found['who']} sees only its own; it needs: {MONITOR} to {found['who']}"
            raise LookError(Reason.UNAUTHORISED, f"Cannot {self.session.attempt}: {why}")

    def need_sessions(self) -> None:
        """Raise LookError unless the server shows sessions at all: an empty list would look as if there were none."""
        self.need_statistics()
        query = "select exists (select from pg_stat_activity where pid = pg_backend_pid()) as sees_itself"
        if not self.once("sees itself", lambda: self.session.row(query))["sees_itself"]:
            why = "the server shows no sessions, not even this one"
            raise LookError(Reason.UNSUPPORTED, f"Cannot {self.session.attempt}: {why}")
