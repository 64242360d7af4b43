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
from cryptography.hazmat.primitives import hashes

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import tls
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_probe
from ansible_collections.cryptofunk.readiness.plugins.modules import tls_info

from . import servers
from .certificates import Authority, issue, rsa_key

Options = t.Dict[str, t.Any]
WEAK = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"


def options(port: int, ca_path: str | None = None, timeout: float = 5.0, **endpoint: t.Any) -> Options:
    one = {"host": servers.HOST, "port": port, "server_name": "localhost", **endpoint}
    result = ArgumentSpecValidator(**tls.SPEC).validate({"endpoints": [one], "ca_path": ca_path, "timeout": timeout})
    assert not result.error_messages
    return dict(result.validated_parameters)


def look(port: int, ca_path: str | None = None, timeout: float = 5.0, **endpoint: t.Any) -> Options:
    (seen,) = run_probe("tls_info", tls.observe, options(port, ca_path, timeout, **endpoint))["observation"]
    return dict(seen)


def look_at(authority: Authority, chain: tuple[str, str], ask_first: bool = False, **changes: t.Any) -> Options:
    """Look at a server with this certificate; *changes* are those of its context."""
    with servers.server(servers.tls(servers.tls_context(*chain, **changes), ask_first)) as port:
        return look(port, authority.ca_path, protocol="postgresql" if ask_first else "tls")


@pytest.fixture(scope="module")
def good(authority: Authority) -> tuple[str, str]:
    return authority.server("good", authority.leaf(), authority.intermediate)


class TestVersionsAndCiphers:
    def test_modern_server_accepts_only_what_is_strong(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good)
        assert seen["accepted_versions"] == ["TLSv1.3", "TLSv1.2"]
        assert seen["refused_versions"] == ["TLSv1.1", "TLSv1", "SSLv3"]
        assert seen["accepted_ciphers"] == ["TLS13", "AEAD"]
        assert (seen["forward_secrecy"], seen["dh_bits"], seen["compression"], seen["unseen"]) == (True, 0, False, {})

    def test_old_server_is_seen_to_accept_old_versions(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good, versions=("TLSv1", "TLSv1_2"), ciphers="ALL:@SECLEVEL=0")
        assert seen["accepted_versions"] == ["TLSv1.2", "TLSv1.1", "TLSv1"]

    def test_server_of_tls_1_0_alone_is_looked_at_as_well(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good, versions=("TLSv1", "TLSv1"), ciphers="ALL:@SECLEVEL=0")
        assert (seen["accepted_versions"], seen["trusted"]) == (["TLSv1"], True)

    def test_server_of_tls_1_3_alone_has_a_class_of_ciphers(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good, versions=("TLSv1_3", "TLSv1_3"))
        assert seen["accepted_ciphers"] == ["TLS13"]
        assert (seen["certificate"]["subject"], seen["chain_complete"]) == ("O=Tests, CN=server", True)

    def test_weak_classes_that_openssl_can_serve_are_seen(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good, versions=("TLSv1_2", "TLSv1_2"), ciphers=WEAK)
        assert {"NULL", "ANONYMOUS", "NO_FORWARD_SECRECY", "CBC"} <= set(seen["accepted_ciphers"])
        assert seen["forward_secrecy"] is False

    @pytest.mark.parametrize(
        ("suite", "kind"), [(0x0005, "RC4"), (0x000A, "3DES"), (0x0009, "OBSOLETE"), (0x0003, "EXPORT")]
    )
    def test_weak_classes_that_no_openssl_offers_are_seen(self, authority: Authority, suite: int, kind: str) -> None:
        with servers.server(servers.choosing([0xC02F, suite], authority.leaf().der)) as port:
            seen = look(port, timeout=3)
        assert seen["accepted_ciphers"] == ["AEAD", kind]
        assert seen["forward_secrecy"] is False

    def test_refusals_without_any_acceptance_prove_nothing(self) -> None:
        with servers.server(servers.saying(servers.alert(40))) as port:
            seen = look(port)
        assert seen["accepted_versions"] == []
        assert seen["unseen"]["refused_ciphers"]["reason"] == seen["unseen"]["forward_secrecy"]["reason"] == "no_data"

    def test_offer_that_is_swallowed_leaves_its_list_unseen(self, authority: Authority) -> None:
        knows = servers.choosing([0xC02F], authority.leaf().der)

        def intolerant(sock: t.Any) -> None:
            hello = sock.recv(8192, 2)  # only peek
            servers.black_hole(sock) if b"\x00\x2b\x00\x03\x02\x03\x04" in hello else knows(sock)

        with servers.server(intolerant) as port:
            seen = look(port, timeout=2)
        assert seen["unseen"]["accepted_versions"]["reason"] == "timeout"
        heard = {offer["offered"]: offer["answer"] for offer in seen["offers"]}
        assert (heard["TLSv1.3"], heard["TLSv1.2"], heard["TLSv1.1"]) == ("unknown", "accepted", "refused")


