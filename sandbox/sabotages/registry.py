# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the registry of images can be wrong."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._errors import SandboxError
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import docker, kubernetes, registry, repository

_API = f"{registry.HOST}/cryptofunk/api"
_IMAGE = f"{_API}:{repository.RELEASE}"
_BEFORE = f"{_API}:{repository.DEPLOYED}"
_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"


def _removed(image: str) -> Act:
    """Return the act of taking an image out of the registry."""
    name, dummy, tag = image.partition("/")[2].rpartition(":")
    path = f"/v2/{name}/manifests"

    def act(sandbox: Sandbox) -> None:
        said = registry.answer(sandbox, f"{path}/{tag}", "HEAD", _MANIFEST)
        digest = said[1].get("Docker-Content-Digest") if said else None
        if not digest or registry.answer(sandbox, f"{path}/{digest}", "DELETE")[0] != 202:
            raise SandboxError(f"the registry does not remove {image}")
        wait_until(lambda: registry.answer(sandbox, f"{path}/{tag}", "HEAD")[0] == 404, "The removal")

    return act


def _pushed(image: str) -> Act:
    """Return the act of pushing an image that the engine has."""

    def act(sandbox: Sandbox) -> None:
        with docker.client(sandbox) as engine:
            docker.push(sandbox, engine, image)

    return act


def _prune(sandbox: Sandbox) -> None:
    """Remove the image of the release before from the registry and from the engine, as a job that saves space does."""
    _removed(_BEFORE)(sandbox)
    with docker.client(sandbox) as engine:
        for name in (_BEFORE, f"{registry.place(sandbox)}/{_BEFORE.partition('/')[2]}"):
            engine.images.remove(name)


def _build_again(sandbox: Sandbox) -> None:
    with docker.client(sandbox) as engine:
        docker.make_image(sandbox, engine, _BEFORE, "again")


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


def _of_registry(
    name: str, items: tuple[str, ...], says: str, do: Act, undo: Act, through: tuple[str, ...] = ()
) -> Sabotage:
    """Return a sabotage of the registry; what is in it comes from the engine, and is compared with that and the release."""
    return Sabotage(name, registry.NAME, items, says, do, undo, seen_through=(docker.NAME, repository.NAME, *through))


SABOTAGES = [
    _of_registry(
        "registry_image_missing", ("4.2.1", "7.4.1"), "An image was never pushed", _removed(_IMAGE), _pushed(_IMAGE)
    ),
    _of_registry("registry_retagged", ("7.4.1",), "A tag was given to another image", _retag, _pushed(_IMAGE)),
    _of_registry("registry_open", ("4.2.3",), "The registry asks for no password", _open, registry.restart),
    _of_registry("registry_refuses", ("4.2.3",), "The registry refuses the declared user", _refuse, _accept),
    _of_registry(
        "registry_image_before_removed",
        ("9.2",),
        "The image of the release before was removed from the registry",
        _removed(_BEFORE),
        _pushed(_BEFORE),
        (kubernetes.NAME,),
    ),
    _of_registry(
        "registry_image_before_pruned",
        ("9.3",),
        "The image of the release before is neither in the registry nor in the engine",
        _prune,
        _build_again,
    ),
]
