# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A message there and back, and what JetStream tells its user. This is a private part of the collection."""

from __future__ import annotations

import asyncio
import time
import typing as t
import uuid

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._nats._login import Login, tls_context

_STEP = 3.0  # seconds for each thing that is waited for


def ask(login: Login, subject: str, deadline: Deadline) -> dict[str, t.Any]:
    """Return ``message`` and ``account``, each what was seen or the LookError for which it was not."""
    try:
        import nats  # noqa: PLC0415  # an optional library is looked for when it is needed
    except ImportError as exc:
        words = "The Python library nats is missing where the probe runs: install the package nats-py"
        raise LookError(Reason.MISSING_LIBRARY, words) from exc
    return asyncio.run(_ask(nats, login, subject, deadline))


async def _ask(library: t.Any, login: Login, subject: str, deadline: Deadline) -> dict[str, t.Any]:
    complaints: list[str] = []

    async def listen(exc: Exception) -> None:
        complaints.append(str(exc).lower())

    client = await _connected(library, login, listen, deadline)
    try:
        return {
            "message": await _attempt(
                _there_and_back(client, subject, complaints, deadline), f"send a message by {login.name}"
            ),
            "account": await _attempt(_account(client, deadline), f"ask JetStream at {login.name}"),
        }
    finally:
        await _quietly(client.close(), deadline)


async def _connected(library: t.Any, login: Login, listen: t.Any, deadline: Deadline) -> t.Any:
    words: dict[str, t.Any] = {
        "servers": [f"nats://{login.name}"],
        "name": "cryptofunk-readiness",
        "allow_reconnect": False,
        "max_reconnect_attempts": 1,
        "connect_timeout": deadline.step(_STEP),
        "error_cb": listen,  # without one, the library prints
        **login.words,
    }
    if login.tls:
        words.update(tls=tls_context(login), tls_hostname=login.host)
    try:
        return await asyncio.wait_for(library.connect(**words), deadline.step(_STEP))
    except asyncio.TimeoutError:
        raise LookError(Reason.TIMEOUT, f"Cannot log in to {login.name}: no answer in time") from None
    except Exception as exc:  # pylint: disable=broad-exception-caught  # its text may hold what was sent
        raise _login_fault(exc, login) from None


def _login_fault(exc: Exception, login: Login) -> LookError:
    words = str(exc).lower()
    if isinstance(exc, OSError) and login.credentials_file and not words.startswith("nats"):
        return LookError(Reason.NOT_CONFIGURED, f"Cannot use the declared credentials for {login.name}")
    if "authorization" in words or "authentication" in words:
        return LookError(Reason.UNAUTHORISED, f"Cannot log in to {login.name}: user or password are not accepted")
    if "certificate" in words or "ssl" in words or "tls" in words or "secure" in words:
        return LookError(Reason.MALFORMED, f"Cannot log in to {login.name}: no TLS that both sides accept")
    return LookError(Reason.REFUSED, f"Cannot log in to {login.name}: {type(exc).__name__}")


async def _there_and_back(client: t.Any, subject: str, complaints: list[str], deadline: Deadline) -> dict[str, t.Any]:
    """Send a message to a subject that nobody else has, and wait for it. The flush shows that the server has taken it."""
    own = f"{subject}.{uuid.uuid4().hex}"
    listening = await client.subscribe(own)
    body = uuid.uuid4().hex.encode()
    began = time.monotonic()
    await client.publish(own, body)
    await client.flush(timeout=deadline.step(_STEP))
    try:
        message = await listening.next_msg(timeout=deadline.step(_STEP))
    except Exception as exc:
        if any("permissions violation" in words for words in complaints):
            raise LookError(Reason.UNAUTHORISED, f"The user may not publish and subscribe to {subject}.>") from None
        if "Timeout" in type(exc).__name__:
            return {"delivered": False, "round_trip_ms": None}
        raise
    return {"delivered": message.data == body, "round_trip_ms": round((time.monotonic() - began) * 1000, 3)}


async def _account(client: t.Any, deadline: Deadline) -> dict[str, t.Any]:
    info = await client.jetstream(timeout=deadline.step(_STEP)).account_info()
    return {"streams": info.streams, "consumers": info.consumers, "storage_bytes": info.storage}


async def _attempt(task: t.Awaitable[t.Any], attempt: str) -> t.Any:
    try:
        return await task
    except LookError as exc:
        return exc
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        return _fault(exc, attempt)


def _fault(exc: Exception, attempt: str) -> LookError:
    kind = type(exc).__name__
    if kind in ("ServiceUnavailableError", "NoRespondersError"):
        return LookError(Reason.UNSUPPORTED, f"Cannot {attempt}: JetStream does not answer there")
    if "Timeout" in kind:
        words = "no answer in time, as when the user lacks the right (docs/grants/nats.conf)"
        return LookError(Reason.TIMEOUT, f"Cannot {attempt}: {words}")
    return LookError(Reason.NOT_OBSERVED, f"Cannot {attempt}: {kind}")


async def _quietly(task: t.Awaitable[t.Any], deadline: Deadline) -> None:
    try:
        await asyncio.wait_for(task, max(0.2, min(deadline.left(), 1.0)))
    except Exception:  # pylint: disable=broad-exception-caught  # all was seen; nothing depends on the farewell
        return