class TestCertificate:
    def test_good_one_has_no_fault(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good)
        assert (seen["verify_error"], seen["trusted"], seen["chain_complete"], seen["host_name_matches"]) == (
            "",
            True,
            True,
            True,
        )
        assert (seen["certificate"]["expired"], seen["certificate"]["days_left"]) == (False, 89)
        assert len(seen["chain"]) == 2

    def test_expired_one_is_reported_not_raised(self, authority: Authority) -> None:
        chain = authority.server("expired", authority.leaf(since=-90, until=-1), authority.intermediate)
        seen = look_at(authority, chain)
        assert (seen["verify_error"], seen["trusted"]) == ("certificate has expired", True)
        assert (seen["certificate"]["expired"], seen["certificate"]["days_left"]) == (True, -2)
        assert seen["certificate"]["lifetime_left_ratio"] < 0

    def test_one_of_the_future_is_not_yet_valid(self, authority: Authority) -> None:
        seen = look_at(authority, authority.server("future", authority.leaf(since=5), authority.intermediate))
        assert (seen["certificate"]["not_yet_valid"], seen["trusted"]) == (True, True)
        assert seen["verify_error"] == "certificate is not yet valid"

    def test_one_for_another_host_is_trusted_and_does_not_match(self, authority: Authority) -> None:
        leaf = authority.leaf(dns=["other.example"], addresses=[])
        seen = look_at(authority, authority.server("other", leaf, authority.intermediate))
        assert (seen["host_name_matches"], seen["trusted"]) == (False, True)
        assert seen["verify_error"].startswith("Hostname mismatch")

    def test_common_name_is_no_name(self, authority: Authority) -> None:
        leaf = issue("localhost", authority.intermediate, authority.key, dns=[], addresses=[])
        seen = look_at(authority, authority.server("common", leaf, authority.intermediate))
        assert seen["host_name_matches"] is False and seen["verify_error"]

    def test_self_signed_one_is_not_trusted(self, authority: Authority) -> None:
        seen = look_at(authority, authority.server("self", issue("self", None, authority.key)))
        assert (seen["trusted"], seen["certificate"]["self_signed"]) == (False, True)

    def test_expired_and_self_signed_one_has_both_faults(self, authority: Authority) -> None:
        leaf = issue("self", None, authority.key, since=-9, until=-1)
        seen = look_at(authority, authority.server("both", leaf))
        assert (seen["trusted"], seen["certificate"]["expired"]) == (False, True)

    def test_one_of_an_unknown_authority_is_complete_and_not_trusted(self, authority: Authority) -> None:
        root = issue("stranger", None, authority=True)
        seen = look_at(authority, authority.server("stranger", issue("server", root, authority.key), root))
        assert (seen["trusted"], seen["chain_complete"]) == (False, True)

    @pytest.mark.parametrize("version", ["TLSv1_2", "TLSv1_3"])
    def test_missing_intermediate_is_seen(self, authority: Authority, version: str) -> None:
        seen = look_at(authority, authority.server("alone", authority.leaf()), versions=(version, version))
        assert (seen["trusted"], seen["chain_complete"]) == (False, False)
        assert seen["verify_error"] == "unable to get local issuer certificate"

    def test_missing_intermediate_is_seen_though_this_machine_has_it(self, authority: Authority) -> None:
        both = authority.write("both.pem", authority.root.pem + authority.intermediate.pem)
        with servers.server(servers.tls(servers.tls_context(*authority.server("alone", authority.leaf())))) as port:
            seen = look(port, both)
        assert (seen["trusted"], seen["chain_complete"], seen["verify_error"]) == (True, False, "")

    def test_root_that_is_sent_as_well_does_no_harm(self, authority: Authority) -> None:
        chain = authority.server("long", authority.leaf(), authority.intermediate, authority.root)
        seen = look_at(authority, chain)
        assert (seen["trusted"], seen["chain_complete"], len(seen["chain"])) == (True, True, 3)

    def test_weak_key_and_hash_are_reported_not_raised(self, authority: Authority) -> None:
        leaf = authority.leaf(key=rsa_key(1024), algorithm=hashes.SHA224())
        chain = authority.server("weak", leaf, authority.intermediate)
        seen = look_at(authority, chain, ciphers="ALL:@SECLEVEL=0")
        assert (seen["certificate"]["security_bits"], seen["certificate"]["signature_hash"]) == (80, "sha224")

    def test_authorities_that_cannot_be_read_are_a_matter_of_configuration(self, good: tuple[str, str]) -> None:
        with servers.server(servers.tls(servers.tls_context(*good))) as port:
            seen = look(port, "/nonexistent/ca.pem")
        assert seen["unseen"]["trusted"]["reason"] == "not_configured"
        assert seen["accepted_versions"] == ["TLSv1.3", "TLSv1.2"]


