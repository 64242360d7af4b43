# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The configuration of a release, as CryptoFunk lays it out: healthy, and broken in each way that counts."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config

from ._judging import seen
from ._release import LIVE, LIVE_ITEMS, answered, edit, look, make, outcomes, write


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make(tmp_path / "checkout")


def test_a_healthy_release_passes(checkout: Path) -> None:
    assert outcomes(look(checkout)) == {}


BROKEN = {
    "3.1.1": ('environment: "production"', 'environment: "development"'),
    "3.1.2": ('mode: "paper"', 'mode: "PAPER"'),
    "3.1.3": ('log_level: "info"', 'log_level: "debug"'),
    "3.1.5": ("require_https: true", "require_https: false"),
    "3.2.2": ("max_position_size: 0.1", "max_position_size: 0.25"),
    "3.2.3": ("max_daily_loss: 0.02", "max_daily_loss: 0.06"),
    "3.2.4": ("max_drawdown: 0.1", "max_drawdown: 0.2"),
}


@pytest.mark.parametrize("item", BROKEN)
def test_a_wrong_setting_fails_its_item_and_no_other(checkout: Path, item: str) -> None:
    edit(checkout, *BROKEN[item])

    assert outcomes(look(checkout)) == {item: "failed"}


def test_a_test_network_is_wrong_as_a_setting_and_as_an_address(checkout: Path) -> None:
    edit(checkout, "  bybit:\n    testnet: false", "  bybit:\n    testnet: true")

    assert outcomes(look(checkout)) == {"3.1.4": "failed", "3.4.1": "failed"}


def test_leverage_fails(checkout: Path) -> None:
    edit(checkout, "max_leverage: 1.0", "max_leverage: 3", "configs/agents.yaml")

    assert outcomes(look(checkout)) == {"3.3.5": "failed"}


def test_a_limit_in_percent_is_compared_with_one_in_fractions(checkout: Path) -> None:
    edit(checkout, "max_drawdown_percent: 10.0", "max_drawdown_percent: 12.0", "configs/agents.yaml")

    subject = look(checkout)

    assert outcomes(subject) == {"3.2.4": "failed"}
    assert subject["max_drawdown"]["contradictions"] == [
        "configs/config.yaml:28 risk.max_drawdown says 0.1",
        "configs/agents.yaml:6 risk_agent.max_drawdown_percent says 0.12",
    ]


@pytest.mark.parametrize(
    ("setting", "item"),
    [
        ('environment: "production"', "3.1.1"),
        ('mode: "paper"', "3.1.2"),
        ("max_position_size: 0.1", "3.2.2"),
    ],
)
def test_an_unexpanded_reference_is_unknown(checkout: Path, setting: str, item: str) -> None:
    edit(checkout, setting, setting.split(":", maxsplit=1)[0] + ': "${FROM_THE_ENVIRONMENT:-paper}"')

    assert outcomes(look(checkout)) == {item: "error"}


def test_a_seen_fault_decides_although_another_source_is_unknown(checkout: Path) -> None:
    edit(checkout, 'mode: "paper"', "mode: ${MODE}")

    assert outcomes(look(checkout, environment={"TRADING_MODE": "LIVE"}))["3.1.2"] == "failed"


@pytest.mark.parametrize(
    ("old", "new", "item", "becomes"),
    [
        ('environment: "production"', "# gone", "3.1.1", "failed"),  # the program's own default is development
        ('mode: "paper"', "# gone", "3.1.2", "failed"),
        ("max_daily_loss: 0.02", "# gone", "3.2.3", "error"),
        ("default_take_profit: 0.05", "# gone", "3.2.5", "error"),
        ("  auth:\n    enabled: true\n", "  auth:\n", "3.1.5", "failed"),
    ],
    ids=["environment", "mode", "loss", "profit", "authentication"],
)
def test_a_setting_that_is_missing_never_passes(checkout: Path, old: str, new: str, item: str, becomes: str) -> None:
    edit(checkout, old, new)

    assert outcomes(look(checkout)) == {item: becomes}


@pytest.mark.parametrize("value", ["no", "off", '"false"', "0", "null", "[]"])
def test_only_false_is_false(checkout: Path, value: str) -> None:
    edit(
        checkout,
        '  binance:\n    api_key: "${BINANCE_API_KEY}"\n    testnet: false',
        f"  binance:\n    testnet: {value}",
    )

    assert outcomes(look(checkout))["3.1.4"] in ("failed", "error")


