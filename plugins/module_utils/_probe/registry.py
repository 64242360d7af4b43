# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what a registry holds, and at whom it lets in. This is a private part of the collection."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._image import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    look_at_all,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._http_client import Client, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._registry._api import (
    ACCEPTED,
    MISSING,
    REFUSED,
    Registry,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release_images import images_of, nameless_of

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "url": {"type": "str", "required": True},
        "name": {"type": "str"},
        "url_username": {"type": "str"},
        "url_password": {"type": "str", "no_log": True},
        "validate_certs": {"type": "bool", "default": True},
        "ca_path": {"type": "path"},
        "view": {"type": "str", "choices": ["access", "images"], "default": "images"},
        "images": {"type": "list", "elements": "str", "default": []},
        "declared": {"type": "list", "elements": "dict", "default": []},
        "own_images": {"type": "str", "default": ""},
        "version": {"type": "str"},
        "containers": {"type": "list", "elements": "dict", "default": []},
        **_argspec.timeout(20.0),
    },
    "required_together": [["url_username", "url_password"]],
}

Options = t.Dict[str, t.Any]
_DOCKER_HUB = ("docker.io", "index.docker.io", "registry-1.docker.io")
_MOST_IMAGES = 200


def observe(options: Options, deadline: Deadline) -> Observation:
    """Return one subject for the registry, or one for each image that should be in it."""
    client = Client(options["validate_certs"], options["ca_path"])
    known = Registry(options["url"], client, options["url_username"], options["url_password"])
    declared, unseen = images_of(options["declared"], options["own_images"], options["version"])
    names = sorted({one for one in options["images"] if one} | declared)
    if options["view"] == "access":
        look = functools.partial(
            _access, known, Registry(options["url"], client), {**options, "images": names}, deadline
        )
        return look_at_all([(shown(options["url"]), look)], deadline)
    found = unseen + [subject(name, dict(MISSING)) for name in nameless_of(options["declared"])]
    if not names and not found:
        return [unseen_subject(shown(options["url"]), LookError(Reason.NOT_CONFIGURED, "No image is declared"))]
    looks = [(name, functools.partial(_image, known, name, options, deadline)) for name in names[:_MOST_IMAGES]]
    late = LookError(Reason.UNSUPPORTED, f"Only {_MOST_IMAGES} images are looked at")
    return _in_turn(looks, deadline) + found + [unseen_subject(name, late) for name in names[_MOST_IMAGES:]]


def _in_turn(looks: t.Sequence[tuple[str, t.Callable[[], t.Any]]], deadline: Deadline) -> Observation:
    """Ask for eight images at a time."""
    found: Observation = []
    for first in range(0, len(looks), 8):
        found += look_at_all(looks[first : first + 8], deadline)
    return found


def _access(known: Registry, nobody: Registry, options: Options, deadline: Deadline) -> dict[str, t.Any]:
    part = Part()
    part.look("anonymous", lambda: _pulls(nobody, options, deadline), "ask the registry as nobody")
    if not options["url_username"]:
        part.miss("login", LookError(Reason.NOT_CONFIGURED, "The inventory declares no user of the registry"))
        return part.to_dict()
    part.look("login", lambda: _pulls(known, options, deadline), "log in to the registry")
    is_hidden = part.unseen.get("anonymous", {}).get("reason") == Reason.NO_DATA.value
    if is_hidden and part.seen["login"] == ACCEPTED:  # some registries say of what is private that it is not there
        part.unseen.pop("anonymous")
        part.seen["anonymous"] = REFUSED
    return part.to_dict()


def _pulls(who: Registry, options: Options, deadline: Deadline) -> str:
    """Return whether somebody gets the first of the images: many registries let everybody in, and then give nothing."""
    if not options["images"]:
        return who.access("", deadline)
    name = options["images"][0]
    return who.pulls(*_where(name, options), deadline)


def _where(name: str, options: Options) -> tuple[str, str]:
    """Return the repository and the tag or digest of an image; raise LookError when it is of another registry."""
    image = parse(name)
    own = options["name"] or shown(options["url"]).partition("://")[2].strip("/")
    where = image.registry or _DOCKER_HUB[0]
    if where != own and not (where in _DOCKER_HUB and own in _DOCKER_HUB):
        raise LookError(Reason.NOT_CONFIGURED, f"{name} is of the registry {where}, which is not declared")
    is_short = where in _DOCKER_HUB and "/" not in image.repository
    return f"library/{image.repository}" if is_short else image.repository, image.digest or image.tag or "latest"


def _image(known: Registry, name: str, options: Options, deadline: Deadline) -> dict[str, t.Any]:
    part = Part()
    part.seen.update(known.manifest(*_where(name, options), deadline))
    part.look("local_digests", lambda: _local(name, options["containers"]), "compare with the containers")
    if part.seen["local_digests"] is None:
        part.unseen["same_as_local"] = part.unseen["local_digests"]
        part.seen["same_as_local"] = None
    else:
        part.seen["same_as_local"] = part.seen["digest"] in part.seen["local_digests"]
    return part.to_dict()


def _local(name: str, containers: list[dict[str, t.Any]]) -> list[str]:
    """Return the digests of the image as the engine has it for the containers that run it."""
    running = [one.get("image") or {} for one in containers if (one.get("image") or {}).get("name") == name]
    if not running:
        raise LookError(Reason.NO_DATA, f"No container runs {name}")
    if any(not one.get("digests") for one in running):
        raise LookError(Reason.NO_DATA, f"The engine knows no digest of {name}: it was built there, not pulled")
    shared = set.intersection(*(set(one["digests"]) for one in running))
    return sorted(shared)
