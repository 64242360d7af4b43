# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a declared command gets for an environment: what is named, and nothing else. This is a private part of the collection."""

from __future__ import annotations

import os
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._redaction import secrets_of
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

# The options that describe a command, beside its words.
OPTIONS: dict[str, t.Any] = {
    "chdir": {"type": "path"},
    "environment": {"type": "dict", "default": {}},
    "secret_environment": {"type": "dict", "default": {}, "no_log": True},
    "pass_environment": {"type": "list", "elements": "str", "default": [], "no_log": False},
}

_ALWAYS = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}
_ALWAYS_PASSED = ("PATH", "HOME")


def environment_of(command: dict[str, t.Any]) -> dict[str, str]:
    """Return the environment of *command*; raise LookError when a variable that it is to be passed is not there.

    Without it the command might well succeed, having looked at something else.
    """
    stated = {
        name: _text(value) for part in ("environment", "secret_environment") for name, value in command[part].items()
    }
    missing = [name for name in command["pass_environment"] if name not in os.environ and name not in stated]
    if missing:
        raise LookError(Reason.NOT_CONFIGURED, f"The environment of the probe has no {', '.join(missing)} to pass on")
    wanted = (*_ALWAYS_PASSED, *command["pass_environment"])
    passed = {name: os.environ[name] for name in wanted if name in os.environ}
    return {**_ALWAYS, **passed, **stated}


def secrets_of_command(command: dict[str, t.Any], environment: t.Mapping[str, str]) -> list[str]:
    """Return what must not appear in any output of *command*."""
    return secrets_of(environment, (str(value) for value in command["secret_environment"].values()))


def _text(value: t.Any) -> str:
    """Return a value of the inventory as programs expect it: true, not True."""
    return str(value).lower() if isinstance(value, bool) else str(value)
