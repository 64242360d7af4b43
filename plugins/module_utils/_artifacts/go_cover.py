# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Cover profiles of Go. This is a private part of the collection.

The same block stands there once for each package whose tests were to cover it; it is covered when one of them did.
"""

from __future__ import annotations

import re

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import (
    Content,
    foreign,
    malformed,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading, coverage
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_MODE = re.compile(r"mode: (set|count|atomic)")
_BLOCK = re.compile(r"(?P<where>.+:\d{1,9}\.\d{1,9},\d{1,9}\.\d{1,9}) (?P<statements>\d{1,9}) (?P<count>\d{1,20})")


def recognises(content: Content) -> bool:
    return content.data.lstrip(b"\xef\xbb\xbf").startswith(b"mode: ")


def read(content: Content) -> Reading:
    if not content.lines or not _MODE.fullmatch(content.lines[0]):
        raise foreign("Go cover profile", "it does not begin with 'mode:'")
    if not content.text.endswith("\n"):
        raise malformed("The file is cut: its last line does not end")
    blocks: dict[str, tuple[int, bool]] = {}
    for number, line in enumerate(content.lines[1:], 2):
        match = _BLOCK.fullmatch(line)
        if not match:
            raise malformed(f"Line {number} is no block of a Go cover profile")
        statements, is_covered = blocks.get(match["where"], (int(match["statements"]), False))
        if statements != int(match["statements"]):
            raise malformed(
                f"Line {number} counts other statements in its block than a line before: two versions are mixed"
            )
        blocks[match["where"]] = (statements, is_covered or int(match["count"]) > 0)
    total = sum(statements for statements, dummy in blocks.values())
    if not total:
        raise LookError(Reason.NO_DATA, "The profile holds no statement")
    covered = sum(statements for statements, is_covered in blocks.values() if is_covered)
    return Reading("coverage", {"coverage": coverage(covered, total)})
