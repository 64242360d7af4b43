# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that is no good: it accepts every connection, and then behaves in one of the ways of ``MANNERS``.

Started as ``stand_in.py <manner> <port>``.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import time

ENOUGH = 65536


def blackhole(client: socket.socket) -> None:
    """Read, and never answer."""
    while client.recv(ENOUGH):
        pass


def garbage(client: socket.socket) -> None:
    """Answer whatever comes with bytes that mean nothing."""
    while client.recv(ENOUGH):
        client.sendall(b"\xff\x00" + os.urandom(62))


def babble(client: socket.socket) -> None:
    """Never stop talking."""
    while True:
        client.sendall(b"lorem ipsum " * 1024)


def slow(client: socket.socket) -> None:
    """Send one byte a second, for ever."""
    while True:
        client.sendall(b"H")
        time.sleep(1)


def hang_up(client: socket.socket) -> None:
    """Close at once."""


MANNERS = {function.__name__: function for function in (blackhole, garbage, babble, slow, hang_up)}


def main() -> None:
    manner = MANNERS[sys.argv[1]]

    def serve(client: socket.socket) -> None:
        with client:
            try:
                manner(client)
            except OSError:
                return

    with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as server:
        while True:
            client, dummy = server.accept()
            threading.Thread(target=serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    main()
