# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole path, from an inventory to a report, on real services: healthy, broken, wrong and killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import ONLY_FILES
from sandbox import _lifecycle as lifecycle
from sandbox import _readiness, sabotages
from sandbox._sandbox import Sandbox

from ._playing import ANSIBLE_PLAYBOOK, playbook, verdicts, write_inventory

pytestmark = pytest.mark.all_components


@pytest.fixture(scope="module")
def output_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("healthy")


@pytest.fixture(scope="module")
def healthy(started_sandbox: Sandbox, output_dir: Path) -> _readiness.Run:
    """Run it with many words, in which the secrets are searched."""
    return _readiness.run(output_dir, options=["-vvv"])


def test_nothing_that_was_looked_at_fails_when_hardened(healthy: _readiness.Run) -> None:
    assert [(verdict["check"], verdict["message"]) for verdict in verdicts(healthy, "fail")] == []


@pytest.fixture
def not_started(started_sandbox: Sandbox) -> set[str]:
    """Return the items for which a component that was not asked for would have to be looked at as well."""
    left_out = lifecycle.left_out(started_sandbox)
    return {number for one in sabotages.ALL if one.component in left_out for number in one.items}


def test_every_item_of_which_more_than_files_was_seen_is_decided_when_hardened(
    healthy: _readiness.Run, not_started: set[str]
) -> None:
    open_items = {
        item["id"]: item["reasons"]
        for item in healthy.report["items"]
        if item["outcome"] == "error"
        and not (item["id"] in not_started and "not_configured" in item["reasons"])
        and ONLY_FILES not in item["reasons"]
        and any(not verdict["static"] for verdict in item["verdicts"])
    }
    assert open_items == {}


def test_nothing_is_green_that_was_not_looked_at(healthy: _readiness.Run, not_started: set[str]) -> None:
    for item in healthy.report["items"]:
        if item["outcome"] == "passed" and item["decided_by"] != "items":
            undeclared = [verdict for verdict in item["verdicts"] if verdict["reason"] == "not_configured"]
            assert not undeclared or (item["id"] in not_started and item["reasons"]), item["id"]
            seen = [verdict for verdict in item["verdicts"] if verdict not in undeclared]
            assert not all(verdict["static"] for verdict in seen), item["id"]
            assert {verdict["verdict"] for verdict in seen} == {"pass"}, item["id"]


def test_the_counts_add_up_to_the_catalogue(healthy: _readiness.Run) -> None:
    assert sum(healthy.report["counts"].values()) == len(healthy.report["items"]) == 275


@pytest.mark.parametrize("strategy", ["free", "host_pinned"])
def test_any_strategy_of_the_user_opens_and_closes_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, strategy: str
) -> None:
    names = [f"environment_{number}" for number in range(4)]
    monkeypatch.setenv("ANSIBLE_STRATEGY", strategy)
    run = _readiness.run(tmp_path / "out", inventory=write_inventory(tmp_path, {}, names), tags={"cache"})
    assert "run_once" not in run.output
    assert {verdict["host"] for item in run.report["items"] for verdict in item["verdicts"]} == set(names)
    assert len([folder for folder in (tmp_path / "out").iterdir() if not folder.is_symlink()]) == 1


def test_an_inventory_without_environments_fails_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("all: {hosts: {somewhere: {ansible_connection: local}}}\n")
    done = playbook("readiness", "-i", str(tmp_path / "empty.yml"), "-e", f"readiness_output_dir={tmp_path}/out")
    assert done.returncode == 2
    assert "There is no environment to look at" in done.stdout
    assert not (tmp_path / "out").exists()


def test_an_empty_inventory_fails(tmp_path: Path) -> None:
    (tmp_path / "none.yml").write_text("{}\n")
    done = playbook("readiness", "-i", str(tmp_path / "none.yml"), "-e", f"readiness_output_dir={tmp_path}/out")
    assert done.returncode == 2
    assert "There is no environment to look at" in done.stdout


def test_an_unknown_tag_fails_in_one_sentence(tmp_path: Path) -> None:
    done = playbook(
        "readiness",
        "-i",
        str(write_inventory(tmp_path, {})),
        "--tags",
        "tsl",
        "-e",
        f"readiness_output_dir={tmp_path}/out",
    )
    assert done.returncode == 2
    assert "The tag 'tsl' names no section and no topic" in done.stdout


