# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How NATS can be wrong."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox._waiting import wait_until
from sandbox.components import nats


def _stop_servers(*chosen: int) -> Act:
    def act(sandbox: Sandbox) -> None:
        for number in chosen:
            sandbox.processes.stop(nats.server(number))
        wait_until(lambda: _has_noticed(sandbox, len(chosen)), "That the others notice")

    return act


def _has_noticed(sandbox: Sandbox, gone: int) -> bool:
    """Tell whether the first server knows that *gone* others are away: the leader says so, or there is none."""
    if gone > 1:
        leader = nats.report(sandbox, 1, "jsz").get("meta_cluster", {}).get("leader")
        return not leader and not nats.report(sandbox, 1, "healthz")  # which is then answered by 503
    reports = [nats.report(sandbox, number, "jsz").get("meta_cluster", {}) for number in (1, 2)]
    return any(one.get("offline") for report in reports for one in report.get("replicas") or [])


def _start_all(sandbox: Sandbox) -> None:
    for number in nats.numbers(sandbox):
        nats.run(sandbox, number)
    wait_until(lambda: nats.has_leader(sandbox), "The election of a leader")
    wait_until(lambda: not _has_noticed(sandbox, 1), "The return of all servers")


def _without_jetstream(sandbox: Sandbox) -> None:
    nats.configure(sandbox, jetstream=False)
    nats.restart(sandbox)


def _in_an_ephemeral_folder(sandbox: Sandbox) -> None:
    nats.configure(sandbox, store=nats.ephemeral(sandbox))
    _renewed(sandbox)


def _dropping_messages(sandbox: Sandbox) -> None:
    nats.configure(sandbox, mappings='mappings: { "readiness.probe.*": "readiness.probe.lost.$1" },')
    nats.restart(sandbox)


def _as_it_was(sandbox: Sandbox) -> None:
    nats.configure(sandbox)
    _renewed(sandbox)


def _renewed(sandbox: Sandbox) -> None:
    nats.restart(sandbox)
    wait_until(lambda: nats.has_leader(sandbox), "The election of a leader")
    nats.make_stream(sandbox)


def _stream(storage: str = "file", replicas: int = 3) -> Act:
    return lambda sandbox: nats.make_stream(sandbox, storage, replicas)


def _of_nats(name: str, items: tuple[str, ...], says: str, do: Act, undo: Act, becomes: str = "failed") -> Sabotage:
    return Sabotage(name, nats.NAME, items, says, do, undo, becomes)


def _wrong_password(sandbox: Sandbox) -> None:
    sandbox.targets.patch("nats_wrong_password", {"readiness_nats": {"login_password": "not-the-password"}})


SABOTAGES = [
    _of_nats("nats_one_stopped", ("4.4.4", "3.4.4"), "One of three servers is down", _stop_servers(3), _start_all),
    _of_nats("nats_two_stopped", ("4.4.1",), "Two of three servers are down", _stop_servers(2, 3), _start_all),
    _of_nats("nats_no_jetstream", ("4.4.2",), "JetStream is off", _without_jetstream, _as_it_was),
    _of_nats("nats_memory_stream", ("4.4.3",), "A stream is in memory only", _stream(storage="memory"), _stream()),
    _of_nats("nats_ephemeral_store", ("4.4.3",), "Streams are stored in /tmp", _in_an_ephemeral_folder, _as_it_was),
    _of_nats("nats_one_replica", ("4.4.4",), "A stream is on one server only", _stream(replicas=1), _stream()),
    _of_nats("nats_drops_messages", ("8.2.4", "4.4.1"), "Messages do not arrive", _dropping_messages, _as_it_was),
    _of_nats(
        "nats_wrong_password",
        ("4.4.1", "8.2.4"),
        "The declared password of NATS is wrong",
        _wrong_password,
        lambda sandbox: sandbox.targets.unpatch("nats_wrong_password"),
        becomes="error",
    ),
]
