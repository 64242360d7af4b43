# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the configuration of the programs."""

from __future__ import annotations

from sandbox._edits import Edit, Write
from sandbox.defects._defect import Defect

_CONFIG = "configs/config.yaml"
_AGENTS = "configs/agents.yaml"


def _config(name: str, item: str, says: str, right: str, wrong: str) -> Defect:
    return Defect(name, (item,), says, (Edit(_CONFIG, right, wrong),))


def _agents(name: str, item: str, says: str, right: str, wrong: str) -> Defect:
    return Defect(name, (item,), says, (Edit(_AGENTS, right, wrong),))


def _bifrost(name: str, item: str, says: str, right: str, wrong: str) -> Defect:
    return Defect(name, (item,), says, (Edit("configs/bifrost.yaml", right, wrong),))


DEFECTS = [
    _config(
        "environment_is_development",
        "3.1.1",
        "app.environment is development",
        'environment: "production"',
        'environment: "development"',
    ),
    _config("mode_in_upper_case", "3.1.2", "trading.mode is LIVE", 'mode: "paper"', 'mode: "LIVE"'),
    _config("log_level_debug", "3.1.3", "app.log_level is debug", 'log_level: "info"', 'log_level: "debug"'),
    Defect(
        "testnet_on",
        ("3.1.4", "3.4.1"),
        "The exchange is its testnet",
        (Edit(_CONFIG, "testnet: false", "testnet: true"),),
    ),
    _config(
        "position_of_half",
        "3.2.2",
        "A position may be half of the portfolio",
        "max_position_size: 0.1",
        "max_position_size: 0.5",
    ),
    _config(
        "daily_loss_of_a_fifth", "3.2.3", "A fifth may be lost in a day", "max_daily_loss: 0.02", "max_daily_loss: 0.2"
    ),
    Defect(
        "drawdown_of_the_agent",
        ("3.2.4",),
        "The risk agent vetoes at 20 % only",
        (Edit(_AGENTS, "max_drawdown_percent: 10.0", "max_drawdown_percent: 20.0"),),
    ),
    Defect(
        "leverage_of_ten", ("3.3.5",), "The leverage is ten", (Edit(_AGENTS, "max_leverage: 1.0", "max_leverage: 10"),)
    ),
    _config(
        "environment_in_capitals",
        "3.1.1",
        "app.environment is Production",
        'environment: "production"',
        'environment: "Production"',
    ),
    Defect(
        "config_path_of_an_example",
        ("3.1.1",),
        "CONFIG_PATH sends the API to an example",
        (
            Edit(
                "docker-compose.yml",
                "      API_PORT: '8080'\n",
                "      API_PORT: '8080'\n      CONFIG_PATH: configs/examples/aggressive.yaml\n",
            ),
        ),
    ),
    Defect(
        "mode_of_compose_in_capitals",
        ("3.1.2",),
        "Compose gives the order executor PAPER",
        (Edit("docker-compose.yml", "TRADING_MODE: ${TRADING_MODE:-paper}", "TRADING_MODE: PAPER", everywhere=True),),
    ),
    Defect(
        "mode_of_the_configmap",
        ("3.1.2",),
        "The ConfigMap trades live and the file on paper",
        (Edit("deployments/k8s/base/configmap.yaml", "TRADING_MODE: paper", "TRADING_MODE: live"),),
    ),
    Defect(
        "mode_by_a_variable_that_nothing_reads",
        ("3.1.2",),
        "CRYPTOFUNK_TRADING_MODE is thought to work",
        (
            Edit(
                "deployments/k8s/base/configmap.yaml",
                "TRADING_MODE: paper",
                "TRADING_MODE: paper\n  CRYPTOFUNK_TRADING_MODE: live",
            ),
        ),
    ),
    _agents(
        "log_level_of_one_agent",
        "3.1.3",
        "One agent logs at debug",
        'technical-agent: "info"',
        'technical-agent: "debug"',
    ),
    Defect(
        "log_level_of_the_configmap",
        ("3.1.3",),
        "The ConfigMap says LOG_LEVEL debug",
        (Edit("deployments/k8s/base/configmap.yaml", "LOG_LEVEL: info", "LOG_LEVEL: debug"),),
    ),
    Defect(
        "log_level_compiled_in",
        ("3.1.3",),
        "The orchestrator forces debug",
        (
            Edit(
                "cmd/orchestrator/main.go",
                "\tflag.Parse()\n",
                "\tflag.Parse()\n\tzerolog.SetGlobalLevel(zerolog.DebugLevel)\n",
            ),
        ),
    ),
    Defect(
        "testnet_by_variable",
        ("3.1.4", "3.4.1"),
        "Compose sets BINANCE_TESTNET",
        (
            Edit(
                "docker-compose.yml",
                "      TRADING_MODE: ${TRADING_MODE:-paper}\n",
                "      TRADING_MODE: ${TRADING_MODE:-paper}\n      BINANCE_TESTNET: 'true'\n",
                everywhere=True,
            ),
        ),
    ),
    _config(
        "keys_over_plain_http",
        "3.1.5",
        "The API takes keys over plain HTTP",
        "require_https: true",
        "require_https: false",
    ),
    _config(
        "debug_of_the_bot",
        "3.1.5",
        "The Telegram bot runs in debug mode",
        "  polling_timeout: 60\n  debug: false",
        "  polling_timeout: 60\n  debug: true",
    ),
    _config(
        "origin_of_a_developer",
        "3.1.5",
        "A page on localhost may call the API",
        '    - "https://dashboard.cryptofunk.example.com"\n',
        '    - "https://dashboard.cryptofunk.example.com"\n    - "http://localhost:3000"\n',
    ),
    Defect(
        "section_that_nothing_reads",
        ("3.1.5", "6.4.3"),
        "A block of settings that no program knows",
        (Edit(_CONFIG, "monitoring:\n", "maintenance:\n  enabled: true\n\nmonitoring:\n"),),
    ),
    _bifrost(
        "gateway_open_to_all_origins",
        "3.1.5",
        "Any page may call the gateway",
        '    - "https://cryptofunk.example.com"',
        '    - "*"',
    ),
    _bifrost(
        "gateway_without_keys",
        "3.1.5",
        "The gateway asks for no key",
        "api_key_validation: true",
        "api_key_validation: false",
    ),
    _config(
        "position_in_percent",
        "3.2.2",
        "A position is 10, as if in percent",
        "max_position_size: 0.1",
        "max_position_size: 10",
    ),
    _agents(
        "position_of_all_the_capital",
        "3.2.2",
        "The risk agent allows a position of all the capital",
        "max_position_size: 1000.0",
        "max_position_size: 10000.0",
    ),
    Defect(
        "daily_loss_misspelt",
        ("3.2.3", "6.4.3"),
        "The key is max_daily_los",
        (Edit(_CONFIG, "max_daily_loss: 0.02", "max_daily_los: 0.02"),),
    ),
    _agents(
        "daily_loss_of_the_agents",
        "3.2.3",
        "agents.yaml states another daily loss",
        "max_daily_loss: 0.02",
        "max_daily_loss: 0.03",
    ),
    Defect(
        "drawdown_misspelt",
        ("3.2.4", "6.4.3"),
        "The key is max_drawdwn",
        (Edit(_CONFIG, "max_drawdown: 0.1", "max_drawdwn: 0.1"),),
    ),
    _config(
        "drawdown_disagrees",
        "3.2.4",
        "config.yaml says 12 %, the risk agent keeps to 10 %",
        "max_drawdown: 0.1",
        "max_drawdown: 0.12",
    ),
    _config("no_stop_loss", "3.2.5", "The stop loss is 0", "default_stop_loss: 0.02", "default_stop_loss: 0"),
    _config(
        "stop_beyond_the_profit",
        "3.2.5",
        "The stop loss is above the take profit",
        "default_take_profit: 0.05",
        "default_take_profit: 0.015",
    ),
    _config(
        "breaker_unlike_the_code",
        "3.2.7",
        "A breaker is configured unlike the constant that it uses",
        'open_timeout: "15s"',
        'open_timeout: "45s"',
    ),
    Defect(
        "breaker_that_never_opens",
        ("3.2.7",),
        "A breaker's constant needs 10,000 requests",
        (Edit("internal/risk/circuit_breaker.go", "ExchangeMinRequests     = 5", "ExchangeMinRequests     = 10_000"),),
    ),
    _agents(
        "breakers_off",
        "3.2.7",
        "The circuit breakers of the risk agent are off",
        "    circuit_breakers:\n      enabled: true",
        "    circuit_breakers:\n      enabled: false",
    ),
    _agents(
        "halt_beyond_the_drawdown", "3.2.7", "Trading halts at 50 % only", "drawdown_halt: 0.08", "drawdown_halt: 0.5"
    ),
    _config("pair_with_a_slash", "3.3.1", "A pair is written ETH/USDT", '"ETHUSDT"', '"ETH/USDT"'),
    Defect(
        "capital_by_a_variable_that_nothing_reads",
        ("3.3.2",),
        "CRYPTOFUNK_TRADING_INITIAL_CAPITAL is thought to work",
        (
            Edit(
                "deployments/k8s/base/configmap.yaml",
                "TRADING_MODE: paper",
                "TRADING_MODE: paper\n  CRYPTOFUNK_TRADING_INITIAL_CAPITAL: '50000'",
            ),
        ),
    ),
    _agents(
        "positions_disagree",
        "3.3.3",
        "The risk agent allows five positions",
        "max_open_positions: 3",
        "max_open_positions: 5",
    ),
    _agents(
        "exposure_of_five_capitals",
        "3.3.3",
        "All positions may be five times the capital",
        "max_total_exposure: 5000.0",
        "max_total_exposure: 50000.0",
    ),
    _config("orders_of_nothing", "3.3.4", "The default quantity is 0", "default_quantity: 0.01", "default_quantity: 0"),
    Defect(
        "futures_in_the_code",
        ("3.3.5",),
        "The exchange client imports the futures API",
        (
            Edit(
                "internal/exchange/binance.go",
                'import "os"\n',
                'import (\n\t"os"\n\n\t_ "github.com/adshao/go-binance/v2/futures"\n)\n',
            ),
        ),
    ),
    Defect(
        "testnet_compiled_in",
        ("3.4.1",),
        "A server compiles the test network in",
        (
            Edit(
                "cmd/mcp-servers/market-data/main.go",
                '\tserver := mcp.NewServer("market-data")\n',
                '\tserver := mcp.NewServer("market-data")\n\tbinance.UseTestnet = true\n',
            ),
        ),
    ),
    _config(
        "exchange_not_configured", "3.4.1", "The exchange has no settings", 'exchange: "binance"', 'exchange: "kraken"'
    ),
    _config(
        "gateway_on_the_own_port",
        "3.4.2",
        "The gateway is looked for at the API's port",
        "http://bifrost-service:8080/v1",
        "http://localhost:8080/v1",
    ),
    _config(
        "model_that_the_gateway_lacks",
        "3.4.2",
        "The gateway does not have the model",
        'primary_model: "claude-sonnet-4-20250514"',
        'primary_model: "claude-sonnet-5"',
    ),
    Defect(
        "fallback_in_the_plural",
        ("3.4.2", "6.4.3"),
        "llm.fallback_models is read by nothing",
        (Edit(_CONFIG, 'fallback_model: "gpt-4-turbo"', 'fallback_models: ["gpt-4-turbo"]'),),
    ),
    _config(
        "more_than_the_plan",
        "3.4.3",
        "More requests than the plan allows",
        "requests_per_minute: 30",
        "requests_per_minute: 100",
    ),
    _agents(
        "agents_without_nats",
        "3.4.4",
        "The agents look for NATS on localhost",
        'nats:\n  url: "nats://nats-service:4222"\n\nanalysis_agents:',
        "analysis_agents:",
    ),
    Defect(
        "job_without_targets",
        ("3.4.5", "5.1.1", "5.1.1.4"),
        "Nothing is scraped of PostgreSQL",
        (
            Edit(
                "deployments/prometheus/prometheus.yml",
                "      - targets:\n          - postgres-exporter.example.com:9187",
                "      - targets: []",
            ),
        ),
    ),
    Defect(
        "orchestrator_elsewhere",
        ("3.4.5",),
        "The API looks for the orchestrator at another port",
        (Edit("configs/config.yaml", "orchestrator-service:8081", "orchestrator-service:8080"),),
    ),
    Defect(
        "kelly_of_more_than_all",
        ("3.2.6",),
        "The fraction of Kelly's criterion is 2.5 everywhere",
        (Edit(_AGENTS, "kelly_fraction: 0.25", "kelly_fraction: 2.5", everywhere=True),),
    ),
    Defect(
        "address_of_a_testnet",
        ("3.4.1",),
        "A configuration has the address of the test network",
        (Write("configs/exchange.yaml", 'base_url: "https://testnet.binance.vision"\n'),),
    ),
    Defect(
        "password_in_the_configuration",
        ("1.2.7",),
        "The password of the database is postgres",
        (Edit(_CONFIG, '"${POSTGRES_PASSWORD}"', '"postgres"'),),
    ),
]
