# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Talk to Redis by redis-py, never longer than a deadline allows.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import inspect
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._faults import fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._redis._login import Login

_SHARE = 0.4  # of the budget, for one answer
# How redis-py's versions name what they introduce themselves with. A server would refuse it, and note that in its ACL log.
_INTRODUCTIONS = (("driver_info",), ("lib_name", "lib_version"))


class Client:
    """A connection, and what became of it: when it is lost, every further command fails at once with the same reason."""

    def __init__(self, login: Login, deadline: Deadline) -> None:
        self.attempt = f"look at {login.name}"
        self.login = login
        self.deadline = deadline
        self._library = driver()
        self._redis = self._library.Redis(**_words(self._library, login, deadline))
        self._lost: LookError | None = None
        self._known: dict[str, dict[str, t.Any]] = {}

    def call(self, *command: t.Any, needs: str = "") -> t.Any:
        """Return the answer to *command*."""
        return self._guarded(lambda: self._redis.execute_command(*command), needs)

    def info(self, section: str) -> dict[str, t.Any]:
        """Return a section of INFO, asked for once."""
        if section not in self._known:
            self._known[section] = self._guarded(lambda: self._redis.info(section), "+info")
        return self._known[section]

    def setting(self, name: str) -> str:
        """Return one setting of the server. Never a pattern: CONFIG GET would show the passwords, too."""
        found = self._guarded(lambda: self._redis.config_get(name), "+config|get")
        if name not in found:
            raise LookError(Reason.UNSUPPORTED, f"Cannot {self.attempt}: this server has no setting {name}")
        return str(found[name])

    def remaining_lives(self, keys: t.Sequence[str]) -> list[int]:
        """Return PTTL of each of the *keys*: milliseconds, -1 for one that never expires, -2 for one that is gone."""

        def ask() -> list[int]:
            with self._redis.pipeline(transaction=False) as pipeline:
                for key in keys:
                    pipeline.pttl(key)
                return [int(life) for life in pipeline.execute()]

        return t.cast("list[int]", self._guarded(ask, "+pttl %R~*"))

    def close(self) -> None:
        self._redis.close()

    def _guarded(self, ask: t.Callable[[], t.Any], needs: str) -> t.Any:
        if self._lost:
            raise self._lost
        self.deadline.step()
        try:
            return ask()
        except self._library.RedisError as exc:
            error = fault(exc, self.attempt, needs)
            if isinstance(exc, (self._library.ConnectionError, self._library.TimeoutError)):
                self._lost = error
            raise error from None


def driver() -> t.Any:
    """Return redis-py, or raise LookError with what to install."""
    try:
        import redis  # noqa: PLC0415  # an optional library is looked for when it is needed
    except ImportError as exc:
        words = "The Python library redis is missing where the probe runs: install the package redis"
        raise LookError(Reason.MISSING_LIBRARY, words) from exc
    return redis


def _words(library: t.Any, login: Login, deadline: Deadline) -> dict[str, t.Any]:
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    seconds = max(0.1, deadline.left() * _SHARE)
    words: dict[str, t.Any] = {
        "host": login.host,
        "port": login.port,
        "db": login.database,
        "username": login.user,
        "password": login.password,
        "socket_timeout": seconds,
        "socket_connect_timeout": seconds,
        "retry": Retry(NoBackoff(), 0),
        "protocol": 2,
        "decode_responses": True,
        "encoding_errors": "backslashreplace",
    }
    known = inspect.signature(library.Redis.__init__).parameters
    words.update(dict.fromkeys(next((names for names in _INTRODUCTIONS if set(names) <= set(known)), ())))
    return {**words, **_tls_words(login)}


def _tls_words(login: Login) -> dict[str, t.Any]:
    if not login.tls:
        return {}
    return {
        "ssl": True,
        "ssl_cert_reqs": "required" if login.validate_certs else "none",
        "ssl_check_hostname": login.validate_certs,
        "ssl_ca_certs": login.ca_path,
        "ssl_certfile": login.client_cert,
        "ssl_keyfile": login.client_key,
    }
