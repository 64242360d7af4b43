# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Connections that nobody uses. Started as ``crowd.py <host> <port> <how many>``; they last until it is ended."""

from __future__ import annotations

import socket
import sys
import time


def main() -> None:
    host, port, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    crowd = [socket.create_connection((host, port)) for dummy in range(number)]
    print(f"{len(crowd)} connections", flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()
