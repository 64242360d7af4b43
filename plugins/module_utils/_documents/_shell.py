# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The commands in what a document shows of a shell. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import shlex
import typing as t
from dataclasses import dataclass, field

_PROMPT = re.compile(r"\s*(?:\(\w+\)\s*)?(?:[\w.@~:/-]*[$%]|>)\s+(?=\S)")
_HERE_DOCUMENT = re.compile(r"<<-?\s*\\?([\"']?)(\w+)\1")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_COMMENT = re.compile(r"(?:^|\s)#.*$")
_ENDS = frozenset({";", ";;", "&&", "||", "|", "|&", "&", "(", ")", "{", "}"})
_BEFORE_A_COMMAND = frozenset(
    {"sudo", "time", "exec", "nohup", "env", "then", "do", "else", "if", "while", "!", "watch"}
)
_MOST_LINES_OF_A_COMMAND = 60


@dataclass
class Command:
    """One simple command: its words without what stands before it, the variables that it sets, the files that it writes."""

    line: int
    words: list[str] = field(default_factory=list)
    assignments: list[str] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)


def commands(text: str, line: int, prompted: bool) -> list[Command]:
    """Return the commands of a block that begins at *line*; with *prompted*, only lines with a prompt are commands."""
    found: list[Command] = []
    for number, whole in _whole_lines(text, line, prompted):
        found += _simple_commands(whole, number)
    return found


def _whole_lines(text: str, first: int, prompted: bool) -> t.Iterator[tuple[int, str]]:
    """Join lines that a backslash or an open quote joins, and leave out comments and the texts of here-documents."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        began, prompt = number, _PROMPT.match(lines[number])
        number += 1
        whole = lines[began][prompt.end() :] if prompt else lines[began]
        if (prompted and not prompt) or whole.lstrip().startswith("#"):
            continue
        whole, number = _joined(whole, lines, number)
        here = _HERE_DOCUMENT.search(whole)
        if here:
            while number < len(lines) and lines[number].strip() != here.group(2):
                number += 1
            number += 1
        yield first + began, whole


def _joined(whole: str, lines: list[str], number: int) -> tuple[str, int]:
    """Return a command with the lines that belong to it, and the number of the line behind it."""
    while whole.endswith("\\") and number < len(lines):
        whole, number = whole[:-1] + lines[number], number + 1
    more, behind = whole, number
    while _is_open(more) and behind < min(len(lines), number + _MOST_LINES_OF_A_COMMAND):
        more, behind = more.rstrip("\\") + "\n" + lines[behind], behind + 1
    return (whole, number) if _is_open(more) else (more, behind)


def _is_open(whole: str) -> bool:
    try:
        shlex.split(whole, comments=True)
    except ValueError:
        return True
    return False


def _simple_commands(whole: str, line: int) -> list[Command]:
    lexer = shlex.shlex(whole, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        tokens = list(lexer)
    except ValueError:  # a quote that nothing closes, as in prose
        tokens = _COMMENT.sub("", whole.split("\n", 1)[0]).replace('"', " ").replace("'", " ").split()
    found = [Command(line)]
    redirected = False
    for token in tokens:
        if token in _ENDS:
            found.append(Command(line))
        elif token in (">", ">>", ">|", "&>"):
            redirected = True
        elif redirected:
            found[-1].writes.append(token)
            redirected = False
        elif not found[-1].words and _ASSIGNMENT.match(token):
            found[-1].assignments.append(token)
        elif found[-1].words or token not in _BEFORE_A_COMMAND:
            found[-1].words.append(token)
    return [one for one in found if one.words or one.assignments or one.writes]
