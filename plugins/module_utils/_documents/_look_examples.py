# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at the examples of a configuration. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents import _examples
from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._library import Library
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Subject, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

Declared = t.Dict[str, t.Any]


def look_at_examples(library: Library, group: Declared) -> Observation:
    files = library.files(group["files"])
    if not files:
        error = LookError(Reason.NO_DATA, f"No file matches {group['files']}")
        return [{**unseen_subject(group["files"], error), "name": "examples"}]
    try:
        known = {key for name in group["like"] for key in _examples.keys(_tree(library, name))}
        code = [name for pattern in group["code"] for name in library.files(pattern)]
        tagged = {tag for name in code for tag in _examples.tags(library.read(name).decode("utf-8", "replace"))}
    except LookError as exc:
        return [{**unseen_subject(group["files"], exc), "name": "examples"}]
    return [_example(library, name, known, tagged) for name in files]


def _example(library: Library, name: str, known: set[str], tagged: set[str]) -> Subject:
    try:
        return _examples.look_at_example(name, _tree(library, name), known, tagged)
    except LookError as exc:
        return {**unseen_subject(name, exc), "name": "examples", "at": [name]}


def _tree(library: Library, name: str) -> Tree:
    trees = parse(library.read(name), name)
    if len(trees) != 1 or not isinstance(trees[0].data, dict):
        raise LookError(Reason.MALFORMED, f"{name} is no configuration")
    return trees[0]
