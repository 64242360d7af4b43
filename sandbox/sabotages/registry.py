# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the registry of images can be wrong."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._errors import SandboxError
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import docker, registry

_IMAGE = f"{registry.HOST}/cryptofunk/api:v1.0.0"
_PATH = "/v2/cryptofunk/api/manifests"
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def _remove(sandbox: Sandbox) -> None:
    said = registry.answer(sandbox, f"{_PATH}/v1.0.0", "HEAD", _MANIFEST)
    digest = said[1].get("Docker-Content-Digest") if said else None
    if not digest or registry.answer(sandbox, f"{_PATH}/{digest}", "DELETE")[0] != 202:
        raise SandboxError("the registry does not remove the image")
    wait_until(lambda: registry.answer(sandbox, f"{_PATH}/v1.0.0", "HEAD")[0] == 404, "The removal", within=5)


def _push(sandbox: Sandbox) -> None:
    with docker.client(sandbox) as engine:
        docker.push(sandbox, engine, _IMAGE)


def _retag(sandbox: Sandbox) -> None:
    """Give the tag of one image to another one, as somebody does who pushes a repair under the old version."""
    name, dummy, tag = _IMAGE.partition("/")[2].rpartition(":")
    there = f"{registry.place(sandbox)}/{name}"
    login = {"username": registry.USER, "password": sandbox.secret("registry")}
    with docker.client(sandbox) as engine:
        engine.images.get(_IMAGE.replace("/api:", "/risk-agent:")).tag(there, tag)
        engine.images.push(there, tag=tag, auth_config=login)


def _open(sandbox: Sandbox) -> None:
    registry.restart(sandbox, is_open=True)


def _refuse(sandbox: Sandbox) -> None:
    sandbox.targets.patch("registry_refuses", {"readiness_registry": {"url_password": "not-the-password"}})


def _accept(sandbox: Sandbox) -> None:
    sandbox.targets.unpatch("registry_refuses")


def _of_registry(name: str, items: tuple[str, ...], says: str, do: Act, undo: Act) -> Sabotage:
    """Return a sabotage of the registry; what is in it comes from the engine, and is compared with that."""
    return Sabotage(name, registry.NAME, items, says, do, undo, seen_through=(docker.NAME,))


SABOTAGES = [
    _of_registry("registry_image_missing", ("4.2.1", "7.4.1"), "An image was never pushed", _remove, _push),
    _of_registry("registry_retagged", ("7.4.1",), "A tag was given to another image", _retag, _push),
    _of_registry("registry_open", ("4.2.3",), "The registry asks for no password", _open, registry.restart),
    _of_registry("registry_refuses", ("4.2.3",), "The registry refuses the declared user", _refuse, _accept),
]
