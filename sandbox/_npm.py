# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Packages that only npm has, installed once into the caller's cache and found there by every later run."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from sandbox._cache import cache
from sandbox._errors import SandboxError
from sandbox._users import program


def installed(folder: Path) -> Path:
    """Return the folder that holds ``node_modules`` for the package.json and the lock file of *folder*.

    No script of a package is run. The packages' peer versions are ignored: the lock file says what works together.
    """
    lock = folder / "package-lock.json"
    name = f"npm-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    target = cache() / name
    with (cache() / f"{name}.lock").open("w") as alone:
        fcntl.flock(alone, fcntl.LOCK_EX)
        if not (target / "complete").exists():
            _install(folder, target)
    return target


def _install(folder: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(folder / name, target / name)
    command = [program("npm", "npm"), "ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=target, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SandboxError(f"npm ci failed: {(done.stderr or done.stdout).strip()[-600:]}")
    (target / "complete").touch()
