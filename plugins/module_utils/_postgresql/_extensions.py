# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The extensions of a PostgreSQL database. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_INSTALLED = "select extname::text as name, extversion as version from pg_extension order by 1"
_AVAILABLE = "select name::text as name, default_version from pg_available_extensions order by 1"
# A library that is loaded has settings; one of which only the SQL part is there has none.
_LOADED = """
select distinct split_part(name, '.', 1) as name from pg_settings
where split_part(name, '.', 1) in (select extname from pg_extension) order by 1
"""
_USE = "select count(*) from timescaledb_information.hypertables"


def extensions(context: Context) -> dict[str, t.Any]:
    """Return what is installed in this database, what could be, and which of it the server has loaded."""
    available = {row["name"]: row["default_version"] for row in context.session.rows(_AVAILABLE)}
    installed = context.session.rows(_INSTALLED)
    return {
        "installed": [row["name"] for row in installed],
        "available": sorted(available),
        "loaded": _loaded(context, [row["name"] for row in installed]),
        "versions": [
            {
                **row,
                "version_num": version_num(row["version"]),
                "default_version": available.get(row["name"]),
            }
            for row in installed
        ],
    }


def _loaded(context: Context, installed: t.Sequence[str]) -> list[str]:
    """Return what is loaded; TimescaleDB is used first where it does not seem to be. A server that cannot load it says so."""
    found = [str(row["name"]) for row in context.session.rows(_LOADED)]
    if "timescaledb" in found or "timescaledb" not in installed:
        return found
    try:
        context.session.rows(_USE)
        return [str(row["name"]) for row in context.session.rows(_LOADED)]
    except LookError as exc:
        if exc.reason in (Reason.TIMEOUT, Reason.REFUSED):
            raise
        return found


def version_num(version: str) -> int | None:
    """Return *version* as one number: 2.23.0-dev is 22300, 0.8 is 800; None when it begins with no number."""
    numbers = re.match(r"(\d+)(?:\.(\d+))?(?:\.(\d+))?", version)
    if not numbers:
        return None
    major, minor, patch = (int(part or 0) for part in numbers.groups())
    return major * 10000 + minor * 100 + patch
