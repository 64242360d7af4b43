# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the Kubernetes manifests of a checkout.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._argspec import of_images, timeout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _facts, _release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

OF_FILES = True

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "folders": {"type": "list", "elements": "str", "default": ["deployments/k8s/base"]},
        "expected": {"type": "bool", "default": True},
        "program": {"type": "path"},
        **of_images(),
        "max_bytes": {"type": "int", "default": 2097152},
        **timeout(20.0),
    }
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Look at each folder of manifests of the checkout *path*."""
    folder = Folder(options["path"])
    return [found for path in options["folders"] for found in _look(folder, path.rstrip("/"), options, deadline)]


def _look(folder: Folder, path: str, options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return what is rendered of the folder *path*; what is written in it, where nothing was rendered; what was not read."""
    try:
        if not options["expected"] and not folder.exists(path):
            raise LookError(Reason.NOT_CONFIGURED, f"There is no folder {path} in the checkout, and none is declared")
        written = _release.read(folder, path, options["max_bytes"])
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return [unseen_subject(path, look_error(exc, f"read the manifests in {path}"))]
    broken = [unseen_subject(file, error) for file, error in written.errors]
    if not written.is_kustomization:
        return [_subject(path, "written", written, written.manifests, options), *broken]
    made = _release.rendered(folder, path, written, options["program"], deadline)
    if made.error:
        seen = _subject(f"{path} as written", "written", written, written.manifests, options, made.fault)
        return [seen, unseen_subject(f"{path} as rendered", made.error), *broken]
    return [_subject(f"{path} as rendered", "rendered", written, made.manifests, options)]


def _subject(
    name: str, form: str, written: _release.Written, manifests: list[t.Any], options: dict[str, t.Any], fault: str = ""
) -> Subject:
    names = Names.of_options(options)
    sources = written.sources
    objects = Objects(manifests, () if form == "rendered" else sources.generated)
    seen = _facts.describe(objects, names, options["stateful"])
    raw = _facts.raw_images(Objects(written.manifests))
    if form == "rendered":
        _place_rewritten(seen["containers"], raw, sources.images)
    return subject(
        name,
        {
            "form": form,
            "at": [sources.at],
            "kustomization": {
                "missing": [f"{one.name} ({one.at})" for one in sources.missing],
                "missing_at": [one.at for one in sources.missing],
                "twice": [one.name for one in sources.twice],
                "twice_at": [one.at for one in sources.twice],
                "fault": fault,
            },
            "raw_images": raw,
            **seen,
        },
    )


def _place_rewritten(containers: list[dict[str, t.Any]], raw: list[dict[str, t.Any]], images: dict[str, str]) -> None:
    """Put the place of the kustomization that rewrites an image before the one where the image stands."""
    before = {one["name"]: one["image"] for one in raw}
    for one in containers:
        image = _image.parse(before.get(one["name"], one["image"]))
        name = f"{image.registry}/{image.repository}" if image.registry else image.repository
        if one["image"] != before.get(one["name"]) and name in images:
            one["image_at"] = [images[name], *one["image_at"]]
