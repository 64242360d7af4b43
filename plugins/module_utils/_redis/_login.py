# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where and as whom to talk to Redis. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import place


@dataclass(frozen=True)
class Login:
    """A server, a user, and how to trust the server. The password is in no representation of it."""

    host: str
    port: int
    database: int = 0
    user: str | None = None
    password: str | None = None
    tls: bool = False
    validate_certs: bool = True
    ca_path: str | None = None
    client_cert: str | None = None
    client_key: str | None = None

    def __repr__(self) -> str:
        return f"Login({self.name})"

    @property
    def name(self) -> str:
        return place(self.host, self.port)


def tls_context(login: Login) -> ssl.SSLContext:
    """Return the context for a connection to the server of *login*."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if not login.validate_certs:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    try:
        if login.ca_path:
            context.load_verify_locations(login.ca_path)
        else:
            context.load_default_certs()
        if login.client_cert:
            context.load_cert_chain(login.client_cert, login.client_key)
    except OSError as exc:  # an unreadable or unusable file; SSLError is one, too
        why = f"Cannot use the declared certificates for {login.name}: {exc.strerror or 'they are not well-formed'}"
        raise LookError(Reason.NOT_CONFIGURED, why) from exc
    return context
