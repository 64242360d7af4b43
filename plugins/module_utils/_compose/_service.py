# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One service of a compose project, with what its Dockerfile says. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._dockerfile import Build, read_build
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._image import Image, image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._words import unwrapped, words
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_LOOPBACK = re.compile(r"127\.|::1$|localhost$")
Read = t.Callable[[str], str]


@dataclass(frozen=True)
class Port:
    """A port that a service publishes."""

    address: str  # "" is every one
    published: str  # "" is one that the engine chooses
    target: str
    protocol: str
    at: str

    @property
    def exposed(self) -> bool:
        """Whether other machines reach it. An address that is not known is not taken for a safe one."""
        return not _LOOPBACK.match(self.address)

    @property
    def text(self) -> str:
        address = self.address or "0.0.0.0"
        return f"{address}:{self.published or 'any'}->{self.target}/{self.protocol}"

    def to_dict(self) -> dict[str, t.Any]:
        return {
            "port": self.text,
            "address": self.address or "0.0.0.0",
            "host_port": int(self.published) if self.published.isdigit() else None,
            "container_port": int(self.target) if self.target.isdigit() else None,
            "protocol": self.protocol,
            "exposed": self.exposed,
            "at": self.at,
        }


@dataclass
class Service:
    """A service in its merged form; *at* is where it is spoken of first."""

    name: str
    node: Node
    at: list[str]
    environment: dict[str, Node] = field(default_factory=dict)
    build: Build | None = None
    build_error: LookError | None = None
    environment_error: LookError | None = None

    def variable(self, name: str) -> str | None:
        """Return the value of a variable, or None when it is not set; raise LookError when that cannot be known."""
        node = self.environment.get(name)
        if node is None:
            if self.environment_error:
                raise self.environment_error
            return None
        if node.value is None:
            raise LookError(Reason.NO_DATA, f"{node.at}: the value of {name} comes from whoever starts the project")
        return str(node.value).lower() if isinstance(node.value, bool) else shown(str(node.value))

    @property
    def image(self) -> Node | None:
        return self.node.get("image")

    @property
    def is_built(self) -> bool:
        return self.node.get("build") is not None

    def reference(self) -> Image | None:
        """Return the image that the service names, or None for one that is only built."""
        node = self.image
        return image(shown(str(node.value))) if node else None

    def text(self, *path: str) -> str | None:
        """Return a scalar as text."""
        node = self.node.at_path(*path)
        if node is None or isinstance(node.value, (dict, list)):
            return None
        return str(node.value).lower() if isinstance(node.value, bool) else shown(str(node.value))

    def texts(self, *path: str) -> list[str]:
        node = self.node.at_path(*path)
        return [shown(str(one.value)) for one in node.elements()] if node else []

    def is_true(self, *path: str) -> bool:
        return self.text(*path) == "true"

    def command(self) -> list[Node]:
        """Return the words that the container runs: the entrypoint's, then the command's."""
        entrypoint, command = words(self.node.get("entrypoint")), words(self.node.get("command"))
        if self.build:
            own = self.build.said("command") or {}
            if not entrypoint and "ENTRYPOINT" in own:
                entrypoint = [Node(word, own["ENTRYPOINT"].at) for word in own["ENTRYPOINT"].value]
            if not command and not self.node.get("entrypoint") and "CMD" in own:
                command = [Node(word, own["CMD"].at) for word in own["CMD"].value]
        return unwrapped([*entrypoint, *command])

    def ports(self) -> list[Port]:
        node = self.node.get("ports")
        return [_port(one) for one in node.elements()] if node else []

    def mounts(self) -> list[Node]:
        """Return the volumes and the tmpfs mounts in their long form."""
        node, tmpfs = self.node.get("volumes"), self.node.get("tmpfs")
        found = node.elements() if node else []
        for one in tmpfs.elements() if tmpfs else []:
            target = Node(str(one.value).partition(":")[0], one.at)
            found = [*found, Node({"type": Node("tmpfs", one.at), "target": target}, one.at)]
        return found

    def mount_at(self, folder: str) -> Node | None:
        """Return the mount that *folder* lies on, or None when it lies in the container itself."""
        best: tuple[int, Node] | None = None
        for mount in self.mounts():
            target = mount.get("target")
            base = posixpath.normpath(shown(str(target.value))) if target else ""
            if base and (folder == base or folder.startswith(base.rstrip("/") + "/")):
                best = max(best or (0, mount), (len(base), mount), key=lambda pair: pair[0])
        return best[1] if best else None

    def keeps(self, folder: str) -> bool:
        """Tell whether what lies in *folder* outlives the container."""
        mount = self.mount_at(folder)
        if mount is None:
            return False
        kind, source = mount.get("type"), mount.get("source")
        return bool(kind and kind.value in ("volume", "bind", "nfs", "cluster") and source)


def _port(node: Node) -> Port:
    parts = {key: one for key in ("host_ip", "published", "target", "protocol") for one in [node.get(key)]}
    host, published, target, protocol = (str(one.value) if one else "" for one in parts.values())
    address = "" if host in ("0.0.0.0", "::", "*") else host
    return Port(address, published, target, protocol or "tcp", node.at)


def add_build(service: Service, read: Read) -> None:
    """Read the Dockerfile of *service*; a fault is kept, since the rest of the service can be seen without it."""
    block = service.node.get("build")
    if not block:
        return
    try:
        service.build = _build(block, read)
    except LookError as exc:
        service.build_error = exc


def _build(block: Node, read: Read) -> Build:
    inline, context, dockerfile = block.get("dockerfile_inline"), block.get("context"), block.get("dockerfile")
    target, given = block.get("target"), block.get("args")
    arguments = {
        key: shown(str(one.value)) for key, one in (given.entries() if given else {}).items() if one.value is not None
    }
    wanted = shown(str(target.value)) if target else ""
    if inline:
        return read_build(str(inline.value), inline.at.rpartition(":")[0], wanted, arguments)
    folder = shown(str(context.value)) if context else "."
    if "://" in folder or folder.startswith(("git@", "/", "~")) or "${" in folder:
        raise LookError(Reason.UNSUPPORTED, f"{block.at}: the build context is not in the checkout")
    name = shown(str(dockerfile.value)) if dockerfile else "Dockerfile"
    path = posixpath.normpath(posixpath.join(folder, name))
    return read_build(read(path), path, wanted, arguments)
