# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""As much of DER as a certificate needs, strict about lengths. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import calendar
import time
import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, OID, SEQUENCE, SET = 0x01, 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
_UTC_TIME, _GENERALIZED_TIME = 0x17, 0x18
_WIDE_TEXTS = {0x1E: "utf-16-be", 0x1C: "utf-32-be"}


@dataclass(frozen=True)
class Node:
    """One value: its tag, its content, and its whole encoding."""

    tag: int
    content: bytes
    encoded: bytes

    def need(self, tag: int) -> Node:
        if self.tag != tag:
            raise malformed(f"tag {self.tag:#x} stands where {tag:#x} belongs")
        return self

    def children(self) -> list[Node]:
        return list(_nodes(self.content))


def parse(data: bytes) -> Node:
    """Return the one value that *data* encodes."""
    found = list(_nodes(data))
    if len(found) != 1:
        raise malformed("there is more than one value")
    return found[0]


def oid_text(node: Node) -> str:
    """Return an object identifier in dots."""
    content = node.need(OID).content
    if not content or content[-1] & 0x80:
        raise malformed("an object identifier is cut off")
    arcs, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, [first, arcs[0] - 40 * first, *arcs[1:]]))


def text(node: Node) -> str:
    """Return the text of any of the string types."""
    return node.content.decode(_WIDE_TEXTS.get(node.tag, "utf-8"), errors="replace")


def seconds(node: Node) -> int:
    """Return a time as seconds since the epoch."""
    shape = {_UTC_TIME: "%y%m%d%H%M%SZ", _GENERALIZED_TIME: "%Y%m%d%H%M%SZ"}.get(node.tag)
    if shape is None:
        raise malformed("there is no time where one belongs")
    try:
        moment = time.strptime(node.content.decode("ascii"), shape)
    except ValueError as exc:
        raise malformed("a time is none") from exc
    century = -100 if node.tag == _UTC_TIME and moment.tm_year >= 2050 else 0  # RFC 5280, 4.1.2.5.1
    return calendar.timegm((moment.tm_year + century, *moment[1:]))


def bits(node: Node) -> bytes:
    """Return the bytes of a bit string."""
    content = node.need(BIT_STRING).content
    if not content:
        raise malformed("a bit string is empty")
    return content[1:]


def malformed(why: str) -> LookError:
    return LookError(Reason.MALFORMED, f"The certificate cannot be read: {why}")


def _nodes(data: bytes) -> t.Iterator[Node]:
    position = 0
    while position < len(data):
        start, length = _header(data, position)
        end = start + length
        if end > len(data):
            raise malformed("a value is cut off")
        yield Node(data[position], data[start:end], data[position:end])
        position = end


def _header(data: bytes, position: int) -> tuple[int, int]:
    """Return where the content of the value at *position* starts, and its length."""
    if position + 2 > len(data) or data[position] & 0x1F == 0x1F:
        raise malformed("a value has no head")
    first = data[position + 1]
    if first < 0x80:
        return position + 2, first
    width = first & 0x7F
    start = position + 2 + width
    if not 1 <= width <= 4 or start > len(data):
        raise malformed("a length is none")
    return start, int.from_bytes(data[position + 2 : start], "big")
