# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A container registry, the one of the CNCF project Distribution, which lets in nobody without a password."""

from __future__ import annotations

import base64
import typing as t
import urllib.error
import urllib.request
from pathlib import Path

import bcrypt

from sandbox import _go
from sandbox._files import write_lines
from sandbox._profile import Profile
from sandbox._sandbox import INTERNAL, Sandbox

NAME = "registry"
NEEDS: tuple[str, ...] = ()
PROFILES = (Profile.HARDENED,)
PORTS = {"registry": 320}
ON_REQUEST = True
HOST = "registry.example.com"  # as the compose files call it
USER = "readiness_probe"


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME)
    word = bcrypt.hashpw(sandbox.secret("registry").encode(), bcrypt.gensalt(4)).decode()
    write_lines(home / "htpasswd", [f"{USER}:{word}"])
    configure(sandbox)
    run(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and answer(sandbox, "/v2/") is not None


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    target = {"url": url(sandbox), "name": HOST, "url_username": USER, "url_password": sandbox.secret("registry")}
    return {"readiness_registry": target}


def url(sandbox: Sandbox) -> str:
    return f"http://{place(sandbox)}"


def place(sandbox: Sandbox) -> str:
    return f"{INTERNAL}:{sandbox.port(PORTS['registry'])}"


def configure(sandbox: Sandbox, is_open: bool = False) -> None:
    """Write the configuration of the registry; an open one asks nobody for a password."""
    home = sandbox.home(NAME)
    lines = [
        "version: 0.1",
        "log: {level: warn}",
        f"storage: {{filesystem: {{rootdirectory: {home / 'data'}}}, delete: {{enabled: true}}}}",
        f"http: {{addr: '{place(sandbox)}'}}",
    ]
    if not is_open:
        lines.append(f"auth: {{htpasswd: {{realm: cryptofunk, path: {home / 'htpasswd'}}}}}")
    write_lines(home / "config.yml", lines)


def run(sandbox: Sandbox) -> None:
    command: list[str | Path] = [_go.built(NAME), "serve", sandbox.home(NAME) / "config.yml"]
    sandbox.processes.start(NAME, command, env={"OTEL_TRACES_EXPORTER": "none"})
    sandbox.processes.wait(NAME, lambda: answer(sandbox, "/v2/") is not None)


def restart(sandbox: Sandbox, is_open: bool = False) -> None:
    stop(sandbox)
    configure(sandbox, is_open)
    run(sandbox)


def answer(sandbox: Sandbox, path: str, method: str = "GET", accept: str = "*/*") -> t.Any:
    """Return status and headers of what the registry answers to its user; None while it does not answer."""
    login = base64.b64encode(f"{USER}:{sandbox.secret('registry')}".encode()).decode()
    headers = {"Authorization": f"Basic {login}", "Accept": accept}
    request = urllib.request.Request(f"{url(sandbox)}{path}", method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=3) as said:
            return said.status, dict(said.headers.items())
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers.items())
    except OSError:
        return None
