# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find what runs a command by the clock: lines of cron, and timers of systemd. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_LARGEST = 1 << 20
_WORDS = re.compile(r"@(?:hourly|daily|midnight|weekly|monthly)\b|(?:[\d*/,\-a-zA-Z]+\s+){4}[\d*/,\-a-zA-Z]+(?=\s)")
_SETTING = re.compile(r"^\s*(?P<key>\w+)\s*=\s*(?P<value>.*?)\s*$", re.MULTILINE)

Entry = t.Dict[str, str]


def entries(patterns: t.Sequence[str], command: str | None) -> list[Entry]:
    """Return what runs *command* by the clock, of the files that *patterns* stand for: where, and when."""
    if not command:
        raise LookError(
            Reason.NOT_CONFIGURED, "The command that makes these backups is not declared (command of the kind)"
        )
    found: list[Entry] = []
    paths, refused = _matching(patterns)
    for path in paths:
        try:
            with path.open("rb") as file:
                text = file.read(_LARGEST).decode("utf-8", "replace")
        except OSError:
            refused.append(str(path))
            continue
        found += service(path, text, command) if path.suffix == ".service" else cron(str(path), text, command)
    if not found and refused:
        words = (
            f"{', '.join(refused)} may not be read: give the user that looks the right to read what runs by the clock"
        )
        raise LookError(Reason.UNAUTHORISED, words)
    return found


def _matching(patterns: t.Sequence[str]) -> tuple[list[Path], list[str]]:
    """Return the files that *patterns* stand for, and the folders that may not be listed."""
    paths: set[Path] = set()
    refused: list[str] = []
    for pattern in patterns:
        folder = Path(pattern).parent
        try:
            if folder.is_dir():
                next(folder.iterdir(), None)  # a pattern says nothing of a folder that may not be listed
            paths |= {one for one in Path("/").glob(pattern.lstrip("/")) if one.is_file()}
        except OSError:
            refused.append(str(folder))
    return sorted(paths), refused


def cron(name: str, text: str, command: str) -> list[Entry]:
    """Return the lines of cron in *text* that run *command*."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        when = _WORDS.match(line.strip())
        if when and not line.lstrip().startswith("#") and command in line.strip()[when.end() :]:
            found.append({"at": f"{name}:{number}", "when": " ".join(when.group().split())})
    return found


def service(path: Path, text: str, command: str) -> list[Entry]:
    """Return the timer of a service that runs *command*, where the timer is there and enabled."""
    timer = path.with_suffix(".timer")
    if not any(one["key"] == "ExecStart" and command in one["value"] for one in _SETTING.finditer(text)):
        return []
    if not timer.is_file() or not any(path.parent.glob(f"*.wants/{timer.name}")):
        return []
    settings = _SETTING.finditer(timer.read_text(encoding="utf-8", errors="replace"))
    return [
        {"at": str(timer), "when": one["value"]}
        for one in settings
        if one["key"].startswith("On") and one["key"] != "OnBootSec" and one["value"]
    ]