@pytest.mark.parametrize(
    ("variables", "failed"),
    [
        ({"TRADING_MODE": "LIVE"}, ["3.1.2"]),
        ({"TRADING_MODE": "live"}, ["3.1.2"]),  # the file says paper: the order executor and the others disagree
        ({"TRADING_MODE": "paper"}, []),
        ({"CRYPTOFUNK_TRADING_MODE": "live"}, ["3.1.2"]),
        ({"CRYPTOFUNK_RISK_MAX_DRAWDOWN": "0.05"}, ["3.2.4"]),
        ({"CRYPTOFUNK_APP_ENVIRONMENT": "staging"}, ["3.1.1"]),
        ({"BINANCE_TESTNET": "true"}, ["3.1.4", "3.4.1"]),
        ({"CONFIG_PATH": "configs/examples/aggressive.yaml"}, ["3.1.1"]),
        ({"CONFIG_PATH": "/app/configs/config.yaml"}, []),
        ({"CRYPTOFUNK_API_AUTH_ENABLED": "true"}, ["3.1.5"]),
        ({"CRYPTOFUNK_ORCHESTRATOR_NATS_URL": "nats://elsewhere:4222"}, ["3.4.4"]),
        ({"CRYPTOFUNK_ORCHESTRATOR_METRICS_PORT": "8080"}, ["3.4.5"]),
        ({"GIN_MODE": "debug"}, ["3.1.5"]),
        ({"BINANCE_TESTNET": "false"}, []),
        ({"LOG_LEVEL": "debug"}, ["3.1.3"]),
        ({"VAULT_DEV_TOKEN": "anything-at-all"}, ["3.1.5"]),
        ({"CRYPTOFUNK_APP.ENVIRONMENT": "staging"}, ["3.1.1"]),
        ({"CRYPTOFUNK_ORCHESTRATOR_MIN_CONSENSUS": "0.7", "API_PORT": "8080"}, []),
    ],
    ids=str,
)
def test_variables_work_as_the_programs_read_them(checkout: Path, variables: dict[str, str], failed: list[str]) -> None:
    file = checkout.parent / "workload.env"
    file.write_text("".join(f"export {name}='{value}'  # why\n" for name, value in variables.items()))

    for options in ({"environment": variables}, {"environment_file": str(file)}):
        assert outcomes(look(checkout, **options)) == dict.fromkeys(failed, "failed")


def test_a_variable_of_the_files_of_deployment_counts(checkout: Path) -> None:
    write(checkout, "deployments/k8s/base/configmap.yaml", "kind: ConfigMap\ndata:\n  TRADING_MODE: PAPER\n")
    assert outcomes(look(checkout)) == {"3.1.2": "failed"}

    write(checkout, "deployments/k8s/base/configmap.yaml", "kind: ConfigMap\ndata:\n  TRADING_MODE: paper\n")
    write(checkout, "docker-compose.yml", "services: {x: {environment: ['TRADING_MODE=${TRADING_MODE:-paper}']}}\n")
    assert outcomes(look(checkout)) == {}
    assert outcomes(look(checkout, environment={"TRADING_MODE": "LIVE"})) == {"3.1.2": "failed"}


def test_a_file_of_deployment_that_cannot_be_read_leaves_its_facts_open(checkout: Path) -> None:
    write(checkout, "docker-compose.yml", "services: [\n")

    assert outcomes(look(checkout))["3.1.2"] == "error"


def test_the_running_api_that_agrees_passes(checkout: Path) -> None:
    assert outcomes(look(checkout, live=answered({"config": LIVE})), "live_config", LIVE_ITEMS) == {}


def test_the_running_api_that_contradicts_fails(checkout: Path) -> None:
    changed = {**LIVE, "risk": {**LIVE["risk"], "max_drawdown": 0.12}}

    assert outcomes(look(checkout, live=answered({"config": changed})), "live_config", LIVE_ITEMS) == {
        "3.2.4": "failed"
    }


NO_ANSWERS = {
    "no body": answered(None, unseen={"body": {"reason": "malformed", "message": "The body is not JSON"}}),
    "another body": answered({"error": "no"}),
    "a list": answered([1]),
    "no subject": {"observation": []},
    "unreachable": {"observation": [{"subject": "api", "error": {"reason": "refused", "message": "No"}, "unseen": {}}]},
    "lacks it": answered({"config": {"app": {}}}),
    "failed": {"failed": True, "msg": "no"},
}


@pytest.mark.parametrize("result", NO_ANSWERS.values(), ids=NO_ANSWERS.keys())
def test_the_running_api_that_does_not_say_is_an_error(checkout: Path, result: dict[str, t.Any]) -> None:
    subject = look(checkout, live=result)

    assert outcomes(subject, "live_config", LIVE_ITEMS) == dict.fromkeys(LIVE_ITEMS, "error")


def test_no_output_holds_a_secret(checkout: Path) -> None:
    edit(checkout, '"${POSTGRES_PASSWORD}"', "hunter2hunter2")
    write(checkout, "docker-compose.yml", "services: {x: {environment: {VAULT_DEV_TOKEN: 'dev-secret-token'}}}\n")
    sources = [{"file": "configs/config.yaml", "path": "database"}, {"variable": "DATABASE_URL"}]
    facts = [{"name": "database", "sources": sources[:1]}, {"name": "url", "sources": sources[1:]}]
    environment = {"DATABASE_URL": "postgres://app:url-password@db/app", "TRADING_MODE": "paper"}

    more = seen(config, path=str(checkout), facts=facts, environment=environment)
    text = json.dumps([look(checkout, environment=environment), more])

    assert [word for word in ("hunter2", "dev-secret", "url-password") if word in text] == []
