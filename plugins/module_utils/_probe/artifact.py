# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what CI left behind: results of tests, coverage, findings, load tests, lists of dependencies.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import hashlib
import typing as t
from datetime import datetime
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._file import File
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._formats import AUTO, FORMATS, read_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._image import is_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._printed import printed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._provenance import (
    Release,
    age,
    origin,
    read_sidecar,
    utc_now,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import KEYS, Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._release import release_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import SIDECAR, Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._environment import OPTIONS
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

OF_FILES = True  # and of commands that read them, which need not run twice in a run

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "root": {"type": "path"},
        "artifacts": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "name": {"type": "str"},
                "path": {"type": "str"},
                "argv": {"type": "list", "elements": "str"},
                "exit_codes": {"type": "list", "elements": "int", "default": [0]},
                **OPTIONS,
                "format": {"type": "str", "choices": [AUTO, *FORMATS], "default": AUTO},
                "commit": {"type": "str"},
                "command": {"type": "str"},
                "concurrency": {"type": "int"},
                "requests": {"type": "int"},
                "image": {"type": "str"},
            },
            "required_one_of": [("path", "argv")],
            "mutually_exclusive": [("path", "argv")],
        },
        "release_commit": {"type": "str"},
        "release": {"type": "str"},
        "repository": {"type": "path"},
        "max_bytes": {"type": "int", "default": 33554432},
        **_argspec.timeout(20.0),
    }
}

_NO_ROOT = LookError(Reason.NOT_CONFIGURED, "The folder of the artifacts is not declared")


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject for each file of each artifact, and one for an artifact without a file."""
    release = release_of(options, deadline)
    return [one for artifact in options["artifacts"] for one in _looked_at(artifact, options, release, deadline)]


def _looked_at(
    artifact: dict[str, t.Any], options: dict[str, t.Any], release: Release, deadline: Deadline
) -> Observation:
    called = artifact["name"] or artifact["path"] or " ".join(artifact["argv"])
    if artifact["path"] is None:
        return [_one(called, lambda: _of_command(called, artifact, options["max_bytes"], release, deadline), deadline)]
    try:
        files = _files(artifact["path"], options)
    except LookError as exc:
        return [unseen_subject(called, exc)]
    return [
        _one(_title(called, file), functools.partial(_of_file, called, file, artifact, release), deadline)
        for file in files
    ]


def _files(path: str, options: dict[str, t.Any]) -> list[File]:
    if not options["root"]:
        raise _NO_ROOT
    folder = Folder(options["root"])
    files = [name for name in folder.matches(path) if not name.endswith(SIDECAR)]
    if not files:
        raise LookError(Reason.NO_DATA, f"There is no file {path} below the folder of the artifacts")
    return [File(folder, Path(options["root"]), name, options["max_bytes"]) for name in files]


def _title(called: str, file: File) -> str:
    return file.name if called == file.name else f"{called}: {file.name}"


def _one(title: str, see: t.Callable[[], dict[str, t.Any]], deadline: Deadline) -> Subject:
    try:
        deadline.step()
        return subject(title, see())
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return unseen_subject(title, look_error(exc, f"read {title}"))


def _of_file(called: str, file: File, artifact: dict[str, t.Any], release: Release) -> dict[str, t.Any]:
    data, modified = file.read(), file.modified()
    sidecar_data = file.beside("", SIDECAR)
    sidecar = Said() if sidecar_data is None else read_sidecar(sidecar_data, data)
    declared = Said(**{key: artifact[key] for key in ("command", "concurrency", "requests")})
    content = Content(data, sidecar.over(declared), file.beside)
    seen = _seen(artifact, content, sidecar, modified, release)
    return {**seen, "name": called, "path": file.name, "at": [file.name]}


def _of_command(
    called: str, artifact: dict[str, t.Any], most: int, release: Release, deadline: Deadline
) -> dict[str, t.Any]:
    data, said = printed(artifact, most, deadline)
    declared = Said(**{key: artifact[key] for key in ("concurrency", "requests")})
    seen = _seen(artifact, Content(data, said.over(declared)), said, utc_now(), release)
    return {**seen, "name": called, "path": None, "at": []}


def _seen(
    artifact: dict[str, t.Any], content: Content, said: Said, modified: datetime, release: Release
) -> dict[str, t.Any]:
    """Return what *content* tells, and *said*, what was said about it when it was made."""
    format_name, reading = read_as(artifact["format"], content)
    when, when_unseen = age(reading, said, modified, utc_now())
    what, what_unseen = origin(reading, said, artifact["commit"], release)
    facts, unseen = _all_keys(format_name, reading)
    image, image_unseen = is_of(reading, artifact["image"])
    errors = {**unseen, **when_unseen, **what_unseen, **image_unseen}
    return {
        "format": format_name,
        "kind": reading.kind,
        "size": len(content.data),
        "sha256": hashlib.sha256(content.data).hexdigest(),
        **when,
        **what,
        **facts,
        **image,
        "unseen": {key: error.to_dict() for key, error in errors.items()},
    }


def _all_keys(format_name: str, reading: Reading) -> tuple[dict[str, t.Any], dict[str, LookError]]:
    """Return the keys of all kinds: those of the other kinds are unknown, because the format does not have them."""
    facts: dict[str, t.Any] = {}
    unseen = dict(reading.unseen)
    for kind, keys in KEYS.items():
        for key in keys:
            facts[key] = reading.facts.get(key)
            if kind != reading.kind:
                sentence = f"The file is a result of {reading.kind} ({format_name}), and says nothing of {kind}"
                unseen[key] = LookError(Reason.UNSUPPORTED, sentence)
    return facts, unseen
