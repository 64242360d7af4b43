# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The listening TCP sockets of this machine, from Linux's own table. This is a private part of the collection."""

from __future__ import annotations

import ipaddress
import struct
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
_LISTEN = "0A"


def listeners(tables: t.Sequence[str] = _TABLES) -> list[dict[str, t.Any]]:
    """Return address, port and scope of every listening socket of this network namespace."""
    found: list[dict[str, t.Any]] = []
    seen_any = False
    for table in tables:
        try:
            found += parse(Path(table).read_text(encoding="ascii"))
            seen_any = True
        except FileNotFoundError:
            continue
    if not seen_any:
        raise LookError(
            Reason.UNSUPPORTED, "The listening sockets are read from /proc/net/tcp, which this system does not have"
        )
    return sorted(found, key=lambda one: (one["port"], one["address"]))


def parse(table: str) -> list[dict[str, t.Any]]:
    """Read the listening sockets out of the text of a kernel table."""
    found = []
    for line in table.splitlines()[1:]:
        fields = line.split()
        if len(fields) > 3 and fields[3] == _LISTEN:
            host, dummy, port = fields[1].rpartition(":")
            address = _address(host)
            found.append({"address": str(address), "port": int(port, 16), "scope": _scope(address)})
    return found


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Read an address that the kernel writes as words of its own byte order."""
    words = [int(text[start : start + 8], 16) for start in range(0, len(text), 8)]
    address = ipaddress.ip_address(struct.pack(f"={len(words)}I", *words))
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _scope(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    if address.is_unspecified:
        return "everywhere"
    return "loopback" if address.is_loopback else "address"
