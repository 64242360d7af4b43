# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application's sessions on the primary: the pool of an API that is under way.

hardened: ten sessions of the application's role over TLS. as_shipped: two sessions of the superuser in plaintext, which
is what the hard-coded minimum of CryptoFunk's pool comes to when nobody asks for anything.
"""

from __future__ import annotations

import contextlib
import json
import sys
import typing as t
from pathlib import Path

from sandbox import _sql
from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox.components import postgres

NAME = "app_sessions"
NEEDS = (postgres.NAME,)
PROFILES = BOTH
PORTS: dict[str, int] = {}

SESSIONS = postgres.POOL_SIZE
REUSED_AFTER = 2  # seconds
_PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "app_sessions.py"


def start(sandbox: Sandbox) -> None:
    run(sandbox, sessions=SESSIONS if sandbox.hardened else 2)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    # A sandbox is looked at when it has been up for seconds only.
    return {"performance_session_reused_after": REUSED_AFTER}


def run(sandbox: Sandbox, sessions: int, per_request: bool = False, **connect: str) -> None:
    """Run as many *sessions*, connected with psycopg2's words as changed by *connect*, and wait until all are there, and were used again."""
    who = postgres.application(sandbox)
    words: dict[str, t.Any] = {
        "host": INTERNAL,
        "port": sandbox.port(postgres.PORTS["server"]),
        "dbname": postgres.DATABASE,
        "user": who.user,
        "password": who.password,
        "application_name": postgres.APPLICATION,
        "sslmode": "verify-full" if sandbox.hardened else "disable",
        "sslrootcert": str(sandbox.authority.path),
        **connect,
    }
    text = json.dumps({"connect": words, "sessions": sessions, "per_request": per_request})
    settings = write_lines(sandbox.home(NAME) / "settings.json", [text])
    sandbox.processes.start(NAME, [sys.executable, _PROGRAM, settings])
    if per_request:
        sandbox.processes.wait(NAME, lambda: counted(sandbox) > sessions // 2)
        return
    sandbox.processes.wait(NAME, lambda: counted(sandbox) == sessions)
    sandbox.processes.wait(NAME, lambda: reused(sandbox) * 2 > sessions)


@contextlib.contextmanager
def session(sandbox: Sandbox) -> t.Iterator[_sql.Session]:
    """Log in as the application does, beside its pool."""
    who = postgres.application(sandbox)
    where = {"host": INTERNAL, "port": str(sandbox.port(postgres.PORTS["server"])), "dbname": postgres.DATABASE}
    sslmode = "require" if sandbox.hardened else "disable"
    with _sql.session(user=who.user, password=who.password, sslmode=sslmode, **where) as opened:
        yield opened


def counted(sandbox: Sandbox) -> int:
    """Return how many sessions of the application the server knows."""
    with postgres.admin(sandbox) as database:
        query = "select count(*) from pg_stat_activity where application_name = %s"
        return int(database.run(query, [postgres.APPLICATION])[0][0])


def reused(sandbox: Sandbox) -> int:
    """Return how many of these sessions were used again some time after they were opened."""
    with postgres.admin(sandbox) as database:
        query = (
            "select count(*) from pg_stat_activity where application_name = %s"
            " and query_start >= backend_start + %s * interval '1 second'"
        )
        return int(database.run(query, [postgres.APPLICATION, REUSED_AFTER])[0][0])
