# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import time
import typing as t

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.testing import patch_module_args

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import port as port_probe
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_listeners import listeners, parse
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._port_state import combined
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from ansible_collections.cryptofunk.readiness.plugins.modules import port_info

from . import servers


def look(*ports: int, control: t.Sequence[int] = (), **options: t.Any) -> list[dict[str, t.Any]]:
    target = {"host": servers.HOST, "ports": list(ports), "control_ports": list(control)}
    given = {"targets": [target], "silence": 0.3, "timeout": 5, **options}
    result = ArgumentSpecValidator(**port_probe.SPEC).validate(given)
    assert not result.error_messages
    return list(run_probe("port_info", port_probe.observe, result.validated_parameters)["observation"])


class TestState:
    def test_port_with_a_listener_is_open(self) -> None:
        with servers.server(servers.black_hole) as port:
            (seen,) = look(port)
        assert (seen["state"], seen["error"]) == ("open", None)
        assert seen["addresses"] == [{"address": servers.HOST, "state": "open"}]

    def test_port_without_a_listener_is_closed(self) -> None:
        assert look(servers.closed_port())[0]["state"] == "closed"

    def test_port_that_says_nothing_is_filtered(self) -> None:
        with servers.filtered_port() as port:
            assert look(port)[0]["state"] == "filtered"

    def test_port_that_could_not_be_waited_for_is_an_error(self) -> None:
        with servers.filtered_port() as port:
            (seen,) = look(port, silence=3.0, timeout=0.3)
        assert seen["error"]["reason"] == "timeout"

    def test_host_without_an_address_is_unreachable(self) -> None:
        target = {"host": "no-such-host.invalid", "ports": [1]}
        (seen,) = look(targets=[target])
        assert seen["error"]["reason"] == "unreachable"

    def test_many_ports_are_waited_for_at_the_same_time(self) -> None:
        began = time.monotonic()
        with servers.filtered_port() as first, servers.filtered_port() as second, servers.filtered_port() as third:
            states = [seen["state"] for seen in look(first, second, third, servers.closed_port(), silence=1)]
        assert states == ["filtered", "filtered", "filtered", "closed"]
        assert time.monotonic() - began < 2.9

    @pytest.mark.parametrize(
        ("states", "state"),
        [
            (["closed", "open"], "open"),
            (["closed", "filtered"], "filtered"),
            (["closed", "unreachable"], "unreachable"),
            (["closed", "closed"], "closed"),
        ],
    )
    def test_several_addresses_are_as_open_as_the_most_open_of_them(self, states: list[str], state: str) -> None:
        assert combined(states) == state


class TestControl:
    def test_silence_counts_when_a_control_port_is_open(self) -> None:
        with servers.server(servers.black_hole) as control, servers.filtered_port() as port:
            assert look(port, control=[servers.closed_port(), control])[0]["state"] == "filtered"

    def test_silence_proves_nothing_when_no_control_port_is_open(self) -> None:
        with servers.filtered_port() as port:
            (seen,) = look(port, control=[servers.closed_port()])
        assert seen["error"]["reason"] == "unreachable" and "state" not in seen

    def test_refusal_proves_nothing_either_then(self) -> None:
        assert look(servers.closed_port(), control=[servers.closed_port()])[0]["error"]

    def test_open_port_is_seen_without_a_control(self) -> None:
        with servers.server(servers.black_hole) as port:
            assert look(port, control=[servers.closed_port()])[0]["state"] == "open"

    def test_control_ports_are_not_returned(self) -> None:
        with servers.server(servers.black_hole) as control:
            assert len(look(servers.closed_port(), control=[control])) == 1


class TestService:
    @pytest.mark.parametrize(
        ("serve", "service"),
        [
            pytest.param(servers.saying(b"HTTP/1.0 400 Bad Request\r\n\r\n"), "http", id="http"),
            pytest.param(servers.saying(b"-NOAUTH Authentication required.\r\n"), "redis", id="redis"),
            pytest.param(servers.saying(b"N"), "postgresql", id="postgresql"),
            pytest.param(lambda sock: sock.sendall(b"SSH-2.0-OpenSSH_9.2\r\n"), "ssh", id="ssh"),
            pytest.param(servers.saying(b"who is there?"), "", id="a stranger"),
        ],
    )
    def test_is_known_by_its_first_words(self, serve: servers.Serve, service: str) -> None:
        with servers.server(serve) as port:
            assert look(port, service=True)[0]["service"] == service

    def test_of_a_babbling_peer_is_known_from_a_few_bytes(self) -> None:
        with servers.server(servers.babbling(b"x" * 4096)) as port:
            assert look(port, service=True)[0]["service"] == ""

    def test_is_unseen_when_the_port_is_closed_or_nobody_asked(self) -> None:
        assert look(servers.closed_port(), service=True)[0]["unseen"]["service"]["reason"] == "no_data"
        with servers.server(servers.black_hole) as port:
            assert look(port)[0]["unseen"]["service"]["reason"] == "no_data"


class TestListeners:
    TABLE = """\
  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
   1: 00000000:01BB 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2
   2: 0100007F:9C40 0100007F:1538 01 00000000:00000000 00:00000000 00000000     0        0 3
   3: 00000000000000000000000000000000:18EB 00000000000000000000000000000000:0000 0A 00000000:00000000 0 0 0 0 4
   4: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 0 0 0 0 5
"""

    def test_are_read_from_the_tables_of_the_kernel(self) -> None:
        assert parse(self.TABLE) == [
            {"address": "127.0.0.1", "port": 5432, "scope": "loopback"},
            {"address": "0.0.0.0", "port": 443, "scope": "everywhere"},
            {"address": "::", "port": 6379, "scope": "everywhere"},
            {"address": "127.0.0.1", "port": 80, "scope": "loopback"},
        ]

    def test_of_this_machine_are_seen(self) -> None:
        with servers.server(servers.black_hole) as port:
            assert {"address": servers.HOST, "port": port, "scope": "loopback"} in listeners()

    def test_are_unsupported_where_there_is_no_such_table(self) -> None:
        with pytest.raises(Exception, match="this system does not have"):
            listeners(["/nonexistent/tcp"])


def test_module_prints_the_listening_sockets(capsys: pytest.CaptureFixture[str]) -> None:
    with servers.server(servers.black_hole) as port, pytest.raises(SystemExit), patch_module_args({"listening": True}):
        port_info.main()
    (seen,) = json.loads(capsys.readouterr().out)["observation"]
    assert port in {one["port"] for one in seen["listeners"]}
