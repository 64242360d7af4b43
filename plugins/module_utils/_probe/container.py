# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the containers of a compose project in an engine, beside what its files declare. This is a private part of the collection."""

from __future__ import annotations

import collections
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._configuration import configuration
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._declared import (
    Wanted,
    declared,
    is_same_image,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._engine import Engine
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._facts import (
    facts,
    image_facts,
    image_name,
    recent_restarts,
    restarts_between,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._images import images
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)

_MOST_CONTAINERS = 500

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "docker_host": {"type": "str", "default": "unix:///var/run/docker.sock"},
        "tls": {"type": "bool", "default": False},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "client_cert": {"type": "path"},
        "client_key": {"type": "path"},
        "project": {"type": "str", "required": True},
        "path": {"type": "path"},
        "files": {"type": "list", "elements": "str", "default": []},
        "profiles": {"type": "list", "elements": "str", "default": []},
        "variables": {"type": "dict", "no_log": False},
        "environment_file": {"type": "path"},
        "view": {
            "type": "str",
            "choices": ["containers", "config_files", "startup_lines", "images"],
            "default": "containers",
        },
        "window": {"type": "float", "default": 3.0},
        "recent": {"type": "int", "default": 600},
        "config_files": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "service": {"type": "str", "required": True},
                "path": {"type": "str", "required": True},
                "file": {"type": "str", "required": True},
            },
        },
        "startup_lines": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"service": {"type": "str", "required": True}, "pattern": {"type": "str", "required": True}},
        },
        "declared": {"type": "list", "elements": "dict", "default": []},
        "own_images": {"type": "str", "default": ""},
        "version": {"type": "str"},
        "pushed": {"type": "list", "elements": "dict", "default": []},
        **_argspec.timeout(30.0),
    },
    "required_together": [["client_cert", "client_key"]],
}

Options = t.Dict[str, t.Any]
Said = t.Dict[str, t.Any]


def observe(options: Options, deadline: Deadline) -> Observation:
    """Return a subject a container of the project, and one for each declared service that lacks one; or one a file, line or image."""
    name = f"the project {options['project']}"
    try:
        engine = Engine(options, deadline)
        if options["view"] == "images":
            return images(engine, options)
        before = _containers(engine, options["project"])
        if options["view"] != "containers":
            return configuration(engine, before, options)
        wanted, why = _wanted(options, deadline)
        time.sleep(min(options["window"], deadline.left() / 2))
        after = _containers(engine, options["project"])
        if not after and not wanted:
            raise why or LookError(Reason.NO_DATA, f"{engine.name} has no container of {name}")
        found = [_container(engine, one, before.get(number), wanted, why, options) for number, one in after.items()]
    except LookError as exc:
        return [unseen_subject(name, exc)]
    return found + _missing(found, wanted or {})


def _containers(engine: Engine, project: str) -> dict[str, Said]:
    """Return what the engine says of each container by its id. One that goes while it is looked at is left out."""
    numbers = engine.containers(project)
    if len(numbers) > _MOST_CONTAINERS:
        raise LookError(Reason.UNSUPPORTED, f"{project} has more than {_MOST_CONTAINERS} containers")
    found = {}
    for number in numbers:
        try:
            found[number] = engine.container(number)
        except LookError as exc:
            if exc.reason is not Reason.NO_DATA:
                raise
    return found


def _wanted(options: Options, deadline: Deadline) -> tuple[dict[str, Wanted] | None, LookError | None]:
    """Return the services that the compose files declare, or why that is not known."""
    try:
        return declared(options, deadline), None
    except LookError as exc:
        return None, exc


def _container(
    engine: Engine,
    said: Said,
    before: Said | None,
    wanted: dict[str, Wanted] | None,
    why: LookError | None,
    options: Options,
) -> Subject:
    part = Part()
    part.seen.update(facts(said))
    part.look("image", lambda: image_facts(said, engine.image(str(said.get("Image")))), "read the image")
    part.look("restarts_in_window", lambda: _in_window(before, said, options["window"]), "count the restarts")
    part.seen["recent_restarts"] = recent_restarts(said, options["recent"], time.time())
    _compare(part, said, wanted, why)
    return subject(str(said.get("Name", "")).lstrip("/"), part.to_dict())


def _in_window(before: Said | None, after: Said, window: float) -> int:
    if window <= 0:
        raise LookError(Reason.NOT_CONFIGURED, "The window is empty, so that no restart could be seen in it")
    if before is None:
        raise LookError(Reason.TOO_LITTLE_DATA, "The container was made during the look")
    return restarts_between(before, after)


def _compare(part: Part, said: Said, wanted: dict[str, Wanted] | None, why: LookError | None) -> None:
    """Compare a container with its service. What somebody started beside the services is meant to end."""
    seen = part.seen
    if wanted is None:
        for key in ("declared", "one_shot", "as_meant", "image_as_declared"):
            part.miss(key, why or LookError(Reason.NOT_CONFIGURED, "No checkout says which services the project has"))
        return
    own = None if seen["one_off"] else wanted.get(seen["service"])
    seen["declared"] = own is not None
    seen["one_shot"] = seen["one_off"] or (own is not None and own.one_shot)
    has_ended = seen["state"] == "exited" and seen["exit_code"] == 0
    is_running = seen["state"] == "running"
    seen["as_meant"] = (has_ended or is_running) if seen["one_off"] else has_ended if seen["one_shot"] else is_running
    if own is None:
        part.miss("image_as_declared", LookError(Reason.NO_DATA, "The project does not declare the container"))
    else:
        part.look("image_as_declared", lambda: is_same_image(image_name(said), own.image), "compare the image")


def _missing(found: Observation, wanted: dict[str, Wanted]) -> Observation:
    """Return a subject for each service that has fewer containers than are declared."""
    present = collections.Counter(one["service"] for one in found if not one["one_off"])
    lacking = [name for name in sorted(wanted) if present[name] < wanted[name].replicas]
    return [_lack(name, wanted[name], present[name], found) for name in lacking]


def _lack(service: str, wanted: Wanted, present: int, others: Observation) -> Subject:
    seen = {"service": service, "state": "missing", "declared": True, "one_shot": wanted.one_shot, "as_meant": False}
    counted = f"{present} of {wanted.replicas} containers"
    part = Part()
    for key in sorted({key for one in others for key in one} - {"subject", "error", "unseen", *seen}):
        part.miss(key, LookError(Reason.NO_DATA, f"The service {service} has {counted}"))
    part.seen.update(seen)
    return subject(f"{service} ({counted})", part.to_dict())
