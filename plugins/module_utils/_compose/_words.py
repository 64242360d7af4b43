# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words of a command, and the options among them. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import shlex
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>[kmgt]?)i?b?", re.IGNORECASE)
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|y|w|d|h|m|s)")
_SECONDS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
_POWERS = "kmgt"


def words(node: Node | None) -> list[Node]:
    """Return the words of a command or an entrypoint, each with its place; a text is split as a shell does it."""
    if node is None or node.value is None:
        return []
    if isinstance(node.value, list):
        return [one.with_value(str(one.value)) for one in node.value]
    try:
        return [Node(word, node.at) for word in shlex.split(str(node.value))]
    except ValueError as exc:
        raise LookError(Reason.MALFORMED, f"{node.at}: the command has a quote that is not closed") from exc


def unwrapped(command: list[Node]) -> list[Node]:
    """Return the words of the program that a shell starts by ``sh -c "…"``, or *command* itself."""
    texts = [str(word.value) for word in command]
    if len(texts) >= 3 and texts[0].rsplit("/", 1)[-1] in ("sh", "bash", "ash") and texts[1] in ("-c", "-ec", "-lc"):
        line = re.sub(r"^\s*exec\s+", "", texts[2])
        try:
            return [Node(word, command[2].at) for word in shlex.split(line)]
        except ValueError:
            return command
    return command


def option(command: list[Node], *names: str) -> Node | None:
    """Return the value of the last of the options *names* in *command*: ``--name=value`` or ``--name value``."""
    found: Node | None = None
    for number, word in enumerate(command):
        text = shown(str(word.value))
        name, has, value = text.partition("=")
        if name in names:
            if has:
                found = word.with_value(value)
            elif number + 1 < len(command):
                found = command[number + 1].with_value(shown(str(command[number + 1].value)))
            else:
                found = word.with_value("")
    return found


def flag(command: list[Node], *names: str) -> bool:
    """Tell whether one of *names* is given and not said to be false."""
    for word in command:
        name, has, value = shown(str(word.value)).partition("=")
        if name in names and (not has or value.lower() not in ("false", "0")):
            return True
    return False


def size(text: t.Any) -> int | None:
    """Return an amount of memory in bytes, or None when it is none."""
    match = _SIZE.fullmatch(str(text).strip())
    if not match:
        return None
    unit = match.group("unit").lower()
    return int(float(match.group("number")) * 1024 ** (_POWERS.index(unit) + 1 if unit else 0))


def seconds(text: t.Any) -> float | None:
    """Return a duration such as 1m30s, 30d or 0 in seconds, or None when it is none."""
    words_of_time = str(text).strip()
    if words_of_time == "0":
        return 0.0
    parts = _DURATION.findall(words_of_time)
    if not parts or "".join(number + unit for number, unit in parts) != words_of_time:
        return None
    return float(sum(float(number) * _SECONDS[unit] for number, unit in parts))


def unresolved(text: t.Any) -> bool:
    """Tell whether *text* depends on a variable of which nothing is known."""
    return isinstance(text, str) and "${" in text


def need_resolved(node: Node, what: str) -> str:
    """Return the text of *node*, or raise LookError when a variable in it has no value here."""
    text = shown(str(node.value))
    if unresolved(text):
        raise LookError(Reason.NO_DATA, f"{node.at}: {what} depends on a variable that has no value here")
    return text
