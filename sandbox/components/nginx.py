# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""nginx in front of the API and of the web page's files.

hardened: TLS 1.2 and 1.3 with forward secrecy, a certificate behind an intermediate authority, HSTS, compression, and plain
HTTP that only redirects; on the public and the internal address. as_shipped: plain HTTP on the public address, and
nothing on the port of HTTPS, as CryptoFunk's server has no TLS and its ingress has it commented out.
"""

from __future__ import annotations

import shutil
import subprocess
import typing as t
from dataclasses import dataclass, replace
from pathlib import Path
from signal import Signals

from sandbox._certificates import Pair, Wanted
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._processes import environment
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, PUBLIC, Sandbox
from sandbox._users import as_user, program
from sandbox._waiting import answers, wait_until
from sandbox.components import _nginx_conf as conf
from sandbox.components import api, postgres, redis
from sandbox.standin._settings import API

NAME = "nginx"
NEEDS = (api.NAME,)
PROFILES = BOTH
PORTS = {"https": 43, "http": 81}

USER = "www-data"
GOOD = Wanted(intermediate=True)
_PAGE = Path(__file__).resolve().parents[1] / "standin" / "www"


@dataclass(frozen=True)
class Front:
    """What nginx does; the defaults are the hardened profile's."""

    https: bool = True
    redirect: bool = True
    hsts: bool = True
    gzip: bool = True
    protocols: str = "TLSv1.2 TLSv1.3"
    ciphers: str = "ECDHE+AESGCM:ECDHE+CHACHA20"
    certificate: Wanted = GOOD


def front(sandbox: Sandbox) -> Front:
    """Return what the profile wants."""
    return Front() if sandbox.hardened else Front(https=False, redirect=False, hsts=False, gzip=False)


def start(sandbox: Sandbox) -> None:
    home = sandbox.home(NAME, USER)
    shutil.rmtree(home / "www", ignore_errors=True)
    shutil.copytree(_PAGE, home / "www" / "assets")
    if sandbox.hardened:
        sandbox.authority.issue(home, GOOD, user=USER)
    _write(sandbox, front(sandbox))
    command: list[str | Path] = [_program(), "-e", "stderr", "-p", home, "-c", home / "nginx.conf"]
    sandbox.processes.start(NAME, command, USER)
    sandbox.processes.wait(NAME, lambda: _all_answer(sandbox))


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and answers(PUBLIC, sandbox.port(PORTS["http"]))


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    http, https = sandbox.port(PORTS["http"]), sandbox.port(PORTS["https"])
    plain = f"http://{'localhost' if sandbox.hardened else PUBLIC}:{http}"
    url = f"https://localhost:{https}" if sandbox.hardened else plain
    published = https if sandbox.hardened else http
    trust = {"ca_path": str(sandbox.authority.path)}
    internal = {
        "postgresql": [sandbox.port(postgres.PORTS["server"])],
        "redis": [redis.port(sandbox)],
    }
    return {
        "readiness_api": {"url": url, "http_url": plain, **trust},
        "readiness_tls": {"endpoints": [{"host": PUBLIC, "port": published, "server_name": "localhost"}], **trust},
        "readiness_assets": {"urls": [f"{url}/assets/{file.name}" for file in sorted(_PAGE.iterdir())], **trust},
        "readiness_ports": {"address": PUBLIC, "allowed": [https, http], "internal": internal},
    }


def apply(sandbox: Sandbox, wanted: Front) -> None:
    """Make the running nginx do what is *wanted*, and return when no worker does otherwise."""
    _write(sandbox, wanted)
    home = sandbox.home(NAME)
    tested = subprocess.run(
        [*as_user(USER), _program(), "-t", "-e", "stderr", "-p", str(home), "-c", str(home / "nginx.conf")],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if tested.returncode != 0:
        raise SandboxError(f"nginx refuses its configuration: {tested.stderr.strip()}")
    before = _workers(sandbox)
    sandbox.processes.send(NAME, Signals.SIGHUP)
    wait_until(lambda: bool(_workers(sandbox)) and not before & _workers(sandbox), "The reload of nginx")


def change(sandbox: Sandbox, **changes: t.Any) -> None:
    """Make nginx do what the profile wants, but for the *changes* to ``Front``."""
    apply(sandbox, replace(front(sandbox), **changes))


def _write(sandbox: Sandbox, wanted: Front) -> None:
    home = sandbox.home(NAME)
    lines = conf.head(home, wanted.gzip)
    port = {word: sandbox.port(offset) for word, offset in PORTS.items()}
    addresses = (INTERNAL, PUBLIC) if sandbox.hardened else (PUBLIC,)
    upstream = api.url(sandbox, API)
    if wanted.https:
        tls = conf.tls(_certificate(sandbox, wanted.certificate), wanted.protocols, wanted.ciphers, wanted.hsts)
        serve = [*tls, *conf.application(home, upstream, sandbox.hardened)]
        lines += conf.server([f"{address}:{port['https']} ssl http2" for address in addresses], serve)
    plain = conf.redirect(port["https"]) if wanted.redirect else conf.application(home, upstream, sandbox.hardened)
    lines += conf.server([f"{address}:{port['http']}" for address in addresses], plain)
    write_lines(home / "nginx.conf", [*lines, "}"], USER)


def _certificate(sandbox: Sandbox, wanted: Wanted) -> Pair:
    """Return the good certificate, which stays the same, or a new one that a sabotage wants."""
    home = sandbox.home(NAME)
    if wanted == GOOD:
        return Pair(home / "server.crt", home / "server.key")
    return sandbox.authority.issue(home, wanted, "sabotaged", USER)


def _all_answer(sandbox: Sandbox) -> bool:
    words = PORTS if front(sandbox).https else ("http",)
    return all(answers(PUBLIC, sandbox.port(PORTS[word])) for word in words)


def _workers(sandbox: Sandbox) -> set[int]:
    """Return the processes whose parent is nginx's master."""
    master = sandbox.processes.pid(NAME)
    return {int(entry.parent.name) for entry in Path("/proc").glob("[0-9]*/stat") if _parent(entry) == master}


def _parent(entry: Path) -> int | None:
    try:
        state, parent = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return int(parent) if state != "Z" else None


def _program() -> str:
    return program("nginx", "nginx")
