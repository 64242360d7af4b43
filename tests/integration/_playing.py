# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of the whole playbook share: inventories of their own, and runs of the program itself."""

from __future__ import annotations

import os
import subprocess
import sys
import typing as t
from pathlib import Path

import yaml

from sandbox import _readiness

ANSIBLE_PLAYBOOK = str(Path(sys.executable).with_name("ansible-playbook"))


def write_inventory(folder: Path, host: dict[str, t.Any], names: t.Sequence[str] = ("production",)) -> Path:
    """Write an inventory in which every environment of *names* is declared like *host*."""
    path = folder / "inventory.yml"
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    path.write_text(yaml.safe_dump({"environments": {"hosts": dict.fromkeys(names, {**local, **host})}}))
    return path


def playbook(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the collection's playbook *name*."""
    command = [ANSIBLE_PLAYBOOK, f"cryptofunk.readiness.{name}", *arguments]
    environment = {**os.environ, "READINESS_PROFILE": "hardened", "ANSIBLE_NOCOLOR": "1"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def verdicts(run: _readiness.Run, kind: str) -> list[dict[str, t.Any]]:
    return [verdict for item in run.report["items"] for verdict in item["verdicts"] if verdict["verdict"] == kind]
