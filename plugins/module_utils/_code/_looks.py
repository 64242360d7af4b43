# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The looks at code: each fills keys of one observation. This is a private part of the collection."""

from __future__ import annotations

import fnmatch
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import (
    _api_document,
    _scripts,
    _settings,
    _tables,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._comments import Exported, exported
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._debug import TELLING, debug_features
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import GoCode, GoFile, shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._material import Material
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routes import find_routes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._variables import read_variables, tables_in
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part

Options = t.Dict[str, t.Any]
Places = t.Dict[str, t.List[str]]

# Methods that an interface of the standard library asks for say by their name what they do.
_KNOWN_METHODS = frozenset(
    {"Error", "String", "Read", "Write", "Close", "Unwrap", "ServeHTTP", "Len", "Less", "Swap", "Scan", "Value"}
    | {f"{what}{form}" for what in ("Marshal", "Unmarshal") for form in ("JSON", "YAML", "Text", "Binary")}
)


def look_at_routes(options: Options, material: Material, part: Part) -> None:
    """Compare the routes of the declared programs with those that documents name."""
    routes, unfollowed = find_routes(material.program(), material.constants(), material.deadline)
    programs = options["programs"]
    asked = [one for one in routes if _is_of(one.programs, programs)]
    if not asked and not unfollowed:
        raise LookError(Reason.NO_DATA, f"The code of {', '.join(programs) or 'the checkout'} registers no routes")
    documents = material.names(options["documents"])
    named: list[_api_document.Mention] = []
    base = options["base_path"]
    for document in documents:
        mentions, stated = _api_document.mentions(material.text(document), document)
        named, base = named + mentions, base or stated
    ignored = [re.compile(pattern) for pattern in options["ignored"]]
    missing = _api_document.compare(asked, named, base, options["prefixes"])[0]
    unknown = _api_document.compare(routes, named, base, options["prefixes"])[1]
    part.seen["api_documents"] = documents
    part.seen["routes"] = [{"name": f"{one.method} {one.path}", "at": list(one.at)} for one in asked]
    part.seen["undocumented_routes"] = _kept(((f"{one.method} {one.path}", list(one.at)) for one in missing), ignored)
    part.seen["unknown_routes"] = _kept(((f"{one.method} {one.shown}", [one.at]) for one in unknown), ignored)
    places = [one.at for one in unfollowed if _is_of(one.programs, programs)]
    _complete(
        part,
        "routes_complete",
        material.code(),
        places,
        "registers a route whose path is not known before the program runs",
    )


def _is_of(programs: t.Sequence[str], wanted: t.Sequence[str]) -> bool:
    return not wanted or any(fnmatch.fnmatchcase(one, pattern) for one in programs for pattern in wanted)


def _kept(found: t.Iterable[tuple[str, list[str]]], ignored: t.Sequence[t.Pattern[str]]) -> list[dict[str, t.Any]]:
    return [{"name": name, "at": at} for name, at in found if not any(one.fullmatch(name) for one in ignored)]


def _complete(part: Part, key: str, code: GoCode, places: t.Sequence[str], what: str) -> None:
    """Say whether all code could be read and followed, or where not."""
    problem = next(iter(code.problems.values()), None)
    if places:
        problem = LookError(
            Reason.UNSUPPORTED, f"{places[0]} {what}" + (f", and {len(places) - 1} more do" if places[1:] else "")
        )
    if problem:
        part.miss(key, problem)
    else:
        part.seen[key] = True


def look_at_tables(options: Options, material: Material, part: Part) -> None:
    """Compare the tables that the migrations leave with those that documents name."""
    migrations = sorted(material.names(options["migrations"], options["excluded"]))
    if not migrations:
        raise LookError(Reason.NO_DATA, f"No file matches {', '.join(options['migrations'])}")
    tables = _tables.Tables()
    for name in migrations:
        tables.apply(material.text(name), shown(name))
    documents = material.names(options["documents"])
    found = [_tables.named(material.text(name), name) for name in documents]
    words = set().union(*(one.words for one in found))
    others = tables.others | _own_tables(material)
    part.seen["schema_documents"] = documents
    part.seen["tables"] = [{"name": name, "at": [at]} for name, at in tables.made.items()]
    part.seen["undocumented_tables"] = [
        {"name": name, "at": [at]} for name, at in tables.made.items() if name.rsplit(".", 1)[-1].lower() not in words
    ]
    known = {name.rsplit(".", 1)[-1].lower() for name in tables.made} | others | set(options["ignored"])
    part.seen["unknown_tables"] = [
        {"name": name, "at": [at]} for one in found for name, at in one.tables.items() if name not in known
    ]
    if tables.opaque:
        part.miss(
            "tables_complete", LookError(Reason.UNSUPPORTED, f"{tables.opaque[0]} runs what cannot be seen before")
        )
    else:
        part.seen["tables_complete"] = True


def _own_tables(material: Material) -> set[str]:
    """The tables that programs make by themselves; where code cannot be read, none are known."""
    try:
        return _tables.created_in(tables_in(material.code().files))
    except LookError:
        return set()


def look_at_settings(options: Options, material: Material, part: Part) -> None:
    """List the keys of configuration files that neither a comment nor a document explains."""
    files = material.names(options["files"])
    if not files:
        raise LookError(Reason.NO_DATA, f"No file matches {', '.join(options['files'])}")
    explained = _settings.Explained()
    for name in material.names(options["documents"]):
        explained.read(material.text(name))
    ignored = [re.compile(pattern) for pattern in options["ignored"]]
    found = [
        (name, one)
        for name in files
        for tree in material.trees(name)
        for one in _settings.settings(tree, material.text(name))
    ]
    if not found:
        raise LookError(Reason.NO_DATA, f"{', '.join(files)} have no keys")
    part.seen["settings"] = len(found)
    part.seen["settings_files"] = files
    part.seen["unexplained_settings"] = [
        {"name": one.path, "at": [f"{name}:{one.line}"]}
        for name, one in found
        if not one.is_commented
        and not explained.has(one.path)
        and not any(each.fullmatch(one.path) for each in ignored)
    ]


def look_at_variables(options: Options, material: Material, part: Part) -> None:
    """Compare the variables that are read with those of the examples of an environment."""
    examples = material.names(options["examples"])
    declared: dict[str, str] = {}
    for name in examples:
        for entries in _scripts.entries(material.text(name)):
            for variable, line in entries.items():
                declared.setdefault(variable, f"{name}:{line}")
    code = read_variables(material.program(), material.constants(), material.used_files())
    readers = {"code": dict(code.names), **_other_readers(options, material)}
    read: Places = {}
    for places in readers.values():
        for variable, at in places.items():
            read.setdefault(variable, []).extend(at)
    ignored = options["ignored"]
    wanted = {one: at for one, at in read.items() if not any(fnmatch.fnmatchcase(one, pattern) for pattern in ignored)}
    part.seen["environment_examples"] = examples
    part.seen["variables"] = [
        {"name": one, "readers": [kind for kind, places in readers.items() if one in places], "at": at}
        for one, at in sorted(wanted.items())
    ]
    part.seen["undeclared_variables"] = [one for one in part.seen["variables"] if one["name"] not in declared]
    part.seen["unread_variables"] = [{"name": one, "at": [at]} for one, at in declared.items() if one not in read]
    _complete(
        part,
        "variables_complete",
        material.code(),
        code.unknown,
        "reads a variable whose name is not known before the program runs",
    )


def _other_readers(options: Options, material: Material) -> dict[str, Places]:
    of_trees = {"compose": _scripts.substitutions, "manifests": _scripts.braced}
    found: dict[str, Places] = {}
    for kind, read_tree in of_trees.items():
        found[kind] = {}
        for name in material.names(options[kind]):
            for tree in material.trees(name):
                _add(found[kind], name, read_tree(tree))
    scripts = {name: material.text(name) for name in material.names(options["scripts"])}
    found["scripts"] = {}
    for name, source in scripts.items():
        given = {
            variable
            for other in _scripts.sourced(source)
            for each, text in scripts.items()
            if each.rsplit("/", 1)[-1] == other
            for variable in _scripts.set_variables(text)
        }
        read = _scripts.script_variables(source)
        _add(found["scripts"], name, {one: line for one, line in read.items() if one not in given})
    found["sources"] = {}
    for name in material.names(options["sources"]):
        _add(found["sources"], name, _scripts.source_variables(material.text(name)))
    return found


def _add(places: Places, file: str, lines: t.Mapping[str, int]) -> None:
    for variable, line in lines.items():
        places.setdefault(variable, []).append(f"{shown(file)}:{line}")


def look_at_comments(options: Options, material: Material, part: Part) -> None:
    """Count the exported identifiers that have a doc comment; those of programs are nobody else's to use."""
    found: list[tuple[GoFile, Exported]] = [
        (file, one)
        for file in material.code().files
        if file.name != "main" and not file.is_generated and not _is_of([file.folder], options["excluded"] or ["-"])
        for one in exported(file)
        if one.name.rsplit(".", 1)[-1] not in _KNOWN_METHODS or "." not in one.name
    ]
    functions = [one for dummy, one in found if one.is_function]
    if not found:
        raise LookError(Reason.NO_DATA, "The code exports nothing")
    part.seen["exported"] = len(found)
    part.seen["exported_files"] = sorted({file.path for file, dummy in found})
    part.seen["exported_share"] = _share([one for dummy, one in found])
    part.seen["function_share"] = _share(functions)
    part.seen["uncommented"] = [{"name": one.name, "at": [one.at]} for dummy, one in found if not one.is_commented]
    part.seen["uncommented_functions"] = [
        {"name": one.name, "at": [one.at]} for one in functions if not one.is_commented
    ]
    _complete(part, "exported_complete", material.code(), [], "")


def _share(found: t.Sequence[Exported]) -> float:
    return round(sum(one.is_commented for one in found) / len(found), 4) if found else 1.0


def look_at_debug(dummy: t.Any, material: Material, part: Part) -> None:
    """List what opens a program to debuggers."""
    code = material.code_with(TELLING)
    part.seen["modules"] = material.modules()
    part.seen["debug_features"] = debug_features(code)
    _complete(part, "debug_complete", code, [], "")
