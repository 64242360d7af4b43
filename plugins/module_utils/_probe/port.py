# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which TCP ports are reachable from where the probe runs, and which sockets listen there.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    look_at_all,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._connect import place
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_listeners import listeners
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_service import service_at
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_state import OPEN, look_at_port

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "targets": {
            "type": "list",
            "elements": "dict",
            "options": {
                "host": {"type": "str", "required": True},
                "ports": {"type": "list", "elements": "int", "required": True},
                "control_ports": {"type": "list", "elements": "int", "default": []},
            },
        },
        "listening": {"type": "bool", "default": False},
        "service": {"type": "bool", "default": False},
        "silence": {"type": "float", "default": 3.0},
        **_argspec.timeout(15.0),
    },
    "mutually_exclusive": [("targets", "listening")],
    "required_one_of": [("targets", "listening")],
}

_AT_A_TIME = 64  # connections

Place = t.Tuple[str, int]
State = t.Tuple[str, t.List[t.Dict[str, str]]]


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Look at all ports side by side, or at the listening sockets of this machine."""
    if options["listening"]:
        return look_at_all([("listening sockets", lambda: {"listeners": listeners()})], deadline)
    targets = options["targets"]
    states = _states(
        [(one["host"], port) for one in targets for port in (*one["ports"], *one["control_ports"])],
        options["silence"],
        deadline,
    )
    found = [_seen((one["host"], port), states, one["control_ports"]) for one in targets for port in one["ports"]]
    services = _services([one for one in found if one.get("state") == OPEN], deadline) if options["service"] else {}
    return [_with_service(one, services, options["service"]) for one in found]


def _states(places: t.Sequence[Place], silence: float, deadline: Deadline) -> dict[Place, State | LookError]:
    distinct = list(dict.fromkeys(places))
    jobs = [functools.partial(look_at_port, host, port, silence, deadline) for host, port in distinct]
    return dict(zip(distinct, run_all(jobs, _AT_A_TIME, deadline)))


def _seen(
    where: Place, states: t.Mapping[Place, State | LookError], control_ports: t.Sequence[int]
) -> dict[str, t.Any]:
    """Return the subject of one port. That it does not answer counts only if a control port of the same host does."""
    host, port = where
    name, state = place(host, port), states[where]
    if isinstance(state, LookError):
        return unseen_subject(name, state)
    word, addresses = state
    if control_ports and word != OPEN and not any(_is_open(states[(host, control)]) for control in control_ports):
        listed = ", ".join(map(str, control_ports))
        why = (
            f"{name} is {word}, but none of the control ports {listed} is open from here either, so that proves nothing"
        )
        return unseen_subject(name, LookError(Reason.UNREACHABLE, why))
    return subject(name, {"host": host, "port": port, "state": word, "addresses": addresses})


def _is_open(state: State | LookError) -> bool:
    return not isinstance(state, LookError) and state[0] == OPEN


def _services(subjects: t.Sequence[dict[str, t.Any]], deadline: Deadline) -> dict[str, str | LookError]:
    jobs = [functools.partial(service_at, one["host"], one["port"], deadline) for one in subjects]
    return dict(zip((one["subject"] for one in subjects), run_all(jobs, _AT_A_TIME, deadline)))


def _with_service(
    one: dict[str, t.Any], services: t.Mapping[str, str | LookError], is_wanted: bool
) -> dict[str, t.Any]:
    if one["error"]:
        return one
    part = Part()
    part.seen.update(one)
    found = services.get(one["subject"])
    if isinstance(found, str):
        part.seen["service"] = found
    elif isinstance(found, LookError):
        part.miss("service", found)
    else:
        why = "The port is not open" if is_wanted else "The service was not asked for"
        part.miss("service", LookError(Reason.NO_DATA, why))
    return part.to_dict()
