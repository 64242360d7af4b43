# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a PostgreSQL server is, how it is configured, and how it fares.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import Login, connect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._extensions import extensions
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._hba import hba
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._hypertables import (
    hypertable_sizes,
    hypertables,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._indexes import indexes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._pooler import pooler
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._replication import replication
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._schema import (
    declared_tables,
    missing_tables,
    schema,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._server import (
    minors_behind,
    preloaded_libraries,
    server,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._session import Session
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._sessions import (
    connections,
    pool,
    reuse,
    sessions,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._sizes import sizes, volume_ratio
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._statements import (
    calls_per_request,
    statements,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._tables import tables, vacuum
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._tls import (
    plaintext_login,
    tls,
    tls_protocols,
)

_SHARE = 0.9  # of the budget, so that what was seen is told when the server falls silent

See = t.Callable[[Context], t.Any]

# What each aspect fills in, in the order in which it is looked at: what costs the server little comes first.
ASPECTS: dict[str, dict[str, See]] = {
    "server": {"server": server, "minors_behind": minors_behind, "preloaded_libraries": preloaded_libraries},
    "tls": {"tls": tls, "tls_protocols": tls_protocols, "plaintext_login": plaintext_login},
    "hba": {"hba": hba},
    "extensions": {"extensions": extensions},
    "sessions": {"connections": connections, "sessions": sessions, "pool": pool, "reuse": reuse},
    "replication": {"replication": replication},
    "hypertables": {"hypertables": hypertables, "hypertable_sizes": hypertable_sizes},
    "pooler": {"pooler": pooler},
    "indexes": {"indexes": indexes},
    "tables": {"tables": tables, "vacuum": vacuum},
    "statements": {"statements": statements, "calls_per_request": calls_per_request},
    "sizes": {"sizes": sizes, "volume_ratio": volume_ratio},
    "schema": {"schema": schema, "missing_tables": missing_tables, "declared_tables": declared_tables},
}

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        **_argspec.database(),
        "aspects": {"type": "list", "elements": "str", "choices": list(ASPECTS), "default": list(ASPECTS)},
        "latest_minors": {"type": "dict", "default": {}},
        "application_names": {"type": "list", "elements": "str", "default": []},
        "application_users": {"type": "list", "elements": "str", "default": []},
        "pool_size": {"type": "int"},
        "pooler": {"type": "bool", "default": False},
        "volume_bytes": {"type": "int"},
        "tables": {"type": "list", "elements": "str", "default": []},
        "large_table_rows": {"type": "int", "default": 10000},
        "min_scans": {"type": "int", "default": 50},
        "min_calls": {"type": "int", "default": 100},
        "requests": {"type": "int"},
        "reused_after": {"type": "float", "default": 10.0},
        **_argspec.timeout(15.0),
    },
    "required_together": [["ssl_cert", "ssl_key"]],
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Look at the aspects one after the other, in one session."""
    login = Login.of(options)
    return look_at_all([(login.name, functools.partial(_look, login, options, deadline))], deadline)


def _look(login: Login, options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    session = Session(connect(login, deadline), login.name, deadline)
    context = Context(session, login, options, deadline)
    part = Part()
    try:
        for aspect, keys in ASPECTS.items():
            for key, see in keys.items():
                if aspect in options["aspects"]:
                    session.attempt = f"look at {key} of {login.name}"
                    part.look(key, functools.partial(see, context), session.attempt)
                else:
                    part.miss(key, LookError(Reason.NOT_OBSERVED, f"The aspect {aspect} was not asked for"))
    finally:
        session.close()
    return part.to_dict()