def test_an_item_that_is_not_well_formed_is_refused_with_its_place(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    own.write_text("security_own_items:\n  - id: 1.99\n    title: x\n")
    done = playbook(
        "readiness",
        "-i",
        str(write_inventory(tmp_path, {})),
        "-e",
        json.dumps({"readiness_output_dir": f"{tmp_path}/out", "readiness_items_files": [str(own)]}),
    )
    assert done.returncode == 2
    assert f"{own}:2: the item lacks" in done.stdout


def test_a_wrong_option_stops_its_section_and_nothing_else(hardened: Sandbox, tmp_path: Path) -> None:
    targets = hardened.targets.read()
    inventory = write_inventory(
        tmp_path, {**targets, "readiness_redis": {**targets["readiness_redis"], "login_prot": 1}}
    )
    run = _readiness.run(tmp_path / "out", inventory=inventory, tags={"cache", "database"})
    assert run.item("2.2.3")["outcome"] == "error"
    assert run.item("4.3.1")["outcome"] == "passed"
    (stopped, *dummy) = run.report["stopped"]
    assert stopped["section"] == "performance"
    assert "login_prot" in stopped["message"]


def test_the_gate_fails_the_play_unless_ready(hardened: Sandbox, tmp_path: Path) -> None:
    run = _readiness.run(tmp_path, tags={"cache"}, extra={"readiness_gate": "enforce"})
    assert run.code == 2
    assert run.report["conclusion"] == "CANNOT TELL"
    assert run.report["run"]["partial"]


def test_a_wrong_gate_mode_is_refused(hardened: Sandbox, tmp_path: Path) -> None:
    run = _readiness.run(tmp_path, tags={"database"}, extra={"readiness_gate": "off"})
    assert run.code == 2
    assert "report_only" in run.output


BLIND = [
    pytest.param("postgres_blackhole", "database", "4.3.1", "timeout", id="a server that accepts and never answers"),
    pytest.param("redis_stopped", "cache", "2.2.3", "refused", id="Redis is gone"),
    pytest.param("tls_garbage", "tls", "1.3.5", "malformed", id="a TLS server that sends garbage"),
]


@pytest.mark.parametrize(("sabotage", "topic", "item", "reason"), BLIND)
def test_what_cannot_be_seen_is_an_error_with_its_reason(
    hardened: Sandbox, tmp_path: Path, sabotage: str, topic: str, item: str, reason: str
) -> None:
    lifecycle.break_it(hardened, sabotage)
    began = time.monotonic()
    run = _readiness.run(tmp_path, tags={topic}, extra={"readiness_gate": "enforce"})
    assert run.code == 2
    assert time.monotonic() - began < 60
    assert run.item(item)["outcome"] == "error"
    assert reason in run.item(item)["reasons"]


def test_a_wrong_password_is_unauthorised(hardened: Sandbox, tmp_path: Path) -> None:
    targets = hardened.targets.read()
    targets["readiness_postgresql"]["login_password"] = "wrong-horse-battery"
    run = _readiness.run(tmp_path / "out", inventory=write_inventory(tmp_path, targets), tags={"database"})
    assert run.item("4.3.1")["reasons"][0] == "unauthorised"
    assert "wrong-horse-battery" not in run.output + json.dumps(run.report)


def test_a_killed_run_leaves_a_ledger_that_renders_as_partial(hardened: Sandbox, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        ANSIBLE_PLAYBOOK,
        _readiness.PLAYBOOK,
        "-i",
        str(_readiness.INVENTORY),
        "-e",
        f"readiness_output_dir={out}",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    ledger = out / "latest" / "ledger.jsonl"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (ledger.exists() and ledger.read_bytes().count(b"\n") > 20):
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(30)
    assert not (out / "latest" / "report.json").exists()
    rendered = playbook("report", "-e", f"readiness_run_path={out}/latest")
    report = json.loads((out / "latest" / "report.json").read_text())
    assert rendered.returncode == 2
    assert report["run"]["partial"] and report["run"]["partial_because"] == "the run was stopped before its end"
    assert sum(report["counts"].values()) == 275
    assert report["conclusion"] != "READY"
    assert "PARTIAL" in rendered.stdout


def test_a_report_of_nothing_is_refused(tmp_path: Path) -> None:
    done = playbook("report", "-e", f"readiness_run_path={tmp_path}")
    assert done.returncode == 2
    assert "is not the folder of a run" in done.stdout


def test_shipped_probes_see_the_same(hardened: Sandbox, healthy: _readiness.Run, tmp_path: Path) -> None:
    topics = {"tls", "network", "database", "cache", "environment", "api_keys"}
    shipped = _readiness.run(tmp_path, tags=topics, extra={"readiness_ship_probes": True}).outcomes()
    here = healthy.outcomes()
    seen = {item["id"] for item in healthy.report["items"] if item["topic"] in topics and item["verdicts"]}
    assert {number: shipped[number] for number in seen} == {number: here[number] for number in seen}


def test_no_secret_of_the_inventory_is_in_any_output(
    hardened: Sandbox, healthy: _readiness.Run, output_dir: Path
) -> None:
    planted = secrets_of(hardened.targets.read())
    assert len(planted) > 3
    assert "task path: " in healthy.output
    written = [path.read_text(errors="replace") for path in output_dir.rglob("*") if path.is_file()]
    assert len(written) > 20
    for secret in planted:
        assert secret not in healthy.output
        assert not any(secret in text for text in written)


def secrets_of(value: t.Any, key: str = "") -> set[str]:
    if isinstance(value, dict):
        return set().union(*(secrets_of(one, name) for name, one in value.items()))
    if isinstance(value, list):
        return set().union(*(secrets_of(one, key) for one in value))
    return (
        {value} if isinstance(value, str) and ("password" in key or key.endswith("_key") or "token" in key) else set()
    )
