# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the compose files declare of the containers that should be there. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._facts import is_one_shot
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._image import image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._project import compose
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._service import Service
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import unresolved
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

_MOST_BYTES = 2_097_152


@dataclass(frozen=True)
class Wanted:
    """What is declared of a service."""

    one_shot: bool = False  # it is meant to end
    replicas: int = 1
    image: str = ""


def declared(options: dict[str, t.Any], deadline: Deadline) -> dict[str, Wanted]:
    """Return the services of the merged project by their names; raise LookError when they are not known."""
    if not options["path"]:
        raise LookError(Reason.NOT_CONFIGURED, "No checkout says which services the project has")
    chosen = {**options, "max_bytes": _MOST_BYTES, "expected": True}
    composed = compose(Folder(options["path"]), chosen, deadline)
    services = composed.services
    return {
        name: Wanted(is_one_shot(one, services), _replicas(one), _image(one, f"{options['project']}-{name}"))
        for name, one in services.items()
    }


def is_same_image(running: str, wanted: str) -> bool:
    """Tell whether a container was started by the name of the image that is declared; raise LookError when that is not known."""
    if unresolved(wanted):
        raise LookError(Reason.NO_DATA, "The declared image depends on a variable that has no value here")
    return _parts(running) == _parts(wanted)


def _parts(name: str) -> tuple[str, str, str]:
    own = image(name)
    return own.repository, own.tag, own.digest


def _replicas(service: Service) -> int:
    text = service.text("deploy", "replicas") or service.text("scale") or "1"
    return int(text) if text.isdigit() else 1


def _image(service: Service, built: str) -> str:
    """Return the declared name of the image, or the one that compose gives to what it builds."""
    own = service.reference()
    return own.raw if own is not None else built
