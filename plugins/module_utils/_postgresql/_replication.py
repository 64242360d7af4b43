# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Standbys and replication slots of a PostgreSQL server. This is a private part of the collection; nothing outside it may import it."""

from __future__ import annotations

import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_NOW = "case when pg_is_in_recovery() then pg_last_wal_receive_lsn() else pg_current_wal_lsn() end"
_STANDBYS = f"""
select r.application_name as name, host(r.client_addr) as address, r.state, r.sync_state,
       pg_wal_lsn_diff({_NOW}, r.replay_lsn)::int8 as lag_bytes, extract(epoch from r.replay_lag)::float8 as replay_lag
from pg_stat_replication r
where not exists (select from pg_replication_slots s where s.active_pid = r.pid and s.slot_type = 'logical')
order by 1, 2
"""
_SLOTS = f"""
select slot_name::text as name, slot_type as type, active, wal_status,
       pg_wal_lsn_diff({_NOW}, restart_lsn)::int8 as retained_bytes
from pg_replication_slots where not temporary order by 1
"""
_RECEIVER = "select status, sender_host, slot_name from pg_stat_wal_receiver"
_TRIES, _PAUSE = 5, 0.2  # a standby that is behind and was idle tells its lag in time with its next message

Row = t.Dict[str, t.Any]


def replication(context: Context) -> dict[str, t.Any]:
    """Return the server's standbys with their lag, its slots, and from where it receives, if it is a standby itself."""
    context.need_sessions()
    standbys = _standbys(context)
    slots = context.session.rows(_SLOTS)
    receiver = context.session.rows(_RECEIVER)
    return {
        "standbys": standbys,
        "slots": slots,
        "inactive_slots": [slot["name"] for slot in slots if not slot["active"]],
        "receives_from": receiver[0]["sender_host"] if receiver else None,
        "receiver_status": receiver[0]["status"] if receiver else None,
    }


def _standbys(context: Context) -> list[Row]:
    found: list[Row] = []
    for number in range(_TRIES):
        if number:
            time.sleep(min(_PAUSE, context.deadline.left()))
        found = [with_lag(row) for row in context.session.rows(_STANDBYS)]
        if all(standby["lag_seconds"] is not None for standby in found):
            break
    return found


def with_lag(row: Row) -> Row:
    """Return a standby with its lag in seconds.

    The server's own figure is null when nothing was to be replayed lately. That is no lag where the positions agree, and
    unknown where they do not.
    """
    lag, behind = row["replay_lag"], row["lag_bytes"]
    is_level = behind is not None and behind <= 0
    seconds = 0 if is_level else lag
    return {**{key: value for key, value in row.items() if key != "replay_lag"}, "lag_seconds": seconds}
