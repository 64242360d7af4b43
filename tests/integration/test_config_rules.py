# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The rules of section 3 on a release: ranges, what several files state, keys that nothing reads, and where each verdict stands."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config

from ._judging import judged, seen
from ._release import DEFAULTS, ITEMS, edit, look, make, outcomes, write

CONFIG = "configs/config.yaml"
AGENTS = "configs/agents.yaml"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make(tmp_path / "checkout")


WRONG: dict[str, tuple[str, str, str, str]] = {
    "an origin without TLS": (CONFIG, '- "https://app.example.com"', '- "http://localhost:3000"', "3.1.5"),
    "any origin at the gateway": ("configs/bifrost.yaml", '["https://app.example.com"]', '["*"]', "3.1.5"),
    "a gateway without keys": (
        "configs/bifrost.yaml",
        "api_key_validation: true",
        "api_key_validation: false",
        "3.1.5",
    ),
    "a level of one agent": (AGENTS, "level: info", "level: info\n  agent_levels: {risk-agent: debug}", "3.1.3"),
    "all the capital in one position": (AGENTS, "max_position_size: 1000.0", "max_position_size: 10000.0", "3.2.2"),
    "a day that loses more than all": (CONFIG, "max_drawdown: 0.1", "max_drawdown: 0.01", "3.2.4"),
    "a stop beyond the profit": (CONFIG, "default_stop_loss: 0.02", "default_stop_loss: 0.06", "3.2.5"),
    "no stop": (CONFIG, "default_stop_loss: 0.02", "default_stop_loss: 0", "3.2.5"),
    "Kelly above one": (AGENTS, "kelly_fraction: 0.25", "kelly_fraction: 2.5", "3.2.6"),
    "Kelly of nothing": (AGENTS, "kelly_fraction: 0.25", "kelly_fraction: 0", "3.2.6"),
    "breakers that are off": (AGENTS, "enabled: true", "enabled: false", "3.2.7"),
    "a halt beyond the drawdown": (AGENTS, "drawdown_halt: 0.08", "drawdown_halt: 0.3", "3.2.7"),
    "a breaker unlike its constant": (CONFIG, "min_requests: 5", "min_requests: 7", "3.2.7"),
    "a breaker that is open for an hour": (CONFIG, 'open_timeout: "15s"', 'open_timeout: "1h"', "3.2.7"),
    "a pair with a slash": (CONFIG, '"ETHUSDT"', '"ETH/USDT"', "3.3.1"),
    "no capital": (CONFIG, "initial_capital: 10000.0", "initial_capital: 0", "3.3.2"),
    "five positions for the agent": (AGENTS, "max_open_positions: 3", "max_open_positions: 5", "3.3.3"),
    "five times the capital": (AGENTS, "max_total_exposure: 5000.0", "max_total_exposure: 50000.0", "3.3.3"),
    "an order of nothing": (CONFIG, "default_quantity: 0.01", "default_quantity: 0", "3.3.4"),
    "leverage": (AGENTS, "max_leverage: 1.0", "max_leverage: 2", "3.3.5"),
    "an exchange that is not configured": (CONFIG, 'exchange: "binance"', 'exchange: "kraken"', "3.4.1"),
    "the API's own port": (CONFIG, "http://bifrost:8080/v1", "http://localhost:8080/v1", "3.4.2"),
    "a model that the gateway lacks": (CONFIG, 'primary_model: "large"', 'primary_model: "huge"', "3.4.2"),
    "more than the plan": (CONFIG, "requests_per_minute: 30", "requests_per_minute: 100", "3.4.3"),
    "agents at another NATS": (AGENTS, '\nnats:\n  url: "nats://nats:4222"\n', "\n", "3.4.4"),
    "one server of NATS": ("deployments/k8s/base/deployment-nats.yaml", "replicas: 3", "replicas: 1", "3.4.4"),
    "a job without targets": ("deployments/prometheus/prometheus.yml", "['postgres:9100']", "[]", "3.4.5"),
    "another port of the orchestrator": (CONFIG, "http://orchestrator:8081", "http://orchestrator:8080", "3.4.5"),
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG.keys())
def test_a_mistake_fails_its_item_where_it_stands(checkout: Path, change: tuple[str, str, str, str]) -> None:
    file, old, new, item = change
    edit(checkout, old, new, file)

    subject = look(checkout)

    failed = {one: state for one, state in outcomes(subject).items() if state == "failed"}
    assert item in failed
    places = [place for one in judged(item, "config", subject) if one["verdict"] == "fail" for place in one["at"]]
    assert any(place.partition(":")[0] == file for place in places)


MISSPELT = {
    "max_drawdwn": (CONFIG, "max_drawdown: 0.1", "max_drawdwn: 0.1", "3.2.4"),
    "max_dayly_loss": (CONFIG, "max_daily_loss: 0.02", "max_dayly_loss: 0.02", "3.2.3"),
    "max_open_position": (AGENTS, "max_open_positions: 3", "max_open_position: 3", "3.3.3"),
    "kelly_fracton": (AGENTS, "kelly_fraction: 0.25", "kelly_fracton: 0.25", "3.2.6"),
    "min_request": (CONFIG, "min_requests: 10", "min_request: 10", "3.2.7"),
    "initial_captial": (CONFIG, "initial_capital: 10000.0", "initial_captial: 10000.0", "3.3.2"),
    "fallback_models": (CONFIG, "primary_model:", "fallback_models: [small]\n  primary_model:", "3.4.2"),
    "a new block": (CONFIG, "telegram:", "discord:\n  enabled: true\ntelegram:", "3.1.5"),
    "leverage elsewhere": (CONFIG, "trading:\n", "trading:\n  max_leverage: 1\n", "3.3.5"),
}


