# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""NATS with JetStream.

hardened: three servers in one cluster, TLS and a login for every client, a stream on the disks of all three, and a user of its
own for the probe (``docs/grants/nats.conf``). as_shipped: what CryptoFunk's compose file starts: one server without a login,
its JetStream in a folder that the next start of the machine empties, and no stream.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import typing as t
import urllib.request
from pathlib import Path

import nats
import nats.errors
import nats.js.errors

from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._waiting import wait_until

NAME = "nats"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
PORTS = {
    **{f"client{number}": 220 + number for number in (1, 2, 3)},
    **{f"monitor{number}": 223 + number for number in (1, 2, 3)},
    **{f"route{number}": 226 + number for number in (1, 2, 3)},
}
STREAM = "AUDIT"
PROBE = "readiness_probe"
_APPLICATION = "cryptofunk_app"
_PROBE_MAY = 'publish: ["readiness.probe.>", "$JS.API.INFO"], subscribe: ["readiness.probe.>", "_INBOX.>"]'


def start(sandbox: Sandbox) -> None:
    configure(sandbox)
    for number in numbers(sandbox):
        run(sandbox, number)
    sandbox.processes.wait(server(1), lambda: has_leader(sandbox))
    if sandbox.hardened:
        make_stream(sandbox)


def stop(sandbox: Sandbox) -> None:
    for number in numbers(sandbox):
        sandbox.processes.stop(server(number))


def is_up(sandbox: Sandbox) -> bool:
    return all(sandbox.processes.alive(server(number)) for number in numbers(sandbox)) and has_leader(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    servers = [
        {"host": INTERNAL, "port": port(sandbox, "client", number), "monitoring_url": monitor(sandbox, number)}
        for number in numbers(sandbox)
    ]
    target: dict[str, t.Any] = {"servers": servers, "cluster_size": 3}
    if sandbox.hardened:
        target.update(login_user=PROBE, login_password=sandbox.secret("nats_probe"), tls=True)
        target.update(ca_path=str(sandbox.authority.path))
    return {"readiness_nats": target}


def numbers(sandbox: Sandbox) -> tuple[int, ...]:
    return (1, 2, 3) if sandbox.hardened else (1,)


def server(number: int) -> str:
    """Return the name of a server, which its process has, too."""
    return f"nats_{number}"


def port(sandbox: Sandbox, word: str, number: int) -> int:
    return sandbox.port(PORTS[f"{word}{number}"])


def monitor(sandbox: Sandbox, number: int) -> str:
    return f"http://{INTERNAL}:{port(sandbox, 'monitor', number)}"


def run(sandbox: Sandbox, number: int) -> None:
    """Start one server on the file that is there."""
    program = Path(sys.executable).with_name("nats-server")
    sandbox.processes.start(server(number), [program, "-c", sandbox.home(NAME) / f"{number}.conf"])


def configure(sandbox: Sandbox, jetstream: bool = True, store: Path | None = None, mappings: str = "") -> None:
    """Write the files of the servers, as the profile has them unless told."""
    home = sandbox.home(NAME)
    if sandbox.hardened:
        sandbox.authority.issue(home)
    for number in numbers(sandbox):
        lines = [
            f"server_name: {server(number)}",
            f"host: {INTERNAL}",
            f"port: {port(sandbox, 'client', number)}",
            f'http: "{INTERNAL}:{port(sandbox, "monitor", number)}"',
        ]
        if jetstream:
            folder = store or (home / "data" if sandbox.hardened else ephemeral(sandbox))
            lines.append(f'jetstream {{ store_dir: "{folder / server(number)}", max_mem: 16M, max_file: 64M }}')
        lines += _secured(sandbox, number, jetstream, mappings) if sandbox.hardened else []
        write_lines(home / f"{number}.conf", lines)


def ephemeral(sandbox: Sandbox) -> Path:
    """Return a folder of the kind that a start of the machine empties."""
    return Path(tempfile.gettempdir()) / f"readiness-sandbox-nats-{sandbox.first_port}"


def _secured(sandbox: Sandbox, number: int, jetstream: bool, mappings: str) -> list[str]:
    home = sandbox.home(NAME)
    routes = ", ".join(f"nats://{INTERNAL}:{port(sandbox, 'route', one)}" for one in numbers(sandbox))
    users = [
        f'{{ user: {_APPLICATION}, password: "{sandbox.secret("nats_application")}" }}',
        f'{{ user: {PROBE}, password: "{sandbox.secret("nats_probe")}", permissions: {{ {_PROBE_MAY} }} }}',
    ]
    return [
        f"cluster {{ name: cryptofunk, host: {INTERNAL}, port: {port(sandbox, 'route', number)}, routes: [{routes}] }}",
        f'tls {{ cert_file: "{home}/server.crt", key_file: "{home}/server.key" }}',
        "accounts {",
        f'$SYS {{ users: [ {{ user: system, password: "{sandbox.secret("nats_system")}" }} ] }}',
        f"CRYPTOFUNK {{ {'jetstream: enabled, ' * jetstream}{mappings} users: [ {', '.join(users)} ] }}",
        "}",
    ]


def restart(sandbox: Sandbox) -> None:
    """Restart the servers on the files that are there, and wait until they answer."""
    stop(sandbox)
    for number in numbers(sandbox):
        run(sandbox, number)
    sandbox.processes.wait(server(1), lambda: answers(sandbox))


def answers(sandbox: Sandbox) -> bool:
    return all(report(sandbox, number, "varz") for number in numbers(sandbox))


def has_leader(sandbox: Sandbox) -> bool:
    """Tell whether all servers know the same leader of JetStream. A single server has none."""
    reports = [report(sandbox, number, "jsz") for number in numbers(sandbox)]
    if not sandbox.hardened:
        return all(reports)
    return len({one.get("meta_cluster", {}).get("leader", "") for one in reports} - {""}) == 1


def report(sandbox: Sandbox, number: int, name: str) -> dict[str, t.Any]:
    """Return what the monitoring port of a server says, nothing while it does not answer."""
    try:
        with urllib.request.urlopen(f"{monitor(sandbox, number)}/{name}", timeout=2) as answer:
            return t.cast("dict[str, t.Any]", json.load(answer))
    except (OSError, ValueError):
        return {}


def make_stream(sandbox: Sandbox, storage: str = "file", replicas: int = 3) -> None:
    """Make the application's stream anew: servers that have just started leave a request unanswered at times."""
    wait_until(lambda: asyncio.run(_made(sandbox, storage, replicas)), "The making of a stream")


async def _made(sandbox: Sandbox, storage: str, replicas: int) -> bool:
    where = [f"nats://{INTERNAL}:{port(sandbox, 'client', number)}" for number in numbers(sandbox)]
    client = await nats.connect(
        where, user=_APPLICATION, password=sandbox.secret("nats_application"), tls=sandbox.authority.context()
    )
    try:
        manager = client.jetstream(timeout=3)
        names = [stream.config.name for stream in await manager.streams_info()]
        if STREAM in names:
            await manager.delete_stream(STREAM)
        await manager.add_stream(name=STREAM, subjects=["audit.>"], num_replicas=replicas, storage=storage)
        return True
    except (nats.errors.TimeoutError, nats.errors.NoRespondersError, nats.js.errors.ServiceUnavailableError):
        return False
    finally:
        await client.close()
