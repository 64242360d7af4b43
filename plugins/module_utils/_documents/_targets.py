# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The targets that task, make and npm know in a checkout. This is a private part of the collection."""

from __future__ import annotations

import fnmatch
import json
import posixpath
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml

Read = t.Callable[[str], bytes]

_TASKFILES = (
    "Taskfile.yml",
    "taskfile.yml",
    "Taskfile.yaml",
    "taskfile.yaml",
    "Taskfile.dist.yml",
    "Taskfile.dist.yaml",
)
_MAKEFILES = ("GNUmakefile", "makefile", "Makefile")
_RULE = re.compile(r"^([^\s#:=][^#:=]*?)\s*:(?![:=])", re.MULTILINE)
_TAKES_VALUE = {
    "task": ("-d", "-t", "-o", "-C", "-I", "--dir", "--taskfile", "--output"),
    "make": ("-C", "-f", "-j", "-I", "-o"),
}
_ELSEWHERE = {
    "task": ("-d", "-t", "-g", "--dir", "--taskfile", "--global"),
    "make": ("-C", "-f", "--directory", "--file"),
}


class Targets:
    """What can be run by name. A runner whose files cannot be understood knows every name: nothing is said of it then."""

    def __init__(self, files: t.AbstractSet[str], read: Read) -> None:
        self._files = files
        self._read = read
        self._known: dict[str, set[str] | None] = {}

    def unknown(self, words: t.Sequence[str]) -> list[str]:
        """Return the targets in a command that its runner does not know, each as it is called."""
        if words[0] in ("task", "go-task"):
            return [f"task {one}" for one in self._unknown("task", _TASKFILES, words)]
        if words[0] == "make":
            return [f"make {one}" for one in self._unknown("make", _MAKEFILES, words)]
        if words[0] in ("npm", "pnpm", "yarn") and len(words) > 2 and words[1] in ("run", "run-script"):
            known = self._of("npm", [name for name in self._files if posixpath.basename(name) == "package.json"])
            script = next((word for word in words[2:] if not word.startswith("-")), "")
            return [f"{words[0]} run {script}"] if known and _is_name(script) and script not in known else []
        return []

    def _unknown(self, runner: str, candidates: t.Sequence[str], words: t.Sequence[str]) -> list[str]:
        known = self._of(runner, [name for name in candidates if name in self._files][:1])
        if known is None or any(word.split("=")[0] in _ELSEWHERE[runner] for word in words):
            return []
        return [one for one in _called(runner, words) if not any(fnmatch.fnmatchcase(one, name) for name in known)]

    def _of(self, runner: str, files: t.Sequence[str]) -> set[str] | None:
        if runner not in self._known:
            try:
                found = [_NAMES[runner](self._read(name)) for name in files]
                self._known[runner] = set().union(*found)
            except (LookError, ValueError, AttributeError, RecursionError, TypeError):
                self._known[runner] = None
        return self._known[runner]


def _called(runner: str, words: t.Sequence[str]) -> list[str]:
    """Return the targets among the words behind the name of a runner."""
    found: list[str] = []
    is_value = False
    for word in words[1:]:
        if word == "--":
            break
        if not is_value and not word.startswith("-") and "=" not in word:
            if not _is_name(word):
                break
            found.append(word)
        is_value = word in _TAKES_VALUE[runner]
    return found


def _is_name(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z][\w:.-]*", word))


def _tasks(content: bytes) -> set[str]:
    data = _yaml.load(content, "the Taskfile")[0].data
    names = set(data.get("tasks") or {})
    for one in (data.get("tasks") or {}).values():
        names |= set(one.get("aliases") or ()) if isinstance(one, dict) else set()
    return {*names, "default", *(f"{space}:*" for space in data.get("includes") or {})}


def _rules(content: bytes) -> set[str]:
    text = content.decode("utf-8", "replace").replace("\\\n", " ")
    if re.search(r"^-?s?include\s", text, re.MULTILINE):
        raise ValueError("rules stand in other files, too")
    names = {name for found in _RULE.findall(text) for name in found.split() if "$" not in name}
    return {name.replace("%", "*") for name in names}


def _scripts(content: bytes) -> set[str]:
    return set(json.loads(content).get("scripts") or {})


_NAMES: dict[str, t.Callable[[bytes], set[str]]] = {"task": _tasks, "make": _rules, "npm": _scripts}
