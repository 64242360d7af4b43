# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which variables of the environment shell scripts and other files read. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place, Tree

_NAME = r"[A-Z][A-Z0-9_]*"
_USE = re.compile(rf"\$(?:\{{[#!]?(?P<braced>{_NAME})(?P<how>:?[-=?+])?|(?P<plain>{_NAME}))")
_ASSIGNED = re.compile(
    rf"(?:^|[\s;&|(])(?P<name>{_NAME})(?:\[[^\]]*\])?\+?="
    rf"|\bfor\s+(?P<loop>{_NAME})\s+in\b|\bread\s+(?:-\w+\s+(?:\"[^\"]*\"\s+)?)*(?P<read>{_NAME}(?:\s+{_NAME})*)"
    rf"|\b(?:mapfile|readarray)\s+(?:-\w+\s+)*(?P<array>{_NAME})|\bgetopts\s+\S+\s+(?P<option>{_NAME})"
)
_DECLARING = re.compile(r"\b(?:export|local|readonly|declare|typeset|env)\s+(?:-\w+\s+)*[^;&|]*$")
_HEREDOC = re.compile(r"<<-?\s*(?P<quote>['\"\\]?)(?P<word>\w+)")
_SUBSTITUTION = re.compile(r"\$(?:\$|\{?(?P<name>[A-Za-z_]\w*))")
_SOURCED = re.compile(r"(?:^|[;&|]\s*)(?:source|\.)\s+[\"']?(?P<file>[^\s\"';]+)", re.MULTILINE)


def script_variables(source: str) -> dict[str, int]:
    """Return the variables in capitals that a script reads from its environment, each with its first line.

    One that the script sets itself is its own, unless it is set to a default for what the environment has, ``X=${X:-1}``.
    """
    lines = list(_shell_text(source))
    own = _own(lines)
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        for match in _USE.finditer(line):
            name = match.group("braced") or match.group("plain")
            if name not in own:
                found.setdefault(name, number)
    return found


def set_variables(source: str) -> set[str]:
    """Return the variables in capitals that a script sets."""
    return _own(list(_shell_text(source)))


def _own(lines: t.Sequence[str]) -> set[str]:
    own: set[str] = set()
    for line in lines:
        for match in _ASSIGNED.finditer(line):
            if match.group("name"):
                own.update(_set(line, match))
            else:
                names = match.group("loop") or match.group("read") or match.group("array") or match.group("option")
                own.update(names.split())
    return own


def _set(line: str, match: re.Match[str]) -> set[str]:
    """Return the name that an assignment sets for the script, unless its value is that of the environment or a default."""
    name, end = match.group("name"), _end_of_word(line, match.end())
    if re.search(rf"\$\{{{name}(?::?[-=?+])?", line[match.end() : end]):
        return set()
    behind = line[end:].lstrip()
    is_of_one_command = bool(behind) and behind[0] not in ";&|)#}" and line[end : end + 1].isspace()
    return set() if is_of_one_command and not _DECLARING.search(line[: match.start("name")]) else {name}


def _end_of_word(line: str, start: int) -> int:
    """Return where a word ends that begins at *start*: what stands in quotes, parentheses or braces belongs to it."""
    depth, quoted, number = 0, False, start
    while number < len(line):
        one = line[number]
        if one == '"':
            quoted = not quoted
        elif one in "({" or one == "`" and depth == 0:
            depth += 1
        elif one in ")}`" and depth:
            depth -= 1
        elif not quoted and not depth and (one.isspace() or one in ";&|)"):
            break
        number += 1
    return number


def sourced(source: str) -> list[str]:
    """Return the names of the files that a script reads in."""
    return [match.group("file").rsplit("/", 1)[-1] for match in _SOURCED.finditer(source)]


def _shell_text(source: str) -> t.Iterator[str]:
    """Yield the lines of a script, what the shell does not expand left out: comments, single quotes, quoted documents."""
    single = double = False
    until, is_plain = "", False
    for line in source.splitlines():
        if until:
            is_end = line.strip() == until
            until = "" if is_end else until
            yield "" if is_end or not is_plain else line
            continue
        kept, single, double = _unquoted(line, single, double)
        heredoc = None if single else _HEREDOC.search(kept)
        if heredoc and "<<<" not in kept:
            until, is_plain = heredoc.group("word"), not heredoc.group("quote")
        yield kept


def _unquoted(line: str, single: bool, double: bool) -> tuple[str, bool, bool]:
    kept: list[str] = []
    number = 0
    while number < len(line):
        one = line[number]
        if single:
            single = one != "'"
        elif one == "\\":
            number += 1
            kept.append(" ")
        elif one == "'" and not double:
            if re.search(r"<<-?\s*$", line[:number]):
                kept.append(one)  # the mark of a document
            else:
                single = True
        elif one == "#" and not double and (number == 0 or line[number - 1] in " \t;"):
            break
        else:
            double = double is not (one == '"')
            kept.append(one)
        number += 1
    return "".join(kept), single, double


def substitutions(tree: Tree) -> dict[str, int]:
    """Return the variables that the texts of a file refer to as ``${NAME}`` or ``$NAME``, as compose and envsubst read it."""
    found: dict[str, int] = {}
    for place, value in _texts(tree.data, ()):
        line = tree.lines.get(place) or 1
        for match in _SUBSTITUTION.finditer(value):
            if match.group("name"):
                found.setdefault(match.group("name"), line)
    return found


def braced(tree: Tree) -> dict[str, int]:
    """Return the variables in capitals that the texts of a file refer to as ``${NAME}``."""
    found: dict[str, int] = {}
    for place, value in _texts(tree.data, ()):
        for match in re.finditer(rf"(?<!\$)\$\{{(?P<name>{_NAME})(?::?[-=?+][^}}]*)?\}}", value):
            line = (tree.lines.get(place) or 1) + value.count("\n", 0, match.start()) + (1 if "\n" in value else 0)
            found.setdefault(match.group("name"), line)
    return found


def _texts(value: t.Any, place: Place) -> t.Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, below in value.items():
            yield from _texts(below, (*place, key))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from _texts(below, (*place, number))


_OF_NODE = re.compile(
    r"\b(?:process\.env|import\.meta\.env)(?:\.(?P<name>[A-Za-z_]\w*)|\[\s*['\"](?P<key>\w+)['\"]\s*\])"
)
_OF_PYTHON = re.compile(r"\bos\.(?:environ(?:\.get\(|\[)|getenv\()\s*['\"](?P<name>\w+)['\"]")


_OF_VITE = frozenset({"DEV", "PROD", "MODE", "SSR", "BASE_URL"})


def source_variables(source: str) -> dict[str, int]:
    """Return the variables that a program in JavaScript, TypeScript or Python reads."""
    found: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        for match in (*_OF_NODE.finditer(line), *_OF_PYTHON.finditer(line)):
            is_own = match.group(match.lastgroup or "name") in _OF_VITE and "meta" in match.group()
            if not is_own and not line[: match.start()].lstrip().startswith(("//", "#", "*")):
                found.setdefault(match.group(match.lastgroup or "name"), number)
    return found


_ENTRY = re.compile(r"\s*(?P<off>#\s?)?(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_.]*)\s*=")


def entries(source: str) -> tuple[dict[str, int], dict[str, int]]:
    """Return the entries of an example of an environment, and those that are commented out; both document a variable."""
    on: dict[str, int] = {}
    off: dict[str, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        match = _ENTRY.match(line)
        if match:
            (off if match.group("off") else on).setdefault(match.group("name"), number)
    return on, off
