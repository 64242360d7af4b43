# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the tests of containers and of their registry share: the sandbox's engine, started where it is not up yet, and looks at it."""

from __future__ import annotations

import contextlib
import typing as t

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import container
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from sandbox import _lifecycle as lifecycle
from sandbox._sandbox import Sandbox
from sandbox.components import docker

SECRET = "Secret-4711"


def started(sandbox: Sandbox) -> Sandbox:
    """Return the sandbox with its engine and its registry up and whole."""
    lifecycle.up(sandbox, [docker.NAME], lambda name, what: print(f"{name:14} {what}"))
    for left in lifecycle.broken(sandbox):
        lifecycle.repair(sandbox, left.name)
    return sandbox


@contextlib.contextmanager
def broken_by(sandbox: Sandbox, *sabotages: str) -> t.Iterator[None]:
    try:
        for name in sabotages:
            lifecycle.break_it(sandbox, name)
        yield
    finally:
        for name in reversed(sabotages):
            lifecycle.repair(sandbox, name)


def containers(sandbox: Sandbox, **changes: t.Any) -> list[dict[str, t.Any]]:
    """Look at the engine as the roles do."""
    declared = sandbox.targets.read()
    repository = declared["readiness_repository"]
    asked = {
        **declared["readiness_containers"],
        "path": repository["path"],
        "variables": repository.get("environment"),
        "environment_file": repository.get("environment_file"),
        "window": 0.1,
        **changes,
    }
    checked = ArgumentSpecValidator(**container.SPEC).validate(
        {key: one for key, one in asked.items() if one is not None}
    )
    assert not checked.error_messages
    result = run_probe("container_info", container.observe, checked.validated_parameters)
    assert SECRET not in str(result)
    return t.cast("list[dict[str, t.Any]]", result["observation"])
