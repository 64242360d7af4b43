# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare the schema of a running database with the migrations of a release. Nothing is run, and nothing is changed.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._load import NAMES, load
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql import _release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._connect import Login, connect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._session import Session
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        **_argspec.database(),
        "path": {"type": "path", "required": True},
        "folder": {"type": "str", "default": "migrations"},
        "names": {"type": "list", "elements": "str", "default": list(NAMES)},
        "first": {"type": "int", "default": 1},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(15.0),
    },
    "required_together": [["ssl_cert", "ssl_key"]],
}

_SHARE = 0.9  # of the budget, so that what was seen is told when the server falls silent


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the database."""
    login = Login.of(options)
    return look_at_all([(login.name, functools.partial(_look, login, options, deadline))], deadline)


def _look(login: Login, options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    found = _release.Release(load(Folder(options["path"]), options, deadline), options["first"])
    session = Session(connect(login, deadline), login.name, deadline)
    context = Context(session, login, options, deadline)
    part = Part()
    part.seen["release"] = _release.release(found)
    looks: dict[str, t.Callable[[], t.Any]] = {
        "migrations": lambda: _release.migrations(context, found),
        "missing_relations": lambda: _release.missing_relations(context, found),
        "missing_hypertables": lambda: _release.missing_hypertables(context, found),
        "identity": lambda: _release.identity(context),
    }
    try:
        for key, see in looks.items():
            session.attempt = f"look at {key} of {login.name}"
            part.look(key, see, session.attempt)
    finally:
        session.close()
    return part.to_dict()
