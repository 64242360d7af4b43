# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hardened sandbox of the integration and end-to-end tests, started once and whole at the beginning of each test.

What uses it stays in one worker of pytest-xdist, as it breaks what others look at. A second worker has a sandbox of its own, so that
modules with the mark ``all_components`` are at work in the one, the others in the other, and tests of files alone beside both.
"""

from __future__ import annotations

import fcntl
import os
import typing as t

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox

ALL = "all_components"
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = 2000  # between the sandboxes of two workers
_ORDER = {ALL: 0, "sandbox": 1}  # the longest first: then what is short fills the gaps


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    groups = {item: _group(item) for item in items}
    for item, group in groups.items():
        if group:
            item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: _ORDER.get(groups[item], len(_ORDER)))


def _group(item: pytest.Item) -> str:
    if not isinstance(item, pytest.Function) or "made_sandbox" not in item.fixturenames:
        return ""
    return ALL if item.get_closest_marker(ALL) else "sandbox"


def pytest_configure() -> None:
    """Give every worker but the first a sandbox of its own: programs that a test starts find it in the environment, too."""
    if _WORKER:
        first = open_sandbox(Profile.HARDENED)
        os.environ["READINESS_SANDBOX"] = f"{first.root}-{_WORKER}"
        os.environ["READINESS_SANDBOX_PORTS"] = str(first.first_port + _WORKER * _PORTS)


@pytest.fixture(scope="session")
def made_sandbox() -> t.Iterator[Sandbox]:
    sandbox = open_sandbox(Profile.HARDENED)
    sandbox.make()
    with (sandbox.folder / "tests.lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pytest.fail(
                f"Other tests are at work in the sandbox at {sandbox.folder}: wait for them, or set READINESS_SANDBOX"
            )
        yield sandbox
        if _WORKER:
            lifecycle.down(sandbox)


@pytest.fixture(scope="session")
def started_sandbox(made_sandbox: Sandbox) -> Sandbox:
    lifecycle.up(made_sandbox, [], lambda name, what: print(f"{name:14} {what}"))
    return made_sandbox


@pytest.fixture
def hardened(started_sandbox: Sandbox) -> t.Iterator[Sandbox]:
    for left in lifecycle.broken(started_sandbox):
        lifecycle.repair(started_sandbox, left.name)
    yield started_sandbox
    for done in lifecycle.broken(started_sandbox):
        lifecycle.repair(started_sandbox, done.name)
