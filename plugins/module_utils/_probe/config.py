# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what a configuration says: in files, in the variables of the workload, and live.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._alerts import alert_rules
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import Variable, variables
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._facts import Fact, contradictions, read_fact
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import hidden
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder, read_file
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._formats import dotenv, parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree, find

_SOURCE: dict[str, t.Any] = {
    "type": "list",
    "elements": "dict",
    "required": True,
    "options": {
        "file": {"type": "str"},
        "path": {"type": "str"},
        "variable": {"type": "str"},
        "live": {"type": "str"},
        "default": {"type": "raw"},
        "optional": {"type": "bool", "default": False},
        "overrides": {"type": "bool", "default": False},
        "only": {"type": "str"},
        "part": {"type": "str", "choices": ["sslmode", "host", "port", "user", "has_password"]},
        "scale": {"type": "float"},
    },
    "mutually_exclusive": [["file", "variable", "live"]],
    "required_one_of": [["file", "variable", "live"]],
    "required_together": [["file", "path"]],
}

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "facts": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {"name": {"type": "str", "required": True}, "sources": _SOURCE},
        },
        "environment": {"type": "dict", "no_log": False},
        "environment_file": {"type": "path"},
        "environments": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "file": {"type": "str", "required": True},
                "path": {"type": "str", "default": ""},
                "expands": {"type": "bool", "default": False},
            },
        },
        "ignored_variables": {"type": "list", "elements": "str", "default": []},
        "live": {"type": "dict"},
        "documents": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": {
                "name": {"type": "str", "required": True},
                "files": {"type": "list", "elements": "str", "required": True},
            },
        },
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(20.0),
    },
}

_OWN_KEYS = frozenset({"subject", "error", "unseen", "files", "ineffective"})


