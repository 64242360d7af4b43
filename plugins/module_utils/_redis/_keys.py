# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How long the keys of declared patterns live, by a sample of each.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._client import Client

_AT_A_TIME = 500  # keys that the server goes through in one SCAN
_SHARE = 0.3  # of what is left of the budget, for the scan of one pattern
_MOST_NAMES = 10  # keys of a pattern that are named
_FOREVER, _GONE = -1, -2
_SLACK = 1000  # milliseconds

Sample = t.Dict[str, t.Any]


def samples(client: Client, patterns: t.Sequence[dict[str, t.Any]], size: int, max_scanned: int) -> list[Sample]:
    """Return what a sample of at most *size* keys of each pattern shows."""
    return [_sample(client, one, size, max_scanned) for one in patterns]


def need_keys(found: t.Sequence[Sample]) -> list[Sample]:
    """Return the samples; raise LookError when a pattern has no key: nothing can be told of it then."""
    empty = [one["pattern"] for one in found if not one["sampled"]]
    if not found:
        raise LookError(Reason.NOT_CONFIGURED, "No patterns of keys are declared")
    if empty:
        raise LookError(Reason.TOO_LITTLE_DATA, f"There are no keys like {', '.join(empty)}: nothing fills this cache")
    return list(found)


def described(pattern: str, limit: int | None, lives: t.Mapping[str, int], scanned: int) -> Sample:
    """Return what the remaining *lives* of keys, in milliseconds, say of their *pattern*."""
    present = {key: life for key, life in lives.items() if life != _GONE}
    forever = [key for key, life in present.items() if life == _FOREVER]
    too_long = {key: life for key, life in present.items() if limit is not None and life > limit * 1000 + _SLACK}
    return {
        "pattern": pattern,
        "limit": limit,
        "sampled": len(present),
        "scanned": scanned,
        "without_ttl": len(forever),
        "over_limit": len(too_long),
        "max_ttl": max((life // 1000 for life in present.values() if life >= 0), default=None),
        "forever": forever[:_MOST_NAMES],
        "too_long": [f"{key}: {life // 1000} s of {limit} s" for key, life in too_long.items()][:_MOST_NAMES],
    }


def _sample(client: Client, declared: dict[str, t.Any], size: int, max_scanned: int) -> Sample:
    keys, scanned = _scan(client, declared["pattern"], size, max_scanned)
    lives = client.remaining_lives(keys) if keys else []
    return described(declared["pattern"], declared["max_ttl"], dict(zip(keys, lives)), scanned)


def _scan(client: Client, pattern: str, size: int, max_scanned: int) -> tuple[list[str], int]:
    """Return keys that match, and about how many keys the server went through to find them."""
    keys: dict[str, None] = {}
    cursor, scanned = 0, 0
    end = client.deadline.left() * (1 - _SHARE)
    while True:
        cursor, found = client.call("SCAN", cursor, "MATCH", pattern, "COUNT", _AT_A_TIME, needs="+scan")
        cursor = int(cursor)
        keys.update(dict.fromkeys(found))
        scanned += _AT_A_TIME
        if cursor == 0 or len(keys) >= size or scanned >= max_scanned or client.deadline.left() < end:
            return list(keys)[:size], scanned
