# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How big databases and hypertables are. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import MONITOR, Context

_SIZES = """
select pg_database_size(current_database()) as database_bytes,
       (select sum(pg_database_size(oid))::int8 from pg_database) as all_databases_bytes
"""
_LARGEST = """
select format('%I.%I', schemaname, relname) as name, pg_total_relation_size(relid) as bytes
from pg_stat_user_tables order by 2 desc limit 10
"""


def sizes(context: Context) -> dict[str, t.Any]:
    """Return the size of this database, of all on the server, and of the largest tables. Parts of a hypertable count by themselves."""
    return {**_databases(context), "largest": context.session.rows(_LARGEST)}


def volume_ratio(context: Context) -> float:
    """Return which share of the declared volume all databases of the server fill."""
    volume = context.options["volume_bytes"]
    if not volume:
        raise LookError(Reason.NOT_CONFIGURED, "The size of the database's volume, volume_bytes, is not declared")
    return round(float(_databases(context)["all_databases_bytes"]) / float(volume), 4)


def _databases(context: Context) -> dict[str, t.Any]:
    needs = f"{MONITOR} to {context.login.user}"
    found: dict[str, t.Any] = context.once("sizes of databases", lambda: context.session.row(_SIZES, needs=needs))
    return found
