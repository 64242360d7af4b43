# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what CI left behind: results of tests, coverage, findings, load tests, lists of dependencies.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import hashlib
import typing as t
from datetime import datetime
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._formats import AUTO, FORMATS, read_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._image import is_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._provenance import (
    Release,
    age,
    checked_commit,
    origin,
    read_sidecar,
    utc_now,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import KEYS, Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import SIDECAR, Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._times import UTC
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import open_repository

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "root": {"type": "path", "required": True},
        "artifacts": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "name": {"type": "str"},
                "path": {"type": "str", "required": True},
                "format": {"type": "str", "choices": [AUTO, *FORMATS], "default": AUTO},
                "commit": {"type": "str"},
                "command": {"type": "str"},
                "concurrency": {"type": "int"},
                "requests": {"type": "int"},
                "image": {"type": "str"},
            },
        },
        "release_commit": {"type": "str"},
        "repository": {"type": "path"},
        "max_bytes": {"type": "int", "default": 33554432},
        **_argspec.timeout(20.0),
    }
}

_NOT_CONFIGURED = LookError(Reason.NOT_CONFIGURED, "Neither the commit of the release nor its checkout is declared")


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject for each file of each artifact, and one for an artifact without a file."""
    release = _release(options, deadline)
    return [one for artifact in options["artifacts"] for one in _looked_at(artifact, options, release, deadline)]


def _release(options: dict[str, t.Any], deadline: Deadline) -> Release:
    try:
        if options["release_commit"]:
            return Release(checked_commit(options["release_commit"], "the release"))
        if options["repository"]:
            head = open_repository(options["repository"], deadline).ask("rev-parse", "--verify", "HEAD^{commit}")
            return Release(head.decode("ascii").strip())
    except LookError as exc:
        return Release(None, exc)
    return Release(None, _NOT_CONFIGURED)


def _looked_at(
    artifact: dict[str, t.Any], options: dict[str, t.Any], release: Release, deadline: Deadline
) -> Observation:
    called = artifact["name"] or artifact["path"]
    try:
        folder = Folder(options["root"])
        files = [name for name in folder.matches(artifact["path"]) if not name.endswith(SIDECAR)]
        if not files:
            raise LookError(Reason.NO_DATA, f"There is no file {artifact['path']} below the folder of the artifacts")
    except LookError as exc:
        return [unseen_subject(called, exc)]
    except (ValueError, NotImplementedError, OSError) as exc:
        return [unseen_subject(called, look_error(exc, f"look for {artifact['path']}"))]
    return [
        _one(called, _File(folder, Path(options["root"]), name, options["max_bytes"]), artifact, release, deadline)
        for name in files
    ]


class _File:
    """One file below the folder of the artifacts, and those beside it."""

    def __init__(self, folder: Folder, root: Path, name: str, most: int) -> None:
        self.name = name
        self._folder = folder
        self._root = root
        self._most = most

    def read(self) -> bytes:
        return self._folder.read(self.name, self._most)

    def modified(self) -> datetime:
        return datetime.fromtimestamp((self._root / self.name).stat().st_mtime, UTC)

    def beside(self, ending: str, other: str) -> bytes | None:
        """Return the content of the file whose name ends in *other* instead of *ending*, or None where there is none."""
        if not self.name.endswith(ending):
            return None
        name = self.name[: len(self.name) - len(ending)] + other
        try:
            return self._folder.read(name, self._most)
        except LookError as exc:
            if exc.reason is Reason.NO_DATA:
                return None
            raise


def _one(called: str, file: _File, artifact: dict[str, t.Any], release: Release, deadline: Deadline) -> Subject:
    name = file.name if called == file.name else f"{called}: {file.name}"
    try:
        deadline.step()
        return subject(name, _seen(called, file, artifact, release))
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return unseen_subject(name, look_error(exc, f"read {file.name}"))


def _seen(called: str, file: _File, artifact: dict[str, t.Any], release: Release) -> dict[str, t.Any]:
    data, modified = file.read(), file.modified()
    sidecar_data = file.beside("", SIDECAR)
    sidecar = Said() if sidecar_data is None else read_sidecar(sidecar_data, data)
    declared = Said(**{key: artifact[key] for key in ("command", "concurrency", "requests")})
    format_name, reading = read_as(artifact["format"], Content(data, sidecar.over(declared), file.beside))
    when, when_unseen = age(reading, sidecar, modified, utc_now())
    what, what_unseen = origin(reading, sidecar, artifact["commit"], release)
    facts, unseen = _all_keys(format_name, reading)
    image, image_unseen = is_of(reading, artifact["image"])
    errors = {**unseen, **when_unseen, **what_unseen, **image_unseen}
    return {
        "name": called,
        "path": file.name,
        "format": format_name,
        "kind": reading.kind,
        "size": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
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
