# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Turn the SQL of a dump into what a role without rights beyond its own scratch database can restore. Pure.

This is a private part of the collection; nothing outside it may import it.

Who owns what and who may do what is left out: the drill's role may give nothing to others. What would reach beyond the scratch
database is refused, whatever the rights of the role are: psql's own commands, which change the database or run programs, and
statements on databases, roles and the server.
"""

from __future__ import annotations

import re

_OUTSIDE = re.compile(
    rb"^(?:(?P<copy>COPY [^\n]+ FROM stdin;)"
    rb"|(?P<dropped>ALTER [^\n]+ OWNER TO [^;\n]+;|(?:GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) [^\n]+;"
    rb"|COMMENT ON (?:EXTENSION|SCHEMA public) [^\n]+;|CREATE (?:SUBSCRIPTION|PUBLICATION) [^\n]+;)$"
    rb"|(?P<refused>\\(?!\.|restrict \w+$|unrestrict \w+$)[^\n]*"
    rb"|(?:(?:CREATE|DROP|ALTER) (?:DATABASE|ROLE|USER|TABLESPACE)|ALTER SYSTEM)\b[^\n]*))",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(rb"^\\\.\r?$", re.MULTILINE)


class Refused(Exception):
    """A dump that would reach beyond the scratch database; *what* is the beginning of the line."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Filter:
    """Goes over blocks of whole lines, one after the other."""

    def __init__(self) -> None:
        self.dropped = 0
        self._in_rows = False

    def apply(self, block: bytes) -> bytes:
        """Return what of *block* is to be restored."""
        kept: list[bytes] = []
        at = 0
        while at < len(block):
            match = (_END if self._in_rows else _OUTSIDE).search(block, at)
            if not match:
                break
            if not self._in_rows and match["refused"]:
                raise Refused(match["refused"][:40].decode("utf-8", "replace"))
            drop = not self._in_rows and bool(match["dropped"])
            kept.append(block[at : match.start() if drop else match.end()])
            self.dropped += drop
            if self._in_rows or match["copy"]:
                self._in_rows = not self._in_rows
            at = match.end()
        kept.append(block[at:])
        return b"".join(kept)
