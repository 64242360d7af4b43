# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run commands that the inventory declares, and look how they end. This is a private part of the collection.

No shell is involved: what is run is a list of words. Nothing is read from the terminal, and the environment is made of what is named.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._environment import (
    OPTIONS,
    environment_of,
    secrets_of_command,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._redaction import printable, redacted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._run import Ended, Tail, run
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, look_at_all

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "commands": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "name": {"type": "str", "required": True},
                "argv": {"type": "list", "elements": "str", "required": True},
                **OPTIONS,
            },
        },
        "max_output": {"type": "int", "default": 16384},
        **_argspec.timeout(60.0),
    }
}


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
    environment = environment_of(command)
    secrets = secrets_of_command(command, environment)
    ended = run(command["argv"], command["chdir"], environment, deadline.step(), most)
    return {
        "argv": [redacted(word, secrets) for word in command["argv"]],
        "environment_names": sorted(environment),
        "exit_code": ended.exit_code,
        "signal": ended.signal_name,
        "timed_out": ended.timed_out,
        "duration_s": round(ended.seconds, 3),
        **_output("stdout", ended.stdout, secrets),
        **_output("stderr", ended.stderr, secrets),
        "unseen": _unseen(ended, deadline),
    }


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