class _Material:
    """The files of a checkout, each read and parsed once, and the variables of the workload."""

    def __init__(self, options: dict[str, t.Any], deadline: Deadline) -> None:
        self._folder = Folder(options["path"])
        self._options = options
        self._deadline = deadline
        self._parsed: dict[str, list[Tree] | LookError] = {}
        self.variables: list[Variable] = []

    def trees(self, file: str) -> list[tuple[str, Tree]]:
        """Return the documents of the files that *file* matches."""
        return [(name, tree) for name in self._folder.matches(file) for tree in self._parse(name)]

    def files(self) -> list[str]:
        return sorted(name for name, outcome in self._parsed.items() if not isinstance(outcome, LookError))

    def _parse(self, name: str) -> list[Tree]:
        if name not in self._parsed:
            self._deadline.step()
            try:
                self._parsed[name] = parse(self._folder.read(name, self._options["max_bytes"]), name)
            except LookError as exc:
                self._parsed[name] = exc
        outcome = self._parsed[name]
        if isinstance(outcome, LookError):
            raise outcome
        return outcome

    def read_variables(self) -> None:
        """Collect the variables of every declared environment."""
        own = self._own_variables()
        table = {one.name: str(one.value) for one in own}
        for place in self._options["environments"]:
            for name, tree in self.trees(place["file"]):
                self.variables += variables(tree, place["path"], name, table if place["expands"] else None)
        self.variables += own

    def _own_variables(self) -> list[Variable]:
        """The variables that the caller hands over: the file first, the dictionary wins."""
        file = self._options["environment_file"]
        found: list[Variable] = []
        if file:
            tree = dotenv(read_file(Path(file), file, self._options["max_bytes"]), file)
            found += [Variable(name, value, file, tree.lines.get((name,))) for name, value in tree.data.items()]
        given = Tree(self._options["environment"] or {})
        named = variables(given, "", "", None)
        names = {one.name for one in named}
        return [one for one in found if one.name not in names] + [
            Variable(one.name, one.value, None, None) for one in named
        ]


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the checkout, with a key for each fact and each kind of document."""
    try:
        _need_names(options)
        return [subject(options["path"], _look(options, _Material(options, deadline)))]
    except LookError as exc:
        return [unseen_subject(options["path"], exc)]


def _need_names(options: dict[str, t.Any]) -> None:
    names = [one["name"] for one in (*options["facts"], *options["documents"])]
    taken = [key for name in names for key in (name, f"{name}_complete")]
    for name in names:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in _OWN_KEYS or taken.count(name) > 1:
            raise LookError(
                Reason.MALFORMED, f"The name {name!r} of a fact is taken, stands twice or is no name in lower case"
            )


def _look(options: dict[str, t.Any], material: _Material) -> dict[str, t.Any]:
    part = Part()
    blind: LookError | None = None
    try:
        material.read_variables()
    except LookError as exc:
        blind = exc
    for declared in options["facts"]:
        fact = read_fact([one for one in declared["sources"] if not one["live"]], material)
        if blind and any(source["variable"] for source in declared["sources"]):
            fact.problems.append(blind)
        _show_fact(part, declared, fact, options["live"])
    for document in options["documents"]:
        part.look(document["name"], lambda document=document: _alerts(document, material), f"read {document['name']}")  # type: ignore[misc]
    if blind:
        part.miss("ineffective", blind)
    else:
        part.seen["ineffective"] = _ineffective(options, material)
    return {**part.to_dict(), "files": material.files()}


def _show_fact(part: Part, declared: dict[str, t.Any], fact: Fact, live: dict[str, t.Any] | None) -> None:
    """Show the statements that were seen, and apart from them whether these are all."""
    name, value, blind = declared["name"], None, None
    if live is not None:
        try:
            value = _state_live(declared, live, fact)
        except LookError as exc:
            blind = exc
    if fact.problems:
        part.miss(f"{name}_complete", fact.problems[0])
    else:
        part.seen[f"{name}_complete"] = True
    if fact.statements and not blind:
        part.seen[name] = {"stated": fact.statements, "contradictions": contradictions(fact.statements), "live": value}
    else:
        part.miss(
            name,
            blind or (fact.problems[0] if fact.problems else LookError(Reason.NO_DATA, f"No source states {name}")),
        )


def _state_live(declared: dict[str, t.Any], live: dict[str, t.Any], fact: Fact) -> t.Any:
    """Add what the running API says to *fact* and return it."""
    paths = [source["live"] for source in declared["sources"] if source["live"]]
    body = _live_config(live) if paths else {}
    for path in paths:
        found = find(Tree(body), path)
        if not found or found[0].value is None:
            raise LookError(Reason.NO_DATA, f"The running API does not say {path}")
        value = hidden(path.rsplit(".", 1)[-1], found[0].value)
        fact.statements.append({"value": value, "kind": "live", "file": None, "line": None, "name": path})
        return value
    return None


def _live_config(result: dict[str, t.Any]) -> dict[str, t.Any]:
    """Return the configuration in the result of an http probe; raise what that probe says it did not see."""
    subjects = result.get("observation")
    if not isinstance(subjects, list) or not subjects:
        raise LookError(Reason.NO_DATA, "The running API was not asked for its configuration")
    seen = subjects[0]
    why = seen.get("error") or (seen.get("unseen") or {}).get("body")
    if why:
        raise LookError(Reason(why["reason"]), why["message"])
    body = seen.get("body")
    config = body.get("config") if isinstance(body, dict) else None
    if not isinstance(config, dict):
        raise LookError(Reason.MALFORMED, "What the running API answered is no configuration")
    return config


def _alerts(document: dict[str, t.Any], material: _Material) -> list[dict[str, t.Any]]:
    documents = [found for pattern in document["files"] for found in material.trees(pattern)]
    if not documents:
        raise LookError(Reason.NO_DATA, f"No file matches {', '.join(document['files'])}")
    try:
        return alert_rules(documents)
    except (AttributeError, TypeError) as exc:
        raise look_error(exc, f"read {document['name']}") from exc


def _ineffective(options: dict[str, t.Any], material: _Material) -> list[str]:
    """The variables that are set and change nothing: no program reads them."""
    effective = {source["variable"] for fact in options["facts"] for source in fact["sources"]}
    ignored = [re.compile(pattern) for pattern in options["ignored_variables"]]
    names = {variable.name for variable in material.variables} - effective
    return sorted(name for name in names if any(pattern.search(name) for pattern in ignored))
