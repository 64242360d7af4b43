# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for ``orchestrator --verify-keys``: it ends and talks like the program, and asks nobody.

It chats about secrets more than any program should, so that a report in which one of them is found is wrong. How it ends is
its second argument: ``verifies``, ``fails``, ``forgets`` (ends well, and verified nothing), ``hangs`` or ``floods``.
"""

from __future__ import annotations

import os
import sys
import time


def main() -> int:
    flag, end = sys.argv[1:]
    if flag != "--verify-keys":
        print(f"flag provided but not defined: {flag}", file=sys.stderr)
        return 2
    log(f"Connecting to {os.environ['DATABASE_URL']}")
    log(f"Exchange answers to key {os.environ['BINANCE_API_KEY']} and secret={os.environ['BINANCE_API_SECRET']}")
    if end == "hangs":
        time.sleep(3600)
    while end == "floods":
        log("Trying again " * 100)
    if end == "fails":
        log("❌ API key verification failed")
        return 1
    if end == "verifies":
        log("✓ All API keys and secrets verified successfully")
    return 0


def log(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} INF {words}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
