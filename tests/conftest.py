# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hardened sandbox of the integration and end-to-end tests, started once and whole at the beginning of each test.

What uses it stays in one worker of pytest-xdist, as it breaks what others look at. Tests of files alone run beside that.
"""

from __future__ import annotations

import fcntl
import typing as t

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and "made_sandbox" in item.fixturenames:
            item.add_marker(pytest.mark.xdist_group("sandbox"))


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