class TestPeers:
    def test_postgresql_is_asked_for_tls_first(self, authority: Authority, good: tuple[str, str]) -> None:
        seen = look_at(authority, good, ask_first=True)
        assert (seen["accepted_versions"], seen["trusted"]) == (["TLSv1.3", "TLSv1.2"], True)

    def test_postgresql_without_tls_says_so(self) -> None:
        with servers.server(servers.saying(b"N")) as port:
            seen = look(port, protocol="postgresql")
        assert (seen["speaks_tls"], seen["plain_protocol"], seen["error"]) == (False, "postgresql", None)

    def test_plain_http_is_seen_to_be_no_tls(self) -> None:
        with servers.server(servers.saying(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
            seen = look(port)
        assert (seen["speaks_tls"], seen["plain_protocol"]) == (False, "http")
        assert seen["unseen"]["certificate"]["reason"] == "unsupported"

    def test_nobody_there_is_refused(self) -> None:
        assert look(servers.closed_port())["error"]["reason"] == "refused"

    def test_garbage_is_malformed(self) -> None:
        with servers.server(servers.saying(b"who is there?\n" * 9)) as port:
            assert look(port)["error"]["reason"] == "malformed"

    def test_peer_that_hangs_up_on_everything_is_refused(self) -> None:
        with servers.server(servers.hang_up) as port:
            assert look(port)["error"]["reason"] == "refused"

    @pytest.mark.parametrize(
        "serve",
        [
            pytest.param(servers.black_hole, id="black hole"),
            pytest.param(servers.dripping(servers.server_hello(0x0303, 0xC02F)[:-9]), id="dripping"),
        ],
    )
    def test_peer_without_an_answer_costs_its_budget_and_no_more(self, serve: servers.Serve) -> None:
        began = time.monotonic()
        with servers.server(serve) as port:
            seen = look(port, timeout=1.0)
        assert seen["error"]["reason"] == "timeout"
        assert time.monotonic() - began < 3

    def test_babbling_peer_is_cut_off(self) -> None:
        endless = servers.babbling(servers.handshake(4, bytes(16000)), servers.server_hello(0x0303, 0xC02F)[:-9])
        began = time.monotonic()
        with servers.server(endless) as port:
            seen = look(port, timeout=3.0)
        assert seen["error"]["reason"] == "malformed"
        assert time.monotonic() - began < 6

    def test_one_bad_endpoint_does_not_hide_a_good_one(self, authority: Authority, good: tuple[str, str]) -> None:
        with (
            servers.server(servers.black_hole) as hole,
            servers.server(servers.tls(servers.tls_context(*good))) as port,
        ):
            wanted = options(port, authority.ca_path, timeout=1.5)
            wanted["endpoints"].append({**wanted["endpoints"][0], "port": hole})
            seen, lost = run_probe("tls_info", tls.observe, wanted)["observation"]
        assert (seen["trusted"], lost["error"]["reason"]) == (True, "timeout")


def test_module_prints_the_observation(
    authority: Authority, good: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with servers.server(servers.tls(servers.tls_context(*good))) as port, pytest.raises(SystemExit):
        endpoint = {"host": servers.HOST, "port": port, "server_name": "localhost"}
        with patch_module_args({"endpoints": [endpoint], "ca_path": authority.ca_path}):
            tls_info.main()
    printed = json.loads(capsys.readouterr().out)
    assert (printed["changed"], printed["probe"], printed["observation"][0]["trusted"]) == (False, "tls_info", True)
