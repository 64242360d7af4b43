# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Published ports of a service, from the short form to the long one. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import Node
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_RANGE = re.compile(r"(\d+)-(\d+)")
_MOST = 1000
_LONGEST = 300


def ports(node: Node) -> Node:
    """Return a list of ports in which each is a mapping of target, published, host_ip and protocol."""
    found: list[Node] = []
    for one in node.list_of("ports"):
        found += _long(one) if isinstance(one.value, dict) else _short(one)
        if len(found) > _MOST:
            raise LookError(Reason.UNSUPPORTED, f"{node.at} publishes more than {_MOST} ports")
    return node.with_value(found)


def port_key(port: Node) -> str:
    """What two entries have in common that are one port."""
    parts = [port.get(key) for key in ("host_ip", "published", "target", "protocol")]
    host, published, target, protocol = (str(part.value) if part else "" for part in parts)
    return f"{host or '0.0.0.0'}:{published}:{target}/{protocol}"


def _long(port: Node) -> list[Node]:
    entries = {key: one for key, one in port.entries().items() if one.value is not None}
    if "target" not in entries:
        raise LookError(Reason.MALFORMED, f"{port.at}: the port has no target")
    made: dict[str, t.Any] = {key: one.with_value(str(one.value)) for key, one in entries.items()}
    made.setdefault("protocol", Node("tcp", port.at))
    return [port.with_value(made)]


def _short(port: Node) -> list[Node]:
    text, dummy, protocol = str(port.value).partition("/")
    host, published, target = _parts(text, port)
    targets = _numbers(target, port)
    if len(targets) == 1 and _RANGE.fullmatch(published):
        publishes = [published]  # one of them, which the engine chooses
    else:
        publishes = _numbers(published, port) if published else [""] * len(targets)
    if len(targets) != len(publishes):
        raise LookError(Reason.MALFORMED, f"{port.at}: the ranges of ports are not of the same length")
    return [_made(port, host, out, inside, protocol or "tcp") for out, inside in zip(publishes, targets)]


def _made(port: Node, host: str, published: str, target: str, protocol: str) -> Node:
    words = {"host_ip": host, "published": published, "target": target, "protocol": protocol}
    return port.with_value({key: Node(word, port.at) for key, word in words.items() if word})


def _parts(text: str, port: Node) -> tuple[str, str, str]:
    """Split at the colons that stand outside of brackets and of references."""
    if len(text) > _LONGEST:
        raise LookError(Reason.MALFORMED, f"{port.at} is no port")
    pieces = re.findall(r"(?:\[[^\]]*\]|\$\{[^}]*\}|[^:\[])+|(?<=:)(?=:)", text)
    if text.startswith(":") or text.endswith(":") or not 1 <= len(pieces) <= 3:
        raise LookError(Reason.MALFORMED, f"{port.at} is no port")
    *front, target = pieces
    published = front.pop() if front else ""
    return (front[0].strip("[]") if front else ""), published, target


def _numbers(text: str, port: Node) -> list[str]:
    if "${" in text:
        return [text]
    both = _RANGE.fullmatch(text)
    if not both and not text.isdigit():
        raise LookError(Reason.MALFORMED, f"{port.at} is no port")
    first, last = (int(both.group(1)), int(both.group(2))) if both else (int(text), int(text))
    if not 0 <= last - first < _MOST:
        raise LookError(Reason.MALFORMED, f"{port.at} is no range of ports")
    return [str(number) for number in range(first, last + 1)]
