# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run commands that the inventory declares, and look how they end. This is a private part of the collection.

No shell is involved: what is run is a list of words. Nothing is read from the terminal, and the environment is made of what is named.
"""

from __future__ import annotations

import os
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._command_redaction import (
    printable,
    redacted,
    secrets_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._command_run import Ended, Tail, run

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "commands": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "name": {"type": "str", "required": True},
                "argv": {"type": "list", "elements": "str", "required": True},
                "chdir": {"type": "path"},
                "environment": {"type": "dict", "default": {}},
                "secret_environment": {"type": "dict", "default": {}, "no_log": True},
                "pass_environment": {"type": "list", "elements": "str", "default": [], "no_log": False},
            },
        },
        "max_output": {"type": "int", "default": 16384},
        **_argspec.timeout(60.0),
    }
}

_ALWAYS = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
_ALWAYS_PASSED = ("PATH", "HOME")


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject a command; they run side by side."""
    most = options["max_output"]
    looks = ((one["name"], _look(one, most, deadline)) for one in options["commands"])
    return look_at_all(looks, Deadline(deadline.seconds + 0.8))


def _look(command: dict[str, t.Any], most: int, deadline: Deadline) -> t.Callable[[], dict[str, t.Any]]:
    return lambda: _seen(command, most, deadline)


def _seen(command: dict[str, t.Any], most: int, deadline: Deadline) -> dict[str, t.Any]:
    if not command["argv"] or not command["argv"][0]:
        raise LookError(Reason.NOT_CONFIGURED, "The command has no words to run")
    environment, missing = _environment(command)
    secrets = secrets_of(environment, (str(value) for value in command["secret_environment"].values()))
    ended = run(command["argv"], command["chdir"], environment, deadline.step(), most)
    return {
        "argv": [redacted(word, secrets) for word in command["argv"]],
        "environment_names": sorted(environment),
        "environment_missing": missing,
        "exit_code": ended.exit_code,
        "signal": ended.signal_name,
        "timed_out": ended.timed_out,
        "duration_s": round(ended.seconds, 3),
        **_output("stdout", ended.stdout, secrets),
        **_output("stderr", ended.stderr, secrets),
        "unseen": _unseen(ended, deadline),
    }


def _environment(command: dict[str, t.Any]) -> tuple[dict[str, str], list[str]]:
    """Return the environment of the command, and the names that should be passed on and are not there."""
    wanted = (*_ALWAYS_PASSED, *command["pass_environment"])
    passed = {name: os.environ[name] for name in wanted if name in os.environ}
    stated = {
        name: _text(value) for part in ("environment", "secret_environment") for name, value in command[part].items()
    }
    missing = [name for name in command["pass_environment"] if name not in os.environ and name not in stated]
    return {**_ALWAYS, **passed, **stated}, missing


def _text(value: t.Any) -> str:
    """Return a value of the inventory as programs expect it: true, not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _output(name: str, tail: Tail, secrets: list[str]) -> dict[str, t.Any]:
    return {
        name: redacted(printable(tail.whole_lines()), secrets),
        f"{name}_bytes": tail.total,
        f"{name}_cut": tail.is_cut,
    }


def _unseen(ended: Ended, deadline: Deadline) -> dict[str, dict[str, str]]:
    if not ended.timed_out:
        return {}
    error = LookError(Reason.TIMEOUT, f"The command had not ended after {deadline.seconds:g} s, and was killed")
    return {"exit_code": error.to_dict()}
