# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure what the collection costs, beside the same number of checks as ordinary tasks, in one run on one machine.

An ordinary task looks once for each check, with a builtin module against the same service, and a second one asserts; the
collection looks once for many checks. The ratio is what that design buys, not a comparison of equal work.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

import yaml

from sandbox import _lifecycle as lifecycle
from sandbox import _readiness
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox

ANSIBLE_PLAYBOOK = str(Path(sys.executable).with_name("ansible-playbook"))
ROUNDS = 3


def main() -> None:
    sandbox = open_sandbox(Profile.HARDENED)
    lifecycle.up(sandbox, [], lambda name, what: print(f"{name:14} {what}", flush=True))
    with tempfile.TemporaryDirectory(prefix="readiness-bench-") as name:
        folder = Path(name)
        empty = [
            _timed(_playbook(folder / "empty.yml", [{"ansible.builtin.debug": {"msg": "nothing"}}]))
            for dummy in range(ROUNDS)
        ]
        runs = [_measured(folder) for dummy in range(ROUNDS)]
        checks = runs[0].verdicts
        ordinary = _timed(_playbook(folder / "ordinary.yml", _ordinary_tasks(sandbox, checks)))
    _show(empty, runs, len(checks), ordinary)


class Measured(t.NamedTuple):
    """One run of the collection: wall time and time within the probes, in seconds."""

    wall: float
    probes: float
    verdicts: list[dict[str, t.Any]]


def _measured(folder: Path) -> Measured:
    began = time.monotonic()
    run = _readiness.run(folder)
    wall = time.monotonic() - began
    verdicts = [verdict for item in run.report["items"] for verdict in item["verdicts"]]
    looks = {(verdict["probe"], verdict["time"], verdict["duration_ms"]) for verdict in verdicts}
    return Measured(wall, sum(duration for dummy, dummy, duration in looks) / 1000, verdicts)


def _ordinary_tasks(sandbox: Sandbox, verdicts: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    """Return a task that looks and one that asserts for each verdict."""
    targets = sandbox.targets.read()
    database, cache = targets["readiness_postgresql"], targets["readiness_redis"]
    dsn = f"host={database['login_host']} port={database['login_port']} user={database['login_user']} dbname={database['login_db']} sslmode=require"
    endpoint = targets["readiness_tls"]["endpoints"][0]
    repository = targets["readiness_repository"]["path"]
    looks: dict[str, dict[str, t.Any]] = {
        "http_info": {
            "ansible.builtin.uri": {
                "url": targets["readiness_api"]["url"],
                "validate_certs": False,
                "status_code": [200, 404, 429],
            }
        },
        "port_info": {
            "ansible.builtin.wait_for": {"host": database["login_host"], "port": database["login_port"], "timeout": 2}
        },
        "tls_info": _command("openssl", "s_client", "-connect", f"{endpoint['host']}:{endpoint['port']}", stdin=""),
        "postgresql_info": {
            **_command("psql", dsn, "-Atc", "select 1"),
            "environment": {"PGPASSWORD": database["login_password"]},
        },
        "redis_info": _command(
            "redis-cli", "-h", cache["login_host"], "-p", str(cache["login_port"]), "--tls", "--insecure", "ping"
        ),
    }
    files = _command("git", "-C", repository, "grep", "-n", "environment", "--", "configs")
    tasks: list[dict[str, t.Any]] = []
    for verdict in verdicts:
        look = looks.get(verdict["probe"], files)
        tasks.append({**look, "register": "seen", "changed_when": False})
        tasks.append({"ansible.builtin.assert": {"that": "not seen.failed", "quiet": True}})
    return tasks


def _command(*argv: str, **more: str) -> dict[str, t.Any]:
    return {"ansible.builtin.command": {"argv": list(argv), **more}}


def _playbook(path: Path, tasks: list[dict[str, t.Any]]) -> Path:
    play = {"hosts": "localhost", "gather_facts": False, "connection": "local", "tasks": tasks}
    path.write_text(yaml.safe_dump([play]), encoding="utf-8")
    return path


def _timed(playbook: Path) -> float:
    began = time.monotonic()
    subprocess.run([ANSIBLE_PLAYBOOK, str(playbook)], stdin=subprocess.DEVNULL, capture_output=True, check=True)
    return time.monotonic() - began


def _show(empty: list[float], runs: list[Measured], checks: int, ordinary: float) -> None:
    wall = statistics.median(run.wall for run in runs)
    own = statistics.median(run.wall - run.probes for run in runs)
    print(f"an empty play                           {statistics.median(empty):7.2f} s")
    print(f"the readiness run, {checks:4} verdicts         {wall:7.2f} s")
    print(f"  of it outside the probes              {own:7.2f} s")
    print(f"the same number as ordinary tasks       {ordinary:7.2f} s")
    print(f"ratio                                   {ordinary / wall:7.1f}")
    print(f"ratio without the probes' own time      {ordinary / own:7.1f}")


if __name__ == "__main__":
    main()
