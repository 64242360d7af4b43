# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application as the database sees it: a pool of sessions that run the queries of CryptoFunk's API.

Started as ``app_sessions.py <settings>``, where the file holds ``{"connect": {…psycopg2's words…}, "sessions": 10}``.
With ``"per_request": true`` each query gets a session of its own, of which the last ones stay open for a moment.
A session that is lost comes back as soon as the server lets it in again.
"""

from __future__ import annotations

import itertools
import json
import sys
import time
import typing as t
from pathlib import Path

import psycopg2

PAUSE = 1.0  # seconds between two rounds; in each, one session runs one query
QUICK, QUICK_PAUSE = 50, 0.1  # rounds after the warm-up that follow each other faster: each session is soon used again
REQUEST_PAUSE = 0.05  # seconds between two requests that open a session each
WARM_UP = 100  # rounds without a pause, so that the statistics are worth reading
QUERIES = (
    "select * from trading_sessions where stopped_at is null order by started_at desc limit 10",
    "select * from open_orders limit 50",
    "select * from active_positions limit 50",
    "select agent_name, agent_type, status, last_heartbeat from agent_status order by agent_name",
    "select * from orders where session_id = (select id from trading_sessions limit 1) order by placed_at desc limit 20",
    "select open_time, close from candlesticks where symbol = 'BTCUSDT' order by open_time desc limit 100",
    "insert into agent_signals (agent_name, agent_type, symbol, signal, confidence)"
    " values ('technical-analyst', 'analysis', 'BTCUSDT', 'HOLD', 0.8)",
)


def main() -> None:
    settings = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    pool: list[t.Any] = [None] * settings["sessions"]
    for number, query in enumerate(itertools.cycle(QUERIES)):
        for place, connection in enumerate(pool):
            if connection is None or connection.closed:
                pool[place] = _connect(settings["connect"])
        place = number % len(pool)
        if settings.get("per_request"):
            _close([pool[place]])
            pool[place] = _connect(settings["connect"])
        if not _run(pool[place], query):
            _close(pool)
        time.sleep(REQUEST_PAUSE if settings.get("per_request") else _pause(number - WARM_UP * len(QUERIES)))


def _pause(number: int) -> float:
    """Return how long to wait after the query of this *number*, counted from the end of the warm-up."""
    if number < 0:
        return 0.0
    return QUICK_PAUSE if number < QUICK else PAUSE


def _connect(words: dict[str, t.Any]) -> t.Any:
    try:
        connection = psycopg2.connect(connect_timeout=5, **words)
    except psycopg2.OperationalError as error:
        print(f"cannot connect: {error}", flush=True)
        time.sleep(0.2)
        return None
    connection.autocommit = True
    return connection


def _run(connection: t.Any, query: str) -> bool:
    """Run *query*, and return whether the server is still there."""
    if connection is None:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute(query)
    except psycopg2.Error as error:
        print(f"{query.split(maxsplit=1)[0]} failed: {error}", flush=True)
    return not connection.closed


def _close(pool: list[t.Any]) -> None:
    for connection in filter(None, pool):
        connection.close()


if __name__ == "__main__":
    main()
