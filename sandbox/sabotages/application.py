# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the application's use of PostgreSQL can be wrong."""

from __future__ import annotations

import typing as t

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import app_sessions
from sandbox.sabotages.postgres import admit_plaintext, restored


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


SABOTAGES = [
    Sabotage(
        "application_in_plaintext",
        app_sessions.NAME,
        ("1.3.1",),
        "The application's sessions are not encrypted",
        _application_in_plaintext,
        _application_in_tls,
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
]
