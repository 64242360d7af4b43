# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at a compose project in a checkout, without an engine. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._facts import facts, health_of, is_one_shot
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._faults import faults
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._image import image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._programs import program_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import (
    Composed,
    compose,
    is_provided,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import unresolved
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

PROGRAMS: list[dict[str, t.Any]] = [
    {"name": "postgresql", "images": [r"(^|/)(postgres|postgresql|timescaledb(-ha)?|postgis|pgvector)$"]},
    {"name": "redis", "images": [r"(^|/)(redis|redis-stack(-server)?|valkey|keydb|dragonfly)$"]},
    {"name": "nats", "images": [r"(^|/)nats(-server)?$"]},
    {"name": "vault", "images": [r"(^|/)(vault|openbao)$"]},
    {"name": "prometheus", "images": [r"(^|/)prometheus$"]},
    {"name": "grafana", "images": [r"(^|/)grafana(-oss|-enterprise)?$"]},
]
ALL = "all"

OF_FILES = True

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "files": {"type": "list", "elements": "str", "default": []},
        "expected": {"type": "bool", "default": True},
        "profiles": {"type": "list", "elements": "str", "default": []},
        "variables": {"type": "dict", "no_log": False},
        "environment_file": {"type": "path"},
        "view": {"type": "str", "choices": ["services", "images", "project"], "default": "services"},
        "select": {"type": "str", "default": ALL},
        "programs": {
            "type": "list",
            "elements": "dict",
            "default": PROGRAMS,
            "options": {
                "name": {"type": "str", "required": True},
                "images": {"type": "list", "elements": "str", "required": True},
            },
        },
        "listeners": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "service": {"type": "str", "required": True},
                "ports": {"type": "list", "elements": "int", "required": True},
                "paths": {"type": "list", "elements": "str", "default": []},
                "variable": {"type": "str"},
            },
        },
        "images_with_healthcheck": {"type": "list", "elements": "str", "default": []},
        "allowed_ports": {"type": "list", "elements": "int", "default": []},
        "provided": {"type": "list", "elements": "str", "default": []},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(20.0),
    },
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return a subject a service, an image, or one for the whole project."""
    view = options["view"]
    name = ", ".join(options["files"]) or "the compose project"
    try:
        folder = Folder(options["path"])
        composed = compose(folder, options, deadline)
        if view == "project":
            return [_project(name, composed, options)]
        chosen = _chosen(composed, options)
        return _images(chosen) if view == "images" else [_service(one, composed, options) for one in chosen]
    except LookError as exc:
        return [
            _refused(name, exc) if view == "project" and exc.reason is Reason.MALFORMED else unseen_subject(name, exc)
        ]


def _chosen(composed: Composed, options: dict[str, t.Any]) -> list[Service]:
    select = options["select"]
    chosen = [
        one for one in composed.services.values() if select == ALL or program_of(one, options["programs"]) == select
    ]
    if not chosen:
        raise LookError(Reason.NOT_CONFIGURED, f"No service of the compose project runs {select}")
    return chosen


def _service(service: Service, composed: Composed, options: dict[str, t.Any]) -> Subject:
    if not service.image and not service.is_built:
        why = LookError(
            Reason.MALFORMED, f"{service.at[0]}: the service {service.name} has neither an image nor a build"
        )
        return unseen_subject(service.name, why)
    try:
        return subject(service.name, facts(service, composed, options))
    except LookError as exc:
        return unseen_subject(service.name, exc)


def _images(services: list[Service]) -> list[Subject]:
    """Return each image once, with every place that names it."""
    found: dict[str, dict[str, t.Any]] = {}
    for service in services:
        own = service.image
        reference = service.reference()
        raw = reference.raw if reference else f"{service.name} (built here, without a name)"
        _note(found, raw, "image", own.at if own else service.at[0], service.name)
        for base in service.build.bases() if service.build else []:
            _note(found, str(base.value), "base", base.at, service.name)
    return [_image(raw, one) for raw, one in found.items()]


def _note(found: dict[str, dict[str, t.Any]], raw: str, kind: str, at: str, service: str) -> None:
    one = found.setdefault(raw, {"kind": kind, "at": [], "services": []})
    one["at"] = list(dict.fromkeys([*one["at"], at]))
    one["services"] = list(dict.fromkeys([*one["services"], service]))


def _image(raw: str, seen: dict[str, t.Any]) -> Subject:
    reference = image("" if " " in raw else raw)
    part = Part()
    part.seen.update({**seen, **reference.to_dict()})
    if unresolved(reference.version):
        part.miss(
            "version",
            LookError(Reason.NO_DATA, f"{seen['at'][0]}: the tag depends on a variable that has no value here"),
        )
    else:
        part.seen["version"] = reference.version
    return subject(raw, part.to_dict())


def _project(name: str, composed: Composed, options: dict[str, t.Any]) -> Subject:
    project, services = composed.project, composed.services
    part = Part()
    part.seen.update(
        {
            "at": [f"{file}:1" for file in project.files if re.search(r"\.ya?ml$", file)],
            "files": project.files,
            "services": sorted(services),
            "inactive_services": composed.inactive,
            "missing_variables": [
                {"name": one.name, "required": one.required, "at": one.at[0]}
                for one in sorted(project.missing.values(), key=lambda one: one.name)
            ],
            "missing_files": [
                {"path": str(node.value), "at": node.at}
                for node in composed.absent
                if not is_provided(str(node.value), options["provided"])
            ],
        }
    )
    part.look("faults", lambda: faults(composed, _checks(composed, options)), "check the project")
    return subject(name, part.to_dict())


def _checks(composed: Composed, options: dict[str, t.Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, service in composed.services.items():
        try:
            found[name] = health_of(service, is_one_shot(service, composed.services), options).source
        except LookError:
            continue  # its Dockerfile cannot be read, which is a fault of its own
    return found


def _refused(name: str, why: LookError) -> Subject:
    """Return the project that compose itself would refuse, with its reason as the one fault."""
    place = re.match(r"(?P<at>[^\s:]+:\d+)", why.message)
    at = [place.group("at")] if place else []
    part = Part()
    part.seen.update({"at": at, "faults": [{"says": why.message, "at": at[0] if at else ""}]})
    for key in ("files", "services", "inactive_services", "missing_variables", "missing_files"):
        part.miss(key, look_error(why, "read the project"))
    return subject(name, part.to_dict())