@pytest.mark.parametrize("change", MISSPELT.values(), ids=MISSPELT.keys())
def test_a_key_that_nothing_reads_fails_the_item_that_it_was_meant_for(
    checkout: Path, change: tuple[str, str, str, str]
) -> None:
    file, old, new, item = change
    edit(checkout, old, new, file)

    failed = {one for one, state in outcomes(look(checkout)).items() if state == "failed"}

    assert failed == {item}


def test_each_fact_has_an_item_for_its_misspelt_keys(checkout: Path) -> None:
    """Whatever the key is meant to be, one item of the section says that nothing reads it."""
    subject = look(checkout)
    files = {known["file"] for known in DEFAULTS["configuration_known_keys"]}
    for fact in DEFAULTS["configuration_facts"]:
        unknown = {"path": "a.b", "part": "a", "resembles": "", "fact": fact["name"], "at": "x:1"}
        items = [item for item in ITEMS if _failed(item, {**subject, "unknown_keys": [unknown]})]
        is_known = any(source.get("file") in files for source in fact["sources"])
        assert len(items) == 1 or not (items or is_known), fact["name"]


def _failed(item: str, subject: dict[str, t.Any]) -> bool:
    return any(one["verdict"] == "fail" for one in judged(item, "config", subject))


COMPILED = {
    "a test network": ("binance.UseTestnet = true", ["3.4.1"]),
    "a test network if asked for": ("if os.Getenv(`X`) != `` {\n\t\tbinance.UseTestnet = true\n\t}", []),
    "debugging": ("zerolog.SetGlobalLevel(zerolog.DebugLevel)", ["3.1.3"]),
    "another level": ("zerolog.SetGlobalLevel(zerolog.WarnLevel)", []),
}


@pytest.mark.parametrize(("statement", "failed"), COMPILED.values(), ids=COMPILED.keys())
def test_what_is_compiled_in_counts(checkout: Path, statement: str, failed: list[str]) -> None:
    write(checkout, "cmd/server/main.go", f"package main\n\nfunc main() {{\n\t{statement}\n}}\n")

    assert outcomes(look(checkout)) == dict.fromkeys(failed, "failed")


def test_margin_in_the_code_is_leverage(checkout: Path) -> None:
    write(checkout, "internal/x.go", 'package x\n\nimport "github.com/adshao/go-binance/v2/futures"\n')

    assert outcomes(look(checkout)) == {"3.3.5": "failed"}


def test_code_that_is_not_go_leaves_open_what_is_compiled_in(checkout: Path) -> None:
    write(checkout, "cmd/server/main.go", "package main\nfunc main( { UseTestnet \n")

    assert outcomes(look(checkout)) == {"3.4.1": "error"}


def test_a_reference_of_kubernetes_is_replaced_by_what_stands_above_it_only(checkout: Path) -> None:
    write(checkout, "deployments/k8s/base/configmap.yaml", "data: {PORT: '8081'}\n")
    above = "{name: PORT, valueFrom: {configMapKeyRef: {name: c, key: PORT}}}"
    url = "{name: ORCHESTRATOR_URL, value: 'http://o:$(PORT)'}"
    for variables, becomes in ((f"[{above}, {url}]", {}), (f"[{url}, {above}]", {"3.4.5": "error"})):
        write(
            checkout,
            "deployments/k8s/base/deployment-api.yaml",
            f"spec: {{template: {{spec: {{containers: [{{name: api, env: {variables}}}]}}}}}}\n",
        )
        assert outcomes(look(checkout)) == becomes


SECRETS = {
    "password: hunter2hunter2": [("database.password", False)],
    "password: changeme": [("database.password", True)],
    "password: postgres": [("database.password", True)],
    'password: "${POSTGRES_PASSWORD}"': [],
    "password: your-password-here": [],
    'password: ""': [],
    "url: postgresql://app:s3cr3tW0rd@db/app": [("database.url", False)],
    "url: postgresql://app:${PASSWORD}@db/app": [],
    "max_tokens: 2000": [],
    "api_key_validation: false": [],
}


@pytest.mark.parametrize(("line", "found"), SECRETS.items(), ids=SECRETS.keys())
def test_secrets_are_found_and_not_shown(tmp_path: Path, line: str, found: list[tuple[str, bool]]) -> None:
    write(tmp_path, "configs/config.yaml", f"database:\n  {line}\n")
    write(tmp_path, "configs/examples.yaml", "password: hunter2hunter2\n")

    subject = seen(config, path=str(tmp_path), secret_files=["configs/*.yaml"])

    assert [(one["name"], one["is_default"]) for one in subject["literals"]] == found
    assert [one["at"] for one in subject["literals"]] == ["configs/config.yaml:2"] * len(found)
    assert "hunter2" not in str(subject) and "s3cr3tW0rd" not in str(subject)


def test_files_that_are_not_there_have_no_secrets_and_no_pass(tmp_path: Path) -> None:
    subject = seen(config, path=str(tmp_path), secret_files=["configs/*.yaml"])

    assert subject["unseen"]["literals"]["reason"] == "no_data"
