# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether examples of a configuration are ones that the program can read. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

_TAG = re.compile(r'(?:mapstructure|yaml|json|toml):"([\w.-]+)')
_REFERENCE = re.compile(r"\$\{\w+")
_SECRET = re.compile(r"password|passwd|secret|token|api_?key|private", re.IGNORECASE)


def tags(code: str) -> set[str]:
    """Return the names of keys that Go code reads into its structures."""
    return {name.lower() for name in _TAG.findall(code)}


def keys(tree: Tree) -> set[str]:
    """Return the dotted paths of all keys of a configuration, in lower case, with a star for the elements of lists."""
    return {_dotted(place) for place, dummy in _leaves_and_mappings(tree.data, ())}


def look_at_example(name: str, tree: Tree, known: t.AbstractSet[str], tagged: t.AbstractSet[str]) -> Subject:
    """Return the keys of an example that no program knows, and the references in it that nothing expands."""
    unknown, references = [], []
    for place, value in _leaves_and_mappings(tree.data, ()):
        at = f"{name}:{tree.lines.get(place) or 1}"
        dotted = _dotted(place)
        if dotted not in known and str(place[-1]).lower() not in tagged and _is_named(place):
            unknown.append({"at": at, "says": dotted})
        if isinstance(value, str) and _REFERENCE.search(value) and not _SECRET.search(str(place[-1])):
            references.append({"at": at, "says": dotted})
    seen = {"name": "examples", "at": [name], "path": name, "unknown_keys": unknown, "references": references}
    return {**seen, "subject": name, "error": None, "unseen": {}}


def _leaves_and_mappings(value: t.Any, place: Place) -> t.Iterator[tuple[Place, t.Any]]:
    if place:
        yield place, value
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves_and_mappings(below, (*place, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _leaves_and_mappings(below, (*place, number))


def _is_named(place: Place) -> bool:
    """Leave out elements of lists and names of variables: they are values, not keys."""
    return isinstance(place[-1], str) and not place[-1].isupper()


def _dotted(place: Place) -> str:
    return ".".join("*" if isinstance(step, int) else step.lower() for step in place)
