# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a secret store can be wrong."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import secret_store as store


def _sealed(sandbox: Sandbox) -> None:
    store.as_root(sandbox, "sys/seal")


def _without_a_name(sandbox: Sandbox) -> None:
    store.put(sandbox, store.EXCHANGE, ("api_key",))


def _without_a_secret(sandbox: Sandbox) -> None:
    store.as_root(sandbox, f"{store.MOUNT}/data/{store.EXCHANGE}", method="DELETE")


def _known_to_all(sandbox: Sandbox) -> None:
    store.make_token(sandbox, store.ROOT_OF_COMPOSE, "readiness")


def _known_to_none(sandbox: Sandbox) -> None:
    store.revoke(sandbox, store.ROOT_OF_COMPOSE)


def _in_memory(sandbox: Sandbox) -> None:
    store.stop(sandbox)
    store.open_store(sandbox, "inmem")
    store.fill(sandbox)


def _on_the_disk(sandbox: Sandbox) -> None:
    store.stop(sandbox)
    (sandbox.home(store.NAME) / "keys-inmem.json").unlink(missing_ok=True)
    store.open_store(sandbox)


def _declared(name: str, **change: object) -> Act:
    return lambda sandbox: sandbox.targets.patch(name, {"readiness_secret_store": change})


def _undeclared(name: str) -> Act:
    return lambda sandbox: sandbox.targets.unpatch(name)


def _of_store(name: str, says: str, do: Act, undo: Act = store.fill, becomes: str = "failed") -> Sabotage:
    return Sabotage(name, store.NAME, ("1.1.2",), says, do, undo, becomes)


_WRONG = "secret_store_wrong_token"
SABOTAGES = [
    _of_store("secret_store_sealed", "The secret store is sealed", _sealed, store.unseal),
    _of_store("secret_store_missing_name", "The secret of the exchange's key is not in the store", _without_a_name),
    _of_store("secret_store_missing_path", "The keys of the exchange were deleted in the store", _without_a_secret),
    _of_store(
        "secret_store_default_token", "The token of CryptoFunk's compose file opens it", _known_to_all, _known_to_none
    ),
    _of_store("secret_store_in_memory", "The secret store keeps all in memory", _in_memory, _on_the_disk),
    _of_store(
        _WRONG,
        "The declared token of the secret store is wrong",
        _declared(_WRONG, token="not-the-token"),
        _undeclared(_WRONG),
        becomes="error",
    ),
]
