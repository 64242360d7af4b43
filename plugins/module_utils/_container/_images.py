# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether the images of the release before can still be had. This is a private part of the collection."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._engine import Engine
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release_images import images_of, nameless_of

Data = t.Dict[str, t.Any]


def images(engine: Engine, options: Data) -> Observation:
    """Return a subject for each image that the project builds itself, in the version before, and what of these is not known."""
    if not options["version"]:
        why = LookError(Reason.NOT_CONFIGURED, "The inventory does not tell the version to go back to")
        return [unseen_subject(options["project"], why)]
    declared, pattern = options["declared"], options["own_images"]
    wanted, unseen = images_of(declared, pattern, options["version"])
    now, dummy = images_of(declared, pattern)
    found = [subject(name, _image(engine, name, name in now, options["pushed"])) for name in sorted(wanted)]
    found += [subject(name, _nameless()) for name in nameless_of(declared)]
    if not found and not unseen:
        why = LookError(Reason.NO_DATA, "The project builds no image of its own")
        return [unseen_subject(options["project"], why)]
    return found + unseen


def _image(engine: Engine, name: str, is_declared: bool, pushed: t.Sequence[Subject]) -> Data:
    part = Part()
    part.seen["other_than_declared"] = not is_declared
    part.look("local", functools.partial(engine.has_image, name), "look for the image in the engine")
    part.look("pushed", lambda: _is_pushed(name, pushed), "look for the image in the registry")
    if part.seen["local"] or part.seen["pushed"]:
        part.seen["available"] = True
    else:
        gaps = [part.unseen[key] for key in ("local", "pushed") if key in part.unseen]
        known = [one for one in gaps if one["reason"] != Reason.NOT_CONFIGURED.value]
        part.seen["available"] = None if known else False
        if known:
            part.unseen["available"] = known[0]
    return part.to_dict()


def _is_pushed(name: str, pushed: t.Sequence[Subject]) -> bool:
    own = next((one for one in pushed if one.get("subject") == name), None)
    if own is None:
        raise LookError(Reason.NOT_CONFIGURED, "No registry was asked for it")
    if own.get("error"):
        raise LookError(Reason(own["error"]["reason"]), own["error"]["message"])
    return own.get("exists") is True


def _nameless() -> Data:
    """An image that is only built where it runs has one version, that of the files."""
    return {"other_than_declared": False, "local": False, "pushed": False, "available": False}
