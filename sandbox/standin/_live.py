# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files that the stand-in reads again whenever they change: CryptoFunk's configuration, and the switches of sabotages.

A switch is a key of ``switches.json``; without the file everything is as the profile says:

``database: down``        the API's and the orchestrator's look at the database fails;
``health: bare``          the API's health answers 200 without the field ``status``;
``no_health: [name]``     these services have no /health;
``auth: open | broken``   trade control answers 200 to everybody, or 500 to an unknown key;
``limits: off``           no request is ever refused for its number;
``cors: reflect | null | star``   any origin is echoed, ``null`` is an origin like others, or ``*`` goes with credentials;
``debug: [name]``         these services show Go's /debug/pprof/ and /debug/vars;
``config: {…}``           what the running API holds instead of what the file says.
"""

from __future__ import annotations

import json
import threading
import typing as t
from pathlib import Path

import yaml

Data = t.Dict[str, t.Any]


class LiveFile:
    """A file of which the last readable content counts."""

    def __init__(self, path: Path, parse: t.Callable[[str], t.Any]) -> None:
        self._path = path
        self._parse = parse
        self._lock = threading.Lock()
        self._seen: object = None
        self._data: Data = {}

    def read(self) -> Data:
        with self._lock:
            stamp = self._stamp()
            if stamp != self._seen:
                self._seen = stamp
                self._load(there=stamp is not None)
            return self._data

    def _stamp(self) -> object:
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_size, status.st_ino

    def _load(self, there: bool) -> None:
        try:
            data = self._parse(self._path.read_text(encoding="utf-8")) if there else {}
        except (OSError, ValueError, yaml.YAMLError):
            return
        self._data = data if isinstance(data, dict) else {}


class Live:
    """What holds at this moment."""

    def __init__(self, config: Path, switches: Path) -> None:
        self._config = LiveFile(config, yaml.safe_load)
        self._switches = LiveFile(switches, json.loads)

    def switch(self, name: str) -> t.Any:
        return self._switches.read().get(name)

    def config(self) -> Data:
        """Return the configuration as the running API holds it."""
        return laid_over(self._config.read(), self.switch("config") or {})

    def database_is_up(self) -> bool:
        return bool(self.switch("database") != "down")


def laid_over(base: Data, more: Data) -> Data:
    """Return *base* with the values of *more* in it, however deep."""
    result = dict(base)
    for key, value in more.items():
        old = result.get(key)
        result[key] = laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return result
