# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a NATS server is, whether a message goes through it, and what it knows of its cluster.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats import _client, _monitor
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats._greeting import greet
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats._login import Login
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "servers": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "host": {"type": "str", "required": True},
                "port": {"type": "int", "default": 4222},
                "monitoring_url": {"type": "str"},
            },
        },
        "login_user": {"type": "str"},
        "login_password": {"type": "str", "no_log": True},
        "login_token": {"type": "str", "no_log": True},
        "credentials_file": {"type": "path"},
        "tls": {"type": "bool", "default": False},
        "ca_path": {"type": "path"},
        "message_subject": {"type": "str", "default": "readiness.probe"},
        **_argspec.timeout(15.0),
    },
    "required_together": [["login_user", "login_password"]],
    "mutually_exclusive": [["login_user", "login_token", "credentials_file"]],
}

_SHARE = 0.9  # of the budget, so that what was seen is told when a server falls silent
_JSZ = "jsz?accounts=true&streams=true&config=true"


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject a server. What is known of the whole cluster only when all were looked at is in each of them."""
    looks = [(_name(server), functools.partial(_look, server, options, deadline)) for server in options["servers"]]
    subjects = look_at_all(looks, deadline)
    cluster = agreement(subjects)
    return [one if one["error"] else {**one, "cluster": cluster} for one in subjects]


def _name(server: dict[str, t.Any]) -> str:
    return Login(server["host"], server["port"]).name


def _look(server: dict[str, t.Any], options: dict[str, t.Any], whole: Deadline) -> dict[str, t.Any]:
    deadline = Deadline(whole.left() * _SHARE)
    login = Login(
        server["host"],
        server["port"],
        options["login_user"],
        options["login_password"],
        options["login_token"],
        options["credentials_file"],
        options["tls"],
        options["ca_path"],
    )
    info, nobody = greet(login, deadline)
    part = Part()
    part.seen.update(
        server={"name": str(info.get("server_name", "")), "version": str(info.get("version", ""))},
        auth_required=bool(info.get("auth_required")),
        tls_required=bool(info.get("tls_required")),
        unauthenticated=nobody,
    )
    _look_as_user(part, login, options["message_subject"], deadline)
    _look_at_monitoring(part, server["monitoring_url"], Client(ca_path=options["ca_path"]), deadline)
    return part.to_dict()


def _look_as_user(part: Part, login: Login, subject: str, deadline: Deadline) -> None:
    try:
        answers = _client.ask(login, subject, deadline)
    except LookError as exc:
        answers = {"message": exc, "account": exc}
    for key, answer in answers.items():
        if isinstance(answer, LookError):
            part.miss(key, answer)
        else:
            part.seen[key] = answer


def _look_at_monitoring(part: Part, base: str | None, client: Client, deadline: Deadline) -> None:
    reports: dict[str, tuple[str, t.Callable[[dict[str, t.Any]], t.Any]]] = {
        "health": ("healthz", _monitor.health),
        "connections": ("varz", _monitor.connections),
        "peers": ("routez", _monitor.peers),
        "jetstream": (_JSZ, _monitor.jetstream),
    }
    for key, (path, read) in reports.items():
        if not base:
            part.miss(key, LookError(Reason.NOT_CONFIGURED, "No monitoring_url is declared for the server"))
            continue
        see = functools.partial(_read, base, path, read, client, deadline)
        part.look(key, see, f"read {key} of the NATS server")


def _read(
    base: str, path: str, read: t.Callable[[dict[str, t.Any]], t.Any], client: Client, deadline: Deadline
) -> t.Any:
    return read(_monitor.asked(base, path, client, deadline))


def agreement(subjects: Observation) -> dict[str, t.Any]:
    """Return what the servers say of the cluster together: who leads it, who is offline by the leader's word."""
    seen = [one for one in subjects if not one["error"]]
    metas = {one["server"]["name"]: one["jetstream"]["meta"] for one in seen if one.get("jetstream")}
    leaders = sorted({meta["leader"] for meta in metas.values()})
    return {
        "servers": len(subjects),
        "answering": len(seen),
        "leaders": leaders,
        "has_one_leader": len(leaders) == 1 and leaders != [""],
        "offline": sorted({name for leader in leaders if leader in metas for name in metas[leader]["offline"]}),
        "streams": _streams(seen),
        "versions": sorted({one["server"]["version"] for one in seen}),
    }


def _streams(seen: Observation) -> list[dict[str, t.Any]]:
    """Return each stream once, as its leader shows it, or else the first server that has it."""
    found: dict[str, dict[str, t.Any]] = {}
    for one in seen:
        for stream in (one.get("jetstream") or {}).get("streams", []):
            if stream["name"] not in found or stream["leader"] == one["server"]["name"]:
                found[stream["name"]] = stream
    return [found[name] for name in sorted(found)]
