# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a component or a sabotage gets to work with: where to put its files, its ports, users, secrets, certificates."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sandbox._certificates import Authority
from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._processes import Processes
from sandbox._profile import Profile
from sandbox._targets import Targets
from sandbox._users import is_root, own

INTERNAL = "127.0.0.1"  # where a service belongs
PUBLIC = "127.0.0.2"  # what a vantage outside looks at
_FIRST_PORT = {Profile.HARDENED: 24000, Profile.AS_SHIPPED: 25000}
_SECRETS = threading.Lock()


@dataclass(frozen=True)
class Sandbox:
    """One profile of the sandbox on this machine, running or not."""

    profile: Profile
    root: Path
    first_port: int

    @property
    def hardened(self) -> bool:
        return self.profile is Profile.HARDENED

    @property
    def folder(self) -> Path:
        """Everything that belongs to this profile."""
        return self.root / self.profile.value

    def port(self, offset: int) -> int:
        """Return the port that belongs to *offset* in this profile."""
        return self.first_port + offset

    def home(self, name: str, user: str | None = None) -> Path:
        """Return the folder of the component *name*, made for *user* at the first call."""
        home = self.folder / name
        if not home.is_dir():
            home.mkdir(mode=0o700)
            own(home, user)
        return home

    def forget(self, name: str) -> None:
        """Remove the folder of the component *name*, so that it is built anew."""
        shutil.rmtree(self.folder / name, ignore_errors=True)

    def secret(self, name: str) -> str:
        """Return the password called *name*, invented at the first call and the same ever after."""
        file = self.folder / "secrets.json"
        with _SECRETS:
            known: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
            if name not in known:
                known[name] = "Rs7-" + secrets.token_urlsafe(24)
                write_lines(file, [json.dumps(known, indent=1)])
        return known[name]

    @cached_property
    def authority(self) -> Authority:
        """The certificate authority of this profile; ``authority.path`` is the file that clients trust."""
        return Authority(self.folder / "ca")

    @cached_property
    def processes(self) -> Processes:
        return Processes(self.folder / "run", self.folder / "logs")

    @cached_property
    def targets(self) -> Targets:
        return Targets(self.folder)

    @property
    def is_running(self) -> bool:
        """Tell whether any process of the profile lives."""
        return (self.folder / "run").is_dir() and any(map(self.processes.alive, self.processes.names()))

    def make(self) -> None:
        """Make the folders. Service users have to pass through them, so they are traversable (711), not readable."""
        for folder in (self.root, self.folder, *(self.folder / name for name in ("run", "logs", "built", "ca"))):
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
            if folder.stat().st_uid == os.geteuid():
                folder.chmod(0o711)
        if is_root():
            _check_passage(self.folder)


def open_sandbox(profile: Profile) -> Sandbox:
    """Return the sandbox of *profile*.

    ``READINESS_SANDBOX`` moves its files, ``READINESS_SANDBOX_PORTS`` the first port of ``hardened`` (``as_shipped``
    follows 1000 above), so that several can live on one machine.
    """
    root = Path(os.environ.get("READINESS_SANDBOX") or f"/var/tmp/readiness-sandbox-{os.geteuid()}").resolve()
    moved = int(os.environ.get("READINESS_SANDBOX_PORTS") or _FIRST_PORT[Profile.HARDENED])
    return Sandbox(profile, root, _FIRST_PORT[profile] + moved - _FIRST_PORT[Profile.HARDENED])


def _check_passage(folder: Path) -> None:
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            raise SandboxError(f"Service users cannot pass through {parent}: set READINESS_SANDBOX to another folder")
