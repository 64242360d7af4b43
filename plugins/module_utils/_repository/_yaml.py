# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML as the Go programs read it, without trusting it. This is a private part of the collection.

PyYAML builds the graph of nodes; the values are made here, so that a repeated key is refused, an alias cannot be expanded
without bound, no tag makes an object, and only ``true`` and ``false`` are booleans (YAML 1.2: ``no`` and ``off`` are texts).
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

try:
    import yaml
except ImportError:
    HAS_YAML = False
else:
    HAS_YAML = True

_MOST_NODES = 100_000
_DEEPEST = 60
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[0-9]+[eE][-+]?[0-9]+)")
_WORDS: dict[str, t.Any] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    "true": True,
    "True": True,
    "TRUE": True,
}
_WORDS.update(dict.fromkeys(("false", "False", "FALSE"), False))
_TEXT = "tag:yaml.org,2002:str"
_QUOTED = ("'", '"', "|", ">")
_MERGE = "tag:yaml.org,2002:merge"


def load(content: bytes, name: str) -> list[Tree]:
    """Return the documents of a YAML file; errors call it *name*."""
    if not HAS_YAML:
        raise LookError(
            Reason.MISSING_LIBRARY, "YAML files are read with the Python package PyYAML, which is not installed"
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        nodes = list(yaml.compose_all(content, Loader=loader))
    except (yaml.YAMLError, RecursionError, ValueError) as exc:
        mark = getattr(exc, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise LookError(
            Reason.MALFORMED, f"{name}{line} is not valid YAML: {getattr(exc, 'problem', None) or 'cannot be decoded'}"
        ) from exc
    builder = _Builder(name)
    return [builder.tree(node) for node in nodes]


class _Builder:
    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _MOST_NODES
        self._lines: dict[Place, int] = {}
        self._tags: dict[Place, str] = {}

    def tree(self, node: t.Any) -> Tree:
        self._lines, self._tags = {}, {}
        return Tree(None if node is None else self._value(node, ()), self._lines, self._tags)

    def _value(self, node: t.Any, place: Place) -> t.Any:
        self._left -= 1
        if self._left < 0 or len(place) > _DEEPEST:
            raise LookError(
                Reason.MALFORMED,
                f"{self._name} grows beyond {_MOST_NODES} values or {_DEEPEST} levels when its aliases are expanded",
            )
        self._lines[place] = node.start_mark.line + 1
        if node.tag.startswith("!"):
            self._tags[place] = node.tag
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(one, (*place, number)) for number, one in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: t.Any, place: Place) -> dict[str, t.Any]:
        merged: dict[str, t.Any] = {}
        own: dict[str, t.Any] = {}
        for key_node, value_node in node.value:
            if key_node.tag == _MERGE:
                for part in value_node.value if isinstance(value_node, yaml.SequenceNode) else [value_node]:
                    found = self._value(part, place)
                    merged = {**found, **merged} if isinstance(found, dict) else merged
                continue
            if not isinstance(key_node, yaml.ScalarNode):
                raise LookError(Reason.MALFORMED, f"{self._name}:{key_node.start_mark.line + 1}: a key is no text")
            key = key_node.value
            if key in own:
                raise LookError(
                    Reason.MALFORMED, f"{self._name}:{key_node.start_mark.line + 1}: the key {key!r} stands twice"
                )
            own[key] = self._value(value_node, (*place, key))
            self._lines[(*place, key)] = key_node.start_mark.line + 1
        return {**merged, **own}

    def _scalar(self, node: t.Any) -> t.Any:
        text = node.value
        said_to_be_text = node.tag == _TEXT and (text in _WORDS or _INTEGER.fullmatch(text))
        if node.style in _QUOTED or said_to_be_text:
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else text
