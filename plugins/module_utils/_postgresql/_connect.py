# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connect to PostgreSQL by psycopg2, and wait for it no longer than a deadline allows.

The connections are asynchronous: every wait is a poll here, with a timeout, so that a server that falls silent in the middle
of an answer costs its budget and no more. (psycopg2's wait callback would do the same for the whole process at once.)

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import select
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._faults import connect_fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import place, resolve

APPLICATION_NAME = "cryptofunk-readiness"
_NO_FILE = "/dev/null/none"  # libpq looks for a password file where nothing says otherwise


@dataclass(frozen=True)
class Login:
    """Where and as whom to log in. The password is in no representation of it."""

    host: str
    port: int
    user: str | None
    database: str
    ssl_mode: str
    ca_cert: str | None = None
    ssl_cert: str | None = None
    ssl_key: str | None = None
    password: str | None = None

    @classmethod
    def of(cls, options: t.Mapping[str, t.Any]) -> Login:
        """Return the login that the *options* of ``_argspec.database`` name."""
        return cls(
            options["login_host"],
            options["login_port"],
            options["login_user"],
            options["login_db"],
            options["ssl_mode"],
            options["ca_cert"],
            options["ssl_cert"],
            options["ssl_key"],
            options["login_password"],
        )

    def __repr__(self) -> str:
        return f"Login({self.name})"

    @property
    def name(self) -> str:
        return f"{self.host if self.is_local else place(self.host, self.port)}/{self.database}"

    @property
    def is_local(self) -> bool:
        """Tell whether the host is the folder of a Unix socket."""
        return self.host.startswith("/")


def driver() -> t.Any:
    """Return psycopg2, or raise LookError with what to install."""
    try:
        import psycopg2  # noqa: PLC0415  # an optional library is looked for when it is needed
        import psycopg2.extensions  # noqa: PLC0415
    except ImportError as exc:
        words = "The Python library psycopg2 is missing where the probe runs: install the package psycopg2-binary"
        raise LookError(Reason.MISSING_LIBRARY, words) from exc
    return psycopg2


def connect(login: Login, deadline: Deadline, **changes: str) -> t.Any:
    """Return a connection to the first address that answers; *changes* are libpq's words for what is different."""
    psycopg2 = driver()
    attempt = f"log in to {login.name}" + (f" as {login.user}" if login.user else "")
    addresses = [""] if login.is_local else [address for dummy, address in resolve(login.host, login.port)]
    error = LookError(Reason.UNREACHABLE, f"Cannot {attempt}: the host name has no address")
    for number, address in enumerate(addresses):
        try:
            share = deadline.step() / (len(addresses) - number)
            connection = psycopg2.connect(**_words(login, address, changes), async_=True)
            wait(connection, Deadline(share), attempt)
            return connection
        except psycopg2.Error as exc:
            error = ConnectError(str(exc), attempt)
        except UnicodeDecodeError as exc:  # noise, or a message in the server's own encoding
            error = ConnectError(exc.object.decode("ascii", "replace"), attempt)
        except LookError as exc:
            error = exc
    raise error


class ConnectError(LookError):
    """A connection that failed, with what was *said*."""

    def __init__(self, said: str, attempt: str) -> None:
        fault = connect_fault(said, attempt)
        super().__init__(fault.reason, fault.message)
        self.said = said


def wait(connection: t.Any, deadline: Deadline, attempt: str) -> None:
    """Drive what *connection* is doing to its end; close it, and raise LookError, when the deadline comes first."""
    extensions = driver().extensions
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        poll = select.poll()
        poll.register(connection.fileno(), select.POLLOUT if state == extensions.POLL_WRITE else select.POLLIN)
        if not poll.poll(deadline.left() * 1000):
            connection.close()
            raise LookError(Reason.TIMEOUT, f"Cannot {attempt}: no answer within {deadline.seconds:.1f} s")


def without_password() -> dict[str, str]:
    """Return the changes for a login that sends no password, wherever libpq might find one."""
    return {"password": "", "passfile": _NO_FILE}


def _words(login: Login, address: str, changes: t.Mapping[str, str]) -> dict[str, t.Any]:
    words: dict[str, t.Any] = {
        "host": login.host,
        "hostaddr": address or None,
        "port": login.port,
        "user": login.user,
        "password": login.password,
        "dbname": login.database,
        "sslmode": login.ssl_mode,
        "sslrootcert": login.ca_cert,
        "sslcert": login.ssl_cert,
        "sslkey": login.ssl_key,
        "application_name": APPLICATION_NAME,
        "gssencmode": "disable",
        "options": "",  # what PGOPTIONS says is not for us, and poolers refuse options
        **changes,
    }
    return {name: value for name, value in words.items() if value is not None}
