# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The line of each value of a JSON text. Pure. This is a private part of the collection.

The text has been parsed already; here its marks are counted. Keys and values are found by the order in which they stand.
"""

from __future__ import annotations

import json
import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Place

_TOKEN = re.compile(r"\"(?:\\.|[^\"\\])*\"|[\[\]{},:]|[^\s\[\]{},:\"]+|\n")


def json_lines(text: str) -> dict[Place, int]:
    """Return the line on which each value of valid JSON stands; that of a pair is the line of its key."""
    lines: dict[Place, int] = {}
    path: list[str | int] = []
    in_object: list[bool] = []
    line, wants_key = 1, False
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == "\n":
            line += 1
        elif token in ("{", "["):
            lines.setdefault(t.cast("Place", tuple(path)), line)
            wants_key = token == "{"
            in_object.append(wants_key)
            path.append("" if wants_key else 0)
        elif token in ("}", "]"):
            in_object.pop()
            path.pop()
            wants_key = False
        elif token == ",":
            wants_key = in_object[-1]
            path[-1] = "" if wants_key else t.cast("int", path[-1]) + 1
        elif token != ":":
            if wants_key:
                path[-1] = json.loads(token)
                wants_key = False
            lines.setdefault(t.cast("Place", tuple(path)), line)
    return lines
