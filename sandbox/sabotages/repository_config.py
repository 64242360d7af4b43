# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the configuration of a release can be wrong beyond single values: its parts disagree, or nothing reads them."""

from __future__ import annotations

from sandbox._edits import Edit
from sandbox.components import repository
from sandbox.sabotages.repository import edited

_CONFIG = repository.CONFIG
_AGENTS = "configs/agents.yaml"

SABOTAGES = [
    edited(
        "config_stop_loss",
        ("3.2.5",),
        "The stop loss is above the take profit",
        Edit(_CONFIG, "default_stop_loss: 0.02", "default_stop_loss: 0.08"),
    ),
    edited(
        "agents_kelly",
        ("3.2.6",),
        "The fractions of Kelly's criterion disagree",
        Edit(_AGENTS, "kelly_fraction: 0.25\n  stop_loss", "kelly_fraction: 0.9\n  stop_loss"),
    ),
    edited(
        "breaker_constant",
        ("3.2.7",),
        "A circuit breaker uses another constant than the configuration says",
        Edit("internal/risk/circuit_breaker.go", "LLMMinRequests     = 3", "LLMMinRequests     = 300"),
    ),
    edited("config_symbol", ("3.3.1",), "A trading pair is none", Edit(_CONFIG, '    - "ETHUSDT"', '    - "eth/usdt"')),
    edited(
        "config_capital",
        ("3.3.2",),
        "The initial capital is misspelt",
        Edit(_CONFIG, "initial_capital: 10000.0", "initial_captial: 10000.0"),
    ),
    edited(
        "agents_positions",
        ("3.3.3",),
        "The risk agent allows more positions than the configuration",
        Edit(_AGENTS, "max_open_positions: 3", "max_open_positions: 7"),
    ),
    edited("config_quantity", ("3.3.4",), "An order is of nothing", Edit(_CONFIG, "quantity: 0.01", "quantity: 0")),
    edited(
        "compiled_testnet",
        ("3.4.1",),
        "A server compiles the test network in",
        Edit("cmd/mcp-servers/market-data/main.go", "\tgo server.", "\tbinance.UseTestnet = true\n\tgo server."),
    ),
    edited(
        "config_gateway",
        ("3.4.2",),
        "The gateway is looked for at the API's own port",
        Edit(_CONFIG, "http://bifrost-service:8080/v1", "http://localhost:8080/v1"),
    ),
    edited(
        "config_coingecko",
        ("3.4.3",),
        "More requests than the plan allows",
        Edit(_CONFIG, "requests_per_minute: 30", "requests_per_minute: 500"),
    ),
    edited(
        "agents_nats",
        ("3.4.4",),
        "The agents look for NATS elsewhere",
        Edit(_AGENTS, 'nats:\n  url: "nats://nats-service:4222"', 'nats:\n  url: "nats://localhost:4222"'),
    ),
    edited(
        "scrape_no_redis",
        ("3.4.5",),
        "Nothing is scraped of Redis",
        Edit(
            "deployments/prometheus/prometheus.yml",
            "      - targets:\n          - redis-exporter.example.com:9121",
            "      - targets: []",
        ),
    ),
    edited(
        "config_password",
        ("1.2.7",),
        "The password of the database is postgres",
        Edit(_CONFIG, '"${POSTGRES_PASSWORD}"', '"postgres"'),
    ),
    edited(
        "config_secret",
        ("1.1.2",),
        "The password of the database stands in the configuration",
        Edit(_CONFIG, '"${REDIS_PASSWORD}"', '"tulip-harbour-49-copper"'),
    ),
]
