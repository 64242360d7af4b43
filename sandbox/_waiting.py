# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Wait for something to become true, never for ever."""

from __future__ import annotations

import socket
import time
import typing as t

from sandbox._errors import SandboxError


def wait_until(ready: t.Callable[[], bool], what: str, within: float = 60.0, every: float = 0.05) -> None:
    """Return as soon as *ready* says so; raise SandboxError after *within* seconds."""
    end = time.monotonic() + within
    while not ready():
        if time.monotonic() > end:
            raise SandboxError(f"{what} did not happen within {within:g} s")
        time.sleep(every)


def answers(host: str, port: int, within: float = 0.5) -> bool:
    """Tell whether a TCP connection to *host*:*port* is accepted."""
    try:
        with socket.create_connection((host, port), timeout=within):
            return True
    except OSError:
        return False
