# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where and as whom to talk to NATS. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import place


@dataclass(frozen=True)
class Login:
    """A server, a user, and how to trust the server. What is secret is in no representation of it."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    token: str | None = None
    credentials_file: str | None = None
    tls: bool = False
    ca_path: str | None = None

    def __repr__(self) -> str:
        return f"Login({self.name})"

    @property
    def name(self) -> str:
        return place(self.host, self.port)

    @property
    def words(self) -> dict[str, str]:
        """What nats-py is told of the user."""
        told = {
            "user": self.user,
            "password": self.password,
            "token": self.token,
            "user_credentials": self.credentials_file,
        }
        return {name: value for name, value in told.items() if value}


def tls_context(login: Login, anybody: bool = False) -> ssl.SSLContext:
    """Return the context for a connection to the server of *login*; *anybody* is satisfied by any certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if anybody:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    try:
        if login.ca_path:
            context.load_verify_locations(login.ca_path)
        else:
            context.load_default_certs()
    except OSError as exc:
        why = f"Cannot use the declared authorities for {login.name}: {exc.strerror or 'they are not well-formed'}"
        raise LookError(Reason.NOT_CONFIGURED, why) from exc
    return context
