# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The door by which the probe comes to the engine: the nginx of ``docs/grants/docker.conf``, which lets looks through and nothing else."""

from __future__ import annotations

from pathlib import Path

from sandbox._files import write_bytes
from sandbox._sandbox import Sandbox
from sandbox._users import program

NAME = "docker_door"
_GRANTS = Path(__file__).resolve().parents[2] / "docs" / "grants" / "docker.conf"
_INNER, _OUTER = "/var/run/docker.sock", "/run/readiness/docker.sock"
_AROUND = """daemon off;
user root;
worker_processes 1;
pid {home}/door.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path {home}/body;
  proxy_temp_path {home}/proxy;
  fastcgi_temp_path {home}/fastcgi;
  uwsgi_temp_path {home}/uwsgi;
  scgi_temp_path {home}/scgi;
{grants}}}
"""


def socket(sandbox: Sandbox) -> Path:
    return sandbox.home("docker") / "probe.sock"


def open_door(sandbox: Sandbox, engine: Path, without: str = "") -> None:
    """Let through what the grants say, but for what has the word *without* in their pattern."""
    home = sandbox.home("docker")
    grants = _GRANTS.read_text(encoding="utf-8").replace(_OUTER, str(socket(sandbox))).replace(_INNER, str(engine))
    if without:
        grants = grants.replace(f"|{without}", "|nothing-of-the-kind")
    write_bytes(home / "door.conf", _AROUND.format(home=home, grants=grants).encode())
    sandbox.processes.stop(NAME)
    socket(sandbox).unlink(missing_ok=True)
    command: list[str | Path] = [program("nginx", "nginx"), "-e", "stderr", "-p", home, "-c", home / "door.conf"]
    sandbox.processes.start(NAME, command)
    sandbox.processes.wait(NAME, socket(sandbox).exists)


def shut(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)
    socket(sandbox).unlink(missing_ok=True)
