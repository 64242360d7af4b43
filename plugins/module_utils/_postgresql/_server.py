# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Version and settings of a PostgreSQL server. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import MONITOR, Context

_SERVER = """
select current_setting('server_version') as version,
       current_setting('server_version_num')::int as version_num,
       pg_is_in_recovery() as in_recovery,
       extract(epoch from now() - pg_postmaster_start_time())::float8 as uptime_seconds,
       current_database()::text as database,
       current_user::text as user,
       (select rolsuper from pg_roles where rolname = current_user) as is_superuser,
       current_setting('listen_addresses') as listen_addresses,
       current_setting('password_encryption') as password_encryption,
       current_setting('data_checksums') = 'on' as data_checksums,
       array(select name::text from pg_settings where pending_restart order by name) as pending_restart
"""
_PRELOADED = "select current_setting('shared_preload_libraries') as libraries"


def server(context: Context) -> dict[str, t.Any]:
    """Return what the server says about itself."""
    found = context.session.row(_SERVER)
    version = int(found["version_num"])
    return {
        **found,
        "major": version // 10000,
        "minor": version % 10000,
        "listen_addresses": names(str(found["listen_addresses"])),
    }


def minors_behind(context: Context) -> int:
    """Return how many minor releases the server is behind the newest one of its major version that is declared."""
    version = int(context.session.row(_SERVER)["version_num"])
    distance = behind(version, context.options["latest_minors"])
    if distance is None:
        why = f"The newest minor release of PostgreSQL {version // 10000} is not among the declared latest_minors"
        raise LookError(Reason.NOT_CONFIGURED, why)
    return distance


def behind(version_num: int, latest_minors: t.Mapping[str, int]) -> int | None:
    """Return the distance to the newest minor release; None for a major version that *latest_minors* does not have."""
    newest = {str(major): int(minor) for major, minor in latest_minors.items()}.get(str(version_num // 10000))
    return None if newest is None else max(0, newest - version_num % 10000)


def preloaded_libraries(context: Context) -> list[str]:
    """Return the libraries that the server loads when it starts."""
    found = context.session.row(_PRELOADED, needs=f"{MONITOR} to {context.login.user}")
    return names(str(found["libraries"]))


def names(text: str) -> list[str]:
    """Return the names in a setting that is a list."""
    return [name.strip().strip('"') for name in text.split(",") if name.strip()]
