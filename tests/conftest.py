# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The hardened sandbox of the integration and end-to-end tests, started once and whole at the beginning of each test."""

from __future__ import annotations

import typing as t

import pytest

from sandbox import _lifecycle as lifecycle
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox


@pytest.fixture(scope="session")
def made_sandbox() -> Sandbox:
    sandbox = open_sandbox(Profile.HARDENED)
    sandbox.make()
    return sandbox


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
