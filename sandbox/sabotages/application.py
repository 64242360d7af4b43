# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the application's use of PostgreSQL can be wrong."""

from __future__ import annotations

import typing as t

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import app_sessions, postgres
from sandbox.sabotages.postgres import admit_plaintext, restored

_BY_ROW = "select count(*) as sabotage_by_row from orders where quantity = %s"


def _application(**how: t.Any) -> Act:
    """Return an act that starts the application's sessions anew, *how* ``app_sessions.run`` says."""

    def act(sandbox: Sandbox) -> None:
        app_sessions.stop(sandbox)
        wait_until(lambda: app_sessions.counted(sandbox) == 0, "The end of the application's sessions")
        app_sessions.run(sandbox, **{"sessions": app_sessions.SESSIONS, **how})

    return act


def _application_in_plaintext(sandbox: Sandbox) -> None:
    admit_plaintext(sandbox)
    _application(sslmode="disable")(sandbox)


def _application_in_tls(sandbox: Sandbox) -> None:
    restored(sandbox)
    _application()(sandbox)


def _statements_a_row(sandbox: Sandbox) -> None:
    """Run one statement for each row of a list, as code does that has no join: twelve times a request."""
    with app_sessions.session(sandbox) as session:
        for number in range(postgres.REQUESTS * 12):
            session.run(_BY_ROW, [number])


def _forget_statements(sandbox: Sandbox) -> None:
    with postgres.admin(sandbox) as database:
        database.run(
            "select pg_stat_statements_reset(userid, dbid, queryid) from pg_stat_statements where query ~ 'sabotage_by_row'"
        )


SABOTAGES = [
    Sabotage(
        "application_in_plaintext",
        app_sessions.NAME,
        ("1.3.1",),
        "The application's sessions are not encrypted",
        _application_in_plaintext,
        _application_in_tls,
        seen_through=(postgres.NAME,),
    ),
    Sabotage(
        "application_too_many_sessions",
        app_sessions.NAME,
        ("2.1.3",),
        "The application holds 30 sessions",
        _application(sessions=30),
        _application(),
    ),
    Sabotage(
        "application_too_few_sessions",
        app_sessions.NAME,
        ("2.1.3",),
        "The application holds 2 sessions",
        _application(sessions=2),
        _application(),
    ),
    Sabotage(
        "application_takes_connections",
        app_sessions.NAME,
        ("2.3.5",),
        "The application holds nearly all connections",
        _application(sessions=85),
        _application(),
    ),
    Sabotage(
        "application_session_per_request",
        app_sessions.NAME,
        ("2.5.4",),
        "The application opens a session for each request",
        _application(per_request=True),
        _application(),
    ),
    Sabotage(
        "application_statement_per_row",
        app_sessions.NAME,
        ("2.5.1",),
        "The application runs a statement for each row",
        _statements_a_row,
        _forget_statements,
        seen_through=(postgres.NAME,),
    ),
]
