# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Redis server is, how it is configured, and how it serves as a cache.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis import _info
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._acl import acl
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._client import Client
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._keys import need_keys, samples
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._login import Login
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._ping import (
    UNREACHABLE,
    greet,
    need_way,
    ping_unauthenticated,
)

Options = t.Dict[str, t.Any]
See = t.Callable[[Client, Options], t.Any]


def _lookups(client: Client, dummy: Options) -> dict[str, t.Any]:
    return _info.lookups(client.info("stats"), client.info("commandstats"))


def _hit_ratio(client: Client, options: Options) -> float:
    return _info.hit_ratio(_lookups(client, options), options["min_lookups"])


def _persistence(client: Client, dummy: Options) -> dict[str, t.Any]:
    """The setting ``save`` is asked for only where the AOF is off: not every user may see it."""
    info = client.info("persistence")
    try:
        save: str | None = client.setting("save")
    except LookError:
        if not info["aof_enabled"]:
            raise
        save = None
    return _info.persistence(info, save, time.time())


def _setting(name: str, read: t.Callable[[str], t.Any]) -> See:
    return lambda client, dummy: read(client.setting(name))


def _words(text: str) -> list[str]:
    """Return the addresses of the setting bind; without any the server listens on all of them."""
    return text.split() or ["*"]


# What each aspect fills in. The counters are read before the keys are looked at.
ASPECTS: dict[str, dict[str, See]] = {
    "server": {
        "ping": lambda client, dummy: bool(client.call("PING", needs="+ping")),
        "server": lambda client, dummy: _info.server(client.info("server")),
        "database_keys": lambda client, dummy: int(client.call("DBSIZE", needs="+dbsize")),
    },
    "settings": {
        "bind": _setting("bind", _words),
        "protected_mode": _setting("protected-mode", lambda text: text == "yes"),
        "plain_port": _setting("port", int),
        "tls_port": _setting("tls-port", int),
    },
    "memory": {"memory": lambda client, dummy: _info.memory(client.info("memory"), client.info("stats"))},
    "clients": {"clients": lambda client, dummy: _info.clients(client.info("clients"), client.info("stats"))},
    "persistence": {"persistence": _persistence},
    "replication": {"replication": lambda client, dummy: _info.replication(client.info("replication"))},
    "acl": {"acl": lambda client, dummy: acl(client)},
    "lookups": {"lookups": _lookups, "hit_ratio": _hit_ratio},
}
_ABOUT_KEYS = ("patterns", "keys_without_ttl", "keys_over_limit")

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        **_argspec.login(6379),
        "login_db": {"type": "int", "default": 0},
        "tls": {"type": "bool", "default": False},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path", "no_log": False},
        "aspects": {
            "type": "list",
            "elements": "str",
            "choices": [*ASPECTS, "keys"],
            "default": [*ASPECTS, "keys"],
        },
        "unauthenticated": {"type": "bool", "default": False},
        "control_ports": {"type": "list", "elements": "int", "default": []},
        "min_lookups": {"type": "int", "default": 1000},
        "patterns": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"pattern": {"type": "str", "required": True}, "max_ttl": {"type": "int"}},
        },
        "sample_size": {"type": "int", "default": 50},
        "max_scanned": {"type": "int", "default": 100000},
        **_argspec.timeout(10.0),
    },
    "required_together": [["client_cert", "client_key"]],
}
_SHARE = 0.9  # of the budget, so that what was seen is told when the server falls silent


def observe(options: Options, deadline: Deadline) -> Observation:
    """Look at one server, as a user of it or as somebody who has no login."""
    login = Login(
        options["login_host"],
        options["login_port"],
        options["login_db"],
        options["login_user"],
        options["login_password"],
        options["tls"],
        options["validate_certs"],
        options["ca_path"],
        options["client_cert"],
        options["client_key"],
    )
    look = _look_unauthenticated if options["unauthenticated"] else _look
    return look_at_all([(login.name, functools.partial(look, login, options, deadline))], deadline)


def _look(login: Login, options: Options, whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    greet(login, deadline)
    client = Client(login, deadline)
    part = Part()
    try:
        client.call("PING", needs="+ping")  # a wrong password is one error of the whole, not one of every key
        for aspect, keys in ASPECTS.items():
            for key, see in keys.items():
                client.attempt = f"look at {key} of {login.name}"
                if aspect in options["aspects"]:
                    part.look(key, functools.partial(see, client, options), client.attempt)
                else:
                    part.miss(key, _not_asked_for(aspect))
        _look_at_keys(part, client, options)
    finally:
        client.close()
    part.miss("unauthenticated", LookError(Reason.NOT_OBSERVED, "The look was made with a login"))
    return part.to_dict()


def _look_at_keys(part: Part, client: Client, options: Options) -> None:
    """Fill in the faults of all patterns, and apart from them the samples, which are unseen when a pattern has no keys."""
    if "keys" not in options["aspects"]:
        for key in _ABOUT_KEYS:
            part.miss(key, _not_asked_for("keys"))
        return
    client.attempt = f"look at the keys of {client.login.name}"
    try:
        found = samples(client, options["patterns"], options["sample_size"], options["max_scanned"])
    except LookError as exc:
        for key in _ABOUT_KEYS:
            part.miss(key, exc)
        return
    part.look("patterns", lambda: need_keys(found), client.attempt)
    part.seen["keys_without_ttl"] = [key for one in found for key in one["forever"]]
    part.seen["keys_over_limit"] = [key for one in found for key in one["too_long"]]


def _look_unauthenticated(login: Login, options: Options, whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    part = Part()
    for key in (*(key for keys in ASPECTS.values() for key in keys), *_ABOUT_KEYS):
        part.miss(key, LookError(Reason.NOT_OBSERVED, "The look was made without a login"))
    part.seen["unauthenticated"] = found = ping_unauthenticated(login, deadline)
    if found["outcome"] == UNREACHABLE and options["control_ports"]:
        need_way(login.host, options["control_ports"], deadline)
    return part.to_dict()


def _not_asked_for(aspect: str) -> LookError:
    return LookError(Reason.NOT_OBSERVED, f"The aspect {aspect} was not asked for")
