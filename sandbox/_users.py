# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run as a service's own user when root started the sandbox, and as the caller otherwise."""

from __future__ import annotations

import os
import pwd
import shutil
from pathlib import Path

from sandbox._errors import SandboxError


def is_root() -> bool:
    return os.geteuid() == 0


def as_user(user: str | None) -> list[str]:
    """Return the words before a command that make it run as *user*."""
    if user is None or not is_root():
        return []
    entry(user)
    return ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]


def own(path: Path, user: str | None) -> Path:
    """Give *path* to *user*, and return it. The caller keeps it when not root."""
    if user is not None and is_root():
        who = entry(user)
        os.chown(path, who.pw_uid, who.pw_gid)
    return path


def entry(user: str) -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(user)
    except KeyError:
        raise SandboxError(f"There is no user {user}: install the package that brings it") from None


def program(name: str, package: str, *folders: str) -> str:
    """Return the path of *name*, looked for on the PATH, in the system's folders and in *folders*."""
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin", "/sbin", *folders])
    found = shutil.which(name, path=path)
    if found is None:
        raise SandboxError(f"There is no {name} on this machine: install the package {package}")
    return found
