# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A Docker engine of the sandbox's own, and in it the whole compose project of the checkout, with stand-ins for its programs.

Each service of the merged project is there under its name, with its image's name, limits, restart policy, healthcheck and published ports,
but every image is a few hundred lines of busybox. The images that the release builds itself are pushed to the sandbox's registry
first. There is one engine on a machine at most: another one would share its networks.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import typing as t
from pathlib import Path

import docker

from sandbox._errors import SandboxError
from sandbox._files import write_bytes
from sandbox._processes import environment
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox
from sandbox._users import is_root, program
from sandbox.components import _docker_door as door
from sandbox.components import _docker_project as project
from sandbox.components import registry, repository

NAME = "docker"
NEEDS = (registry.NAME, repository.NAME)
PROFILES = (Profile.HARDENED,)
PORTS = {"published": project.PUBLISHED}
ON_REQUEST = True
_LINKS = ("sh", "sleep", "true", "false", "cat")


def start(sandbox: Sandbox) -> None:
    _check(sandbox)
    run_engine(sandbox)
    door.open_door(sandbox, socket(sandbox))
    project.take_release(sandbox)
    project.deploy_config(sandbox)
    project.write_project(sandbox)
    with client(sandbox) as engine:
        for number, image in enumerate([*project.images(sandbox), *project.images_before(sandbox)]):
            make_image(sandbox, engine, image, str(number))
    compose(sandbox, "up", "--detach", "--pull", "never", "--wait", "--quiet-pull")


def stop(sandbox: Sandbox) -> None:
    """Remove containers and networks before the engine ends, as it would leave the networks to the machine."""
    if sandbox.processes.alive(NAME) and (sandbox.home(NAME) / "compose.yml").exists():
        compose(sandbox, "down", "--timeout", "1", "--remove-orphans", check=False)
    door.shut(sandbox)
    sandbox.processes.stop(NAME, within=30)
    _unmount(sandbox)


def is_up(sandbox: Sandbox) -> bool:
    if not (sandbox.processes.alive(NAME) and sandbox.processes.alive(door.NAME)):
        return False
    try:
        with client(sandbox) as engine:
            return bool(engine.containers.list(filters={"label": f"com.docker.compose.project={project.PROJECT}"}))
    except (docker.errors.DockerException, OSError):
        return False


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    wanted = {
        "docker_host": f"unix://{door.socket(sandbox)}",
        "project": project.PROJECT,
        "config_files": [{"service": project.CONFIGURED, "path": project.CONFIG, "file": repository.CONFIG}],
        "startup_lines": [{"service": project.CONFIGURED, "pattern": project.STARTED}],
    }
    return {"readiness_containers": wanted}


def socket(sandbox: Sandbox) -> Path:
    return sandbox.home(NAME) / "engine.sock"


def host(sandbox: Sandbox) -> str:
    return f"unix://{socket(sandbox)}"


def client(sandbox: Sandbox) -> t.Any:
    return _Closing(docker.DockerClient(base_url=host(sandbox), timeout=60))


class _Closing:
    """A client that is closed at the end of a block."""

    def __init__(self, engine: t.Any) -> None:
        self._engine = engine

    def __enter__(self) -> t.Any:
        return self._engine

    def __exit__(self, *dummy: object) -> None:
        self._engine.close()


def run_engine(sandbox: Sandbox) -> None:
    """Start the engine with no network, chain or address of the machine's but those of the project."""
    home = sandbox.home(NAME)
    write_bytes(home / "daemon.json", b"{}\n")
    words = ["--bridge=none", "--iptables=false", "--ip6tables=false", "--ip-forward=false", "--log-level=warn"]
    places: list[str | Path] = ["--data-root", home / "data", "--exec-root", home / "exec"]
    own: list[str | Path] = [
        "--pidfile",
        home / "engine.pid",
        "--config-file",
        home / "daemon.json",
        "--host",
        host(sandbox),
    ]
    sandbox.processes.start(NAME, [program("dockerd", "docker.io"), *words, *places, *own])
    sandbox.processes.wait(NAME, lambda: _answers(sandbox))


def compose(sandbox: Sandbox, *words: str, check: bool = True) -> None:
    """Run docker-compose on the project."""
    compose_file = sandbox.home(NAME) / "compose.yml"
    tool = Path(sys.executable).with_name("docker-compose")
    command = [str(tool), "--project-name", project.PROJECT, "--file", str(compose_file)]
    env = environment({"DOCKER_HOST": host(sandbox), "HOME": str(sandbox.home(NAME))})
    done = subprocess.run([*command, *words], env=env, capture_output=True, text=True, check=False, timeout=180)
    if check and done.returncode != 0:
        raise SandboxError(f"docker-compose {words[0]}: {done.stderr.strip()[-600:]}")


def bring_up(sandbox: Sandbox, changes: t.Mapping[str, dict[str, t.Any]] | None = None) -> None:
    """Make the containers what the project says, with *changes* to services, and wait for none of them."""
    project.write_project(sandbox, changes)
    compose(sandbox, "up", "--detach", "--pull", "never", "--quiet-pull")


def make_image(sandbox: Sandbox, engine: t.Any, image: str, mark: str) -> None:
    """Make a small image of that name; those of the release are pushed, and known by the digest that the registry gave."""
    repository_name, dummy, tag = image.rpartition(":")
    changes = ['CMD ["/bin/sh"]', f"LABEL sandbox.mark={mark}"]
    engine.api.import_image_from_data(_root(), repository=repository_name, tag=tag, changes=changes)
    if image.startswith(f"{registry.HOST}/"):
        push(sandbox, engine, image)


def push(sandbox: Sandbox, engine: t.Any, image: str) -> None:
    name, dummy, tag = image.partition("/")[2].rpartition(":")
    there = f"{registry.place(sandbox)}/{name}"
    engine.images.get(image).tag(there, tag)
    login = {"username": registry.USER, "password": sandbox.secret("registry")}
    for line in engine.images.push(there, tag=tag, auth_config=login, stream=True, decode=True):
        if "error" in line:
            raise SandboxError(f"the registry does not take {image}: {line['error']}")


def _root() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.add("/bin/busybox", "bin/busybox")
        for name in _LINKS:
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            archive.addfile(link)
    return packed.getvalue()


def _check(sandbox: Sandbox) -> None:
    if not is_root():
        raise SandboxError("the Docker engine of the sandbox needs root")
    own = sandbox.processes.pid(NAME)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            is_other = (folder / "exe").readlink().name == "dockerd" and int(folder.name) != own
        except OSError:  # it has gone, or is a kernel's
            continue
        if is_other:
            raise SandboxError(f"another Docker engine runs on this machine (process {folder.name}); stop it first")


def _answers(sandbox: Sandbox) -> bool:
    try:
        with client(sandbox) as engine:
            return bool(engine.ping())
    except (docker.errors.DockerException, OSError):
        return False


def _unmount(sandbox: Sandbox) -> None:
    """Take away what the engine leaves mounted below its own folders."""
    home = str(sandbox.folder / NAME)
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    for place in sorted((one for one in mounted if one.startswith(f"{home}/")), reverse=True):
        subprocess.run(["umount", place], capture_output=True, check=False)
