# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at what a configuration says: in files, in the variables of the workload, and live.

This is a private part of the collection.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._alerts import alert_rules
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import url_part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._facts import Fact, contradictions, read_fact
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import hidden
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._looks import (
    find_literals,
    find_unknown_keys,
    find_urls,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._material import Material
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._scrapes import scrape_jobs
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree, find

_OF_A_FILE = ["path", "constant", "assigned", "called", "imported"]
_SOURCE: dict[str, t.Any] = {
    "type": "list",
    "elements": "dict",
    "required": True,
    "options": {
        "file": {"type": "str"},
        "path": {"type": "str"},
        "constant": {"type": "str"},
        "assigned": {"type": "str"},
        "called": {"type": "str"},
        "imported": {"type": "str"},
        "variable": {"type": "str"},
        "live": {"type": "str"},
        "default": {"type": "raw"},
        "optional": {"type": "bool", "default": False},
        "overrides": {"type": "bool", "default": False},
        "only": {"type": "str"},
        "part": {"type": "str", "choices": ["sslmode", "host", "port", "user", "has_password", "authority"]},
        "keys": {"type": "bool", "default": False},
        "duration": {"type": "bool", "default": False},
        "scale": {"type": "float"},
        "per": {"type": "str"},
        "group": {"type": "str"},
    },
    "mutually_exclusive": [["file", "variable", "live"], _OF_A_FILE],
    "required_one_of": [["file", "variable", "live"]],
    "required_by": {name: ["file"] for name in _OF_A_FILE},
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
                "kind": {"type": "str", "choices": ["alert_rules", "scrape_jobs"], "default": "alert_rules"},
                "files": {"type": "list", "elements": "str", "required": True},
            },
        },
        "known_keys": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "no_log": False,
            "options": {
                "file": {"type": "str", "required": True},
                "paths": {"type": "list", "elements": "str", "required": True},
            },
        },
        "secret_files": {"type": "list", "elements": "str", "default": [], "no_log": False},
        "url_files": {"type": "list", "elements": "str", "default": []},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(20.0),
    },
}

_OWN_KEYS = frozenset(
    {"subject", "error", "unseen", "files", "ineffective", "places", "unknown_keys", "literals", "urls"}
)


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the checkout, with a key for each fact and each kind of document."""
    try:
        _need_names(options)
        return [subject(options["path"], _look(options, Material(options, deadline)))]
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


def _look(options: dict[str, t.Any], material: Material) -> dict[str, t.Any]:
    part = Part()
    places: dict[str, list[str]] = {}
    blind: LookError | None = None
    try:
        material.read_variables()
    except LookError as exc:
        blind = exc
    facts: dict[str, Fact] = {}
    for declared in _wanted(options):
        fact = read_fact([one for one in declared["sources"] if not one["live"]], material, facts)
        if blind and any(source["variable"] for source in declared["sources"]):
            fact.problems.append(blind)
        facts[declared["name"]] = fact
        _show_fact(part, declared, fact, options["live"])
        places[declared["name"]] = fact.places
    for document in options["documents"]:
        _show_document(part, document, material)
        places[document["name"]] = document["files"]
    _show_files(part, options, material)
    if blind:
        part.miss("ineffective", blind)
    else:
        ineffective = _ineffective(options, material)
        part.seen["ineffective"] = sorted(ineffective)
        places.update(ineffective)
    return {**part.to_dict(), "places": places, "files": material.files()}


def _wanted(options: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    """The facts to look for: with the answer of a running API those that it states."""
    facts: list[dict[str, t.Any]] = options["facts"]
    if options["live"] is None:
        return facts
    needed = {source["per"] for one in facts for source in one["sources"] if source["per"]}
    return [one for one in facts if one["name"] in needed or any(source["live"] for source in one["sources"])]


def _show_document(part: Part, document: dict[str, t.Any], material: Material) -> None:
    read = {"alert_rules": alert_rules, "scrape_jobs": scrape_jobs}[document["kind"]]
    part.look(document["name"], lambda: _read_document(document, material, read), f"read {document['name']}")


def _show_files(part: Part, options: dict[str, t.Any], material: Material) -> None:
    """Show what is looked for in whole files, each where some are declared."""
    for key, option, see in (
        ("unknown_keys", "known_keys", find_unknown_keys),
        ("literals", "secret_files", find_literals),
        ("urls", "url_files", find_urls),
    ):
        if options[option]:
            part.look(key, lambda see=see: see(options, material), f"look for {key}")  # type: ignore[misc]


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
    sources = [source for source in declared["sources"] if source["live"]]
    body = _live_config(live) if sources else {}
    for source in sources:
        path = source["live"]
        found = find(Tree(body), path)
        value = found[0].value if found else None
        if source["part"]:
            value = url_part(str(value), source["part"])
        elif value is not None:
            value = hidden(path.rsplit(".", 1)[-1], value)
        if value is None:
            raise LookError(Reason.NO_DATA, f"The running API does not say {path}")
        fact.statements.append({"value": value, "kind": "live", "file": None, "line": None, "name": path, "group": ""})
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


def _read_document(document: dict[str, t.Any], material: Material, read: t.Callable[..., t.Any]) -> t.Any:
    documents = [found for pattern in document["files"] for found in material.trees(pattern)]
    if not documents:
        raise LookError(Reason.NO_DATA, f"No file matches {', '.join(document['files'])}")
    try:
        return read(documents)
    except (AttributeError, TypeError) as exc:
        raise look_error(exc, f"read {document['name']}") from exc


def _ineffective(options: dict[str, t.Any], material: Material) -> dict[str, list[str]]:
    """The variables that are set and change nothing, as no program reads them, and where they are set."""
    effective = {source["variable"] for fact in options["facts"] for source in fact["sources"]}
    ignored = [re.compile(pattern) for pattern in options["ignored_variables"]]
    found: dict[str, list[str]] = {}
    for one in material.variables:
        if one.name not in effective and any(pattern.search(one.name) for pattern in ignored):
            found.setdefault(one.name, []).extend([f"{one.file}:{one.line}"] if one.file else [])
    return found
