# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A component that nobody starts unless it is asked for, for the time of some tests."""

from __future__ import annotations

import contextlib
import typing as t

from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox


@contextlib.contextmanager
def started(sandbox: Sandbox, name: str) -> t.Iterator[Sandbox]:
    """Start the component *name* and what it needs, unless it is up; leave the sandbox with the components that it had."""
    (component,) = (one for one in lifecycle.chosen(sandbox) if name == one.NAME)
    was_up = component.is_up(sandbox)
    lifecycle.up(sandbox, [name], lambda name, what: print(f"{name:14} {what}"))
    try:
        yield sandbox
    finally:
        for left in lifecycle.broken(sandbox):
            lifecycle.repair(sandbox, left.name)
        if not was_up:
            component.stop(sandbox)
            running = [one for one in lifecycle.chosen(sandbox) if one.is_up(sandbox)]
            sandbox.targets.declare(one.targets(sandbox) for one in running)
