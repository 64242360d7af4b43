# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a PostgreSQL server speaks TLS, and whether it insists on it.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import (
    ConnectError,
    connect,
    without_password,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import MONITOR, Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._faults import admits_plaintext

_SHARE = 0.3  # of what is left of the budget, for the second login
_ENABLED = "select current_setting('ssl') = 'on' as enabled"
_PROTOCOLS = """
select current_setting('ssl_min_protocol_version') as min, current_setting('ssl_max_protocol_version') as max
"""


def tls(context: Context) -> dict[str, t.Any]:
    """Return whether the server speaks TLS, and what this very session uses (up to a pooler, where there is one)."""
    info = context.session.connection.info
    encrypted = bool(info.ssl_in_use)
    return {
        **context.session.row(_ENABLED),
        "own_session": {
            "encrypted": encrypted,
            "protocol": info.ssl_attribute("protocol") if encrypted else None,
            "cipher": info.ssl_attribute("cipher") if encrypted else None,
        },
    }


def tls_protocols(context: Context) -> dict[str, str]:
    """Return the oldest and the newest version that the server speaks, which it does not tell everybody."""
    return context.session.row(_PROTOCOLS, needs=f"{MONITOR} to {context.login.user}")


def plaintext_login(context: Context) -> dict[str, str]:
    """Try to log in without TLS. No password is sent: who is asked for one has been let in by pg_hba.conf."""
    login = context.login
    if login.is_local:
        raise LookError(Reason.UNSUPPORTED, f"{login.name} is a local socket: there is no TLS on it")
    try:
        budget = Deadline(context.deadline.step() * _SHARE)
        connection = connect(login, budget, sslmode="disable", **without_password())
    except ConnectError as exc:
        admitted = admits_plaintext(exc.said)
        if admitted is None:
            raise
        return {"outcome": "accepted" if admitted[0] else "refused", "detail": admitted[1]}
    connection.close()
    return {"outcome": "accepted", "detail": "the server let us in without TLS and without a password"}
