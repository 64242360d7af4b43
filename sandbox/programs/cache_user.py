# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application as Redis sees it: it keeps the declared keys fresh and looks them up, mostly with success.

Started as ``cache_user.py <settings>``, where the file holds redis-py's words for the connection.
"""

from __future__ import annotations

import json
import sys
import time
import typing as t
from pathlib import Path

import redis

PAUSE = 5.0  # seconds between two rounds
FIRST_LOOKUPS = 1500  # enough for a hit rate that can be believed
LOOKUPS = 60
MISS_EVERY = 20
TTL = {
    **{f"cryptofunk:price:{coin}:usd": 60 for coin in ("bitcoin", "ethereum", "solana")},
    **{f"coingecko:price:{coin}:usd": 60 for coin in ("bitcoin", "ethereum")},
    **{f"coingecko:chart:{coin}:{days}": 300 for coin in ("bitcoin", "ethereum") for days in (1, 7)},
    "coingecko:info:bitcoin": 600,
}


def main() -> None:
    client = redis.Redis(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    lookups = FIRST_LOOKUPS
    while True:
        try:
            _refresh(client)
            _look_up(client, lookups)
            lookups = LOOKUPS
        except redis.RedisError as error:
            print(f"cannot use the cache: {type(error).__name__}: {error}", flush=True)
        time.sleep(PAUSE)


def _refresh(client: t.Any) -> None:
    with client.pipeline(transaction=False) as pipeline:
        for key, seconds in TTL.items():
            pipeline.set(key, '{"price": 100}', ex=seconds)
        pipeline.execute()


def _look_up(client: t.Any, times: int) -> None:
    keys = list(TTL)
    with client.pipeline(transaction=False) as pipeline:
        for number in range(times):
            pipeline.get("cryptofunk:price:unknown:usd" if number % MISS_EVERY == 0 else keys[number % len(keys)])
        pipeline.execute()


if __name__ == "__main__":
    main()
