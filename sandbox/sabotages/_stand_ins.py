# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Point a declared target at a server that is no good: it never answers, answers nonsense, or never stops.

The service itself stays as it is; what is broken is the way to it, so that a probe has to say why it did not see.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sandbox._contract import Sabotage
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._waiting import answers

_PROGRAM = Path(__file__).resolve().parent.parent / "programs" / "stand_in.py"
MANNERS = {
    "blackhole": "accepts and never answers",
    "garbage": "answers with bytes that mean nothing",
    "babble": "never stops talking",
    "slow": "sends a byte a second",
    "hang_up": "closes every connection at once",
}


def redirected(component: str, target: str, manner: str, offset: int, items: tuple[str, ...]) -> Sabotage:
    """Return the sabotage that redirects *target* (by its ``login_port``) to a stand-in at the port of *offset*."""
    name = f"{component}_{manner}"

    def do(sandbox: Sandbox) -> None:
        listen(sandbox, name, manner, offset)
        sandbox.targets.patch(name, {target: {"login_port": sandbox.port(offset)}})

    def undo(sandbox: Sandbox) -> None:
        sandbox.targets.unpatch(name)
        sandbox.processes.stop(name)

    return Sabotage(
        name, component, items, f"What answers for {component} {MANNERS[manner]}", do, undo, becomes="error"
    )


def listen(sandbox: Sandbox, name: str, manner: str, offset: int) -> None:
    """Start the process *name*, which listens in this *manner* at the port of *offset* on the internal address."""
    port = sandbox.port(offset)
    sandbox.processes.start(name, [sys.executable, _PROGRAM, manner, str(port)])
    sandbox.processes.wait(name, lambda: answers(INTERNAL, port))
