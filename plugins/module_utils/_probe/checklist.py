# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the boxes of a checklist in Markdown. This is a private part of the collection."""

from __future__ import annotations

import hashlib
import os
import re
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, subject, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import read_file

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(5.0),
    }
}

_BOX = re.compile(r"\s*[-*+] \[(?P<mark>[ xX])\] (?P<text>.*?)\s*")
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s+(?P<text>.*?)(?:\s+#+)?\s*")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})(?P<info>.*)")


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the document."""
    path = options["path"]
    try:
        deadline.step()
        content = read_file(Path(os.path.realpath(path)), path, options["max_bytes"])
        return [subject(path, {"boxes": boxes(_text(content, path))})]
    except LookError as exc:
        return [unseen_subject(path, exc)]


def _text(content: bytes, path: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise LookError(Reason.MALFORMED, f"{path} is not UTF-8") from exc


def boxes(text: str) -> list[dict[str, t.Any]]:
    """Return the boxes of *text*, each with the heading that it stands under; code in fences has none."""
    found: list[dict[str, t.Any]] = []
    heading, fence = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        marks = _FENCE.fullmatch(line)
        if fence:
            closes = marks and marks["fence"].startswith(fence) and not marks["info"].strip()
            fence = "" if closes else fence
            continue
        if marks:
            fence = marks["fence"]
            continue
        title, box = _HEADING.fullmatch(line), _BOX.fullmatch(line)
        if title:
            heading = title["text"]
        elif box:
            found.append({"line": number, "heading": heading, **_box(box)})
    return found


def _box(box: t.Match[str]) -> dict[str, t.Any]:
    digest = hashlib.sha256(box["text"].encode()).hexdigest()[:16]
    return {"text": box["text"], "digest": digest, "checked": box["mark"] != " "}
