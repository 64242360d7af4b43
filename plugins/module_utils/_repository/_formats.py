# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Parse a file by its name. Pure. This is a private part of the collection."""

from __future__ import annotations

import importlib
import json
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._json_lines import json_lines
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_][\w.]*)\s*=\s*(?P<raw>.*?)\s*$")

_TABLE = re.compile(r"\s*\[(?P<names>[\w\s.\"'-]+)\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?P<names>[\w.\"'-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")


def parse(content: bytes, name: str) -> list[Tree]:
    """Return the documents of the file *name*: YAML, JSON, TOML or lines of NAME=value."""
    base = name.rsplit("/", 1)[-1].lower()
    if base.endswith((".yml", ".yaml")):
        return _yaml.load(content, name)
    if base.endswith(".json"):
        return [_json(content, name)]
    if base.endswith(".toml"):
        return [_toml(content, name)]
    if base.endswith(".env") or base.startswith(".env"):
        return [dotenv(content, name)]
    raise LookError(Reason.UNSUPPORTED, f"{name} is none of YAML, JSON, TOML and .env")


def dotenv(content: bytes, name: str) -> Tree:
    """Parse lines of NAME=value; the last of several lines with one name holds, as in a shell."""
    data: dict[str, t.Any] = {}
    lines: dict[t.Any, int] = {(): 1}
    for number, line in enumerate(_text(content, name).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if not match:
            raise LookError(Reason.MALFORMED, f"{name}:{number} is not NAME=value")
        data[match.group("name")] = _unquoted(match.group("raw"))
        lines[(match.group("name"),)] = number
    return Tree(data, lines)


def _unquoted(raw: str) -> str:
    quoted = re.fullmatch(r"([\"'])(.*)\1(?:\s+#.*)?", raw)
    return quoted.group(2) if quoted else re.sub(r"(?:^|\s+)#.*$", "", raw)


def _json(content: bytes, name: str) -> Tree:
    def unique(pairs: list[tuple[str, t.Any]]) -> dict[str, t.Any]:
        mapping: dict[str, t.Any] = {}
        for key, value in pairs:
            if key in mapping:
                raise LookError(Reason.MALFORMED, f"{name}: the key {key!r} stands twice")
            mapping[key] = value
        return mapping

    text = _text(content, name)
    try:
        data = json.loads(text, object_pairs_hook=unique)
        return Tree(data, json_lines(text))
    except (ValueError, RecursionError) as exc:
        raise LookError(Reason.MALFORMED, f"{name} is not valid JSON") from exc


def _toml(content: bytes, name: str) -> Tree:
    try:
        tomllib = importlib.import_module("tomllib")
    except ImportError as exc:
        raise LookError(Reason.MISSING_LIBRARY, f"{name} is TOML, which needs Python 3.11 or later") from exc
    try:
        text = _text(content, name)
        return Tree(tomllib.loads(text), _toml_lines(text))
    except (ValueError, RecursionError) as exc:
        raise LookError(Reason.MALFORMED, f"{name} is not valid TOML") from exc


def _toml_lines(text: str) -> dict[t.Any, int]:
    """Return the lines of the keys that stand plainly in their tables; of others none is known."""
    lines: dict[t.Any, int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        match = _TABLE.match(line) or _KEY.match(line)
        if match:
            names = tuple(part.strip().strip("\"'") for part in match.group("names").split("."))
            table, place = (names, names) if match.re is _TABLE else (table, (*table, *names))
            lines.setdefault(place, number)
    return lines


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise LookError(Reason.MALFORMED, f"{name} is not UTF-8") from exc
