# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Dockerfile says of the image that it builds. Pure. This is a private part of the collection."""

from __future__ import annotations

import json
import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_FROM = re.compile(r"(?:--\S+\s+)*(?P<image>\S+)(?:\s+AS\s+(?P<name>\S+))?\s*$", re.IGNORECASE)
_FLAGS = re.compile(r"^(?:--[\w-]+(?:=\S+)?\s+)+")
_REFERENCE = re.compile(r"\$(?:\{(?P<name>\w+)(?::?-(?P<word>[^}]*))?\}|(?P<plain>\w+))")
_HEREDOC = re.compile(r"<<-?\s*([\"']?)(?P<end>\w+)\1")
_MOST_LINES = 20_000


@dataclass
class Stage:
    """One stage of a build: what it says itself, before what its base says."""

    base: Node
    name: str
    user: Node | None = None
    healthcheck: Node | None = None  # the words of the test, or ["NONE"]
    exposed: list[str] = field(default_factory=list)
    command: dict[str, Node] = field(default_factory=dict)


@dataclass
class Build:
    """The stages that make an image."""

    stages: list[Stage]
    target: Stage

    def said(self, key: str) -> t.Any:
        """Return what the target says of *key*, or else the stage that it begins from."""
        stage: Stage | None = self.target
        while stage:
            found = getattr(stage, key)
            if found:
                return found
            stage = self._below(stage)
        return None

    def root(self) -> Node:
        """Return the image that the target is in the end built on."""
        stage = self.target
        while True:
            below = self._below(stage)
            if below is None:
                return stage.base
            stage = below

    def bases(self) -> list[Node]:
        """Return the images of other projects that the build begins from."""
        names = {stage.name for stage in self.stages if stage.name}
        return [stage.base for stage in self.stages if stage.base.value not in names and stage.base.value != "scratch"]

    def _below(self, stage: Stage) -> Stage | None:
        before = self.stages[: self.stages.index(stage)]
        return next((one for one in reversed(before) if one.name and one.name == stage.base.value), None)


def read_build(text: str, name: str, target: str, arguments: t.Mapping[str, str]) -> Build:
    """Return the build that a Dockerfile describes; *arguments* are those of the command line."""
    stages: list[Stage] = []
    defaults: dict[str, str] = {}
    for number, word, rest in _instructions(text, name):
        at = f"{name}:{number}"
        if word == "FROM":
            stages.append(_stage(rest, at, {**defaults, **arguments}))
        elif word == "ARG" and not stages:
            key, dummy, value = rest.partition("=")
            defaults[key.strip()] = value.strip().strip("\"'")
        elif stages:
            _note(stages[-1], word, rest, at)
    if not stages:
        raise LookError(Reason.MALFORMED, f"{name} has no FROM")
    if not target:
        return Build(stages, stages[-1])
    named = [stage for number, stage in enumerate(stages) if target.lower() in (stage.name, str(number))]
    if not named:
        raise LookError(Reason.MALFORMED, f"{name} has no stage {target}")
    return Build(stages, named[0])


def _stage(rest: str, at: str, arguments: t.Mapping[str, str]) -> Stage:
    match = _FROM.match(rest)
    if not match:
        raise LookError(Reason.MALFORMED, f"{at}: FROM names no image")

    def replaced(reference: t.Match[str]) -> str:
        value = arguments.get(reference.group("name") or reference.group("plain")) or reference.group("word")
        return value or "${" + (reference.group("name") or reference.group("plain")) + "}"

    image = _REFERENCE.sub(replaced, match.group("image"))
    name = (match.group("name") or "").lower()
    return Stage(Node(image.lower() if "/" not in image and ":" not in image else image, at), name)


def _note(stage: Stage, word: str, rest: str, at: str) -> None:
    if word == "USER":
        stage.user = Node(rest.strip(), at)
    elif word == "EXPOSE":
        stage.exposed += rest.split()
    elif word in ("ENTRYPOINT", "CMD"):
        stage.command[word] = Node(_words(rest), at)
    elif word == "HEALTHCHECK":
        kind, dummy, argument = _FLAGS.sub("", rest, count=1).partition(" ")
        stage.healthcheck = Node(["NONE"] if kind.upper() == "NONE" else _words(argument.strip()), at)


def _words(text: str) -> list[str]:
    """Return the words of the exec form, or the shell and its line."""
    if text.startswith("["):
        try:
            words = json.loads(text)
        except ValueError:
            words = None
        if isinstance(words, list):
            return [str(word) for word in words]
    return ["/bin/sh", "-c", text]


def _instructions(text: str, name: str) -> t.Iterator[tuple[int, str, str]]:
    """Yield each instruction with its line; comments, continued lines and here-documents are put in order."""
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        raise LookError(Reason.UNSUPPORTED, f"{name} has more than {_MOST_LINES} lines")
    number = 0
    while number < len(lines):
        start = number
        parts: list[str] = []
        while number < len(lines):
            line = lines[number]
            number += 1
            if line.lstrip().startswith("#") or (parts and not line.strip()):
                continue
            parts.append(re.sub(r"[\\`]\s*$", " ", line))
            if not re.search(r"[\\`]\s*$", line):
                break
        whole = "".join(parts).strip()
        if not whole:
            continue
        first = min(index for index in range(start, number) if lines[index].strip() and lines[index].lstrip()[0] != "#")
        word, dummy, rest = whole.partition(" ")
        for heredoc in _HEREDOC.finditer(rest) if word.upper() in ("RUN", "COPY", "ADD") else ():
            while number < len(lines) and lines[number].strip() != heredoc.group("end"):
                number += 1
            number += 1
        yield first + 1, word.upper(), rest.strip()
