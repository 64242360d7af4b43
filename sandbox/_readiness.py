# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the readiness playbook on a profile of the sandbox, as a user does, and read its report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import typing as t
from dataclasses import dataclass
from pathlib import Path

from sandbox._errors import SandboxError

INVENTORY = Path(__file__).resolve().parents[1] / "inventories" / "sandbox"
PLAYBOOK = "cryptofunk.readiness.readiness"


@dataclass(frozen=True)
class Run:
    """One run: what ansible-playbook returned and printed, and the report if there is one."""

    code: int
    output: str
    report: dict[str, t.Any]

    def outcomes(self) -> dict[str, str]:
        return {item["id"]: item["outcome"] for item in self.report["items"]}

    def item(self, number: str) -> dict[str, t.Any]:
        return next(item for item in self.report["items"] if item["id"] == number)


def run(
    output_dir: Path,
    *,
    profile: str = "hardened",
    inventory: Path = INVENTORY,
    playbook: str = PLAYBOOK,
    tags: t.Collection[str] = (),
    extra: t.Mapping[str, t.Any] | None = None,
    options: t.Sequence[str] = (),
    timeout: float = 600,
) -> Run:
    """Run the *playbook* into *output_dir* and return the run; without a report, raise with what was printed."""
    command = [str(Path(sys.executable).with_name("ansible-playbook")), playbook, "-i", str(inventory), *options]
    command += ["--tags", ",".join(sorted(tags))] if tags else []
    command += [
        "-e",
        json.dumps({"readiness_output_dir": str(output_dir), "readiness_gate": "report_only", **(extra or {})}),
    ]
    environment = {**os.environ, "READINESS_PROFILE": profile, "ANSIBLE_NOCOLOR": "1", "ANSIBLE_LOCALHOST_WARNING": "0"}
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, check=False
    )
    output = done.stdout + done.stderr
    path = output_dir / "latest" / "report.json"
    if not path.exists():
        raise SandboxError(f"the run wrote no report; it printed:\n{output}")
    return Run(done.returncode, output, json.loads(path.read_text(encoding="utf-8")))
