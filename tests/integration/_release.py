# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The configuration of a healthy release, laid out as CryptoFunk's own, and the look that the role configuration takes at it."""

from __future__ import annotations

import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue

from ._judging import defaults, outcome, seen

DEFAULTS = defaults("configuration")
_BREAKER = """\
    {service}:
      min_requests: {requests}
      failure_ratio: 0.6
      open_timeout: "{open}s"
      half_open_max_reqs: 3
      count_interval: "10s"
"""
CONFIG = (
    """\
app:
  environment: "production"
  log_level: "info"
database:
  password: "${POSTGRES_PASSWORD}"
nats:
  url: "nats://nats:4222"
llm:
  gateway: "bifrost"
  endpoint: "http://bifrost:8080/v1/chat/completions"
  primary_model: "large"
mcp:
  external:
    coingecko:
      rate_limit:
        enabled: true
        requests_per_minute: 30
trading:
  mode: "paper"  # paper or live
  symbols: ["BTCUSDT", "ETHUSDT"]
  exchange: "binance"
  initial_capital: 10000.0
  max_positions: 3
  default_quantity: 0.01
risk:
  max_position_size: 0.1
  max_daily_loss: 0.02
  max_drawdown: 0.1
  default_stop_loss: 0.02
  default_take_profit: 0.05
  circuit_breaker:
"""
    + "".join(
        _BREAKER.format(service=service, requests=requests, open=seconds)
        for service, requests, seconds in (("exchange", 5, 30), ("llm", 3, 60), ("database", 10, 15))
    )
    + """\
exchanges:
  binance:
    api_key: "${BINANCE_API_KEY}"
    testnet: false
  bybit:
    testnet: false
api:
  orchestrator_url: "http://orchestrator:8081"
  auth:
    enabled: true
    require_https: true
  allowed_origins:
    - "https://app.example.com"
telegram:
  debug: false
"""
)
AGENTS = """\
risk_agent:
  nats_url: "nats://nats:4222"
  max_position_size: 1000.0
  max_total_exposure: 5000.0
  max_open_positions: 3
  max_drawdown_percent: 10.0
  kelly_fraction: 0.25
  config:
    max_leverage: 1.0
    circuit_breakers:
      enabled: true
      drawdown_halt: 0.08
logging:
  level: info
nats:
  url: "nats://nats:4222"
"""
ORCHESTRATOR = """\
orchestrator:
  nats_url: "nats://nats:4222"
  metrics_port: 8081
"""
BIFROST = """\
providers:
  - name: first
    api_key: ${FIRST_API_KEY}
    models: [large, small]
security:
  api_key_validation: true
  allowed_origins: ["https://app.example.com"]
"""
BREAKERS = """\
package risk

import "time"

const (
    ExchangeMinRequests = 5
    ExchangeOpenTimeout = 30 * time.Second
    LLMFailureRatio     = 0.6
)
"""
NATS = """\
kind: Deployment
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: nats
          args: ["--cluster", "nats://0.0.0.0:6222", "--routes", "nats://nats:6222"]
"""
SCRAPES = "scrape_configs:\n" + "".join(
    f"  - job_name: {job}\n    static_configs: [{{targets: ['{job}:9100']}}]\n"
    for job in DEFAULTS["configuration_scrape_jobs"]
)
MONITORING = "kind: ConfigMap\ndata:\n  prometheus.yml: |\n" + "".join(f"    {line}\n" for line in SCRAPES.splitlines())
FILES = {
    "configs/config.yaml": CONFIG,
    "configs/agents.yaml": AGENTS,
    "configs/orchestrator.yaml": ORCHESTRATOR,
    "configs/bifrost.yaml": BIFROST,
    "internal/risk/circuit_breaker.go": BREAKERS,
    "deployments/k8s/base/deployment-nats.yaml": NATS,
    "deployments/k8s/base/configmap-monitoring.yaml": MONITORING,
    "deployments/prometheus/prometheus.yml": SCRAPES,
}
LIVE = {
    "app": {"environment": "production"},
    "trading": {
        "mode": "paper",
        "symbols": ["BTCUSDT", "ETHUSDT"],
        "exchange": "binance",
        "initial_capital": 10000,
        "max_positions": 3,
        "default_quantity": 0.01,
    },
    "risk": {
        "max_position_size": 0.1,
        "max_daily_loss": 0.02,
        "max_drawdown": 0.1,
        "default_stop_loss": 0.02,
        "default_take_profit": 0.05,
    },
    "llm": {
        "gateway": "bifrost",
        "endpoint": "http://bifrost:8080/v1/chat/completions",
        "primary_model": "large",
    },
    "nats": {"url": "nats://nats:4222"},
}


def _items(of: str) -> tuple[str, ...]:
    return tuple(
        item["id"]
        for item in read_catalogue()
        if item["section"] == "configuration" and any(check["of"] == of for check in item["checks"])
    )


ITEMS = _items("config")
LIVE_ITEMS = _items("live_config")


def make(path: Path) -> Path:
    """Write a healthy release to *path*."""
    for name, text in FILES.items():
        write(path, name, text)
    return path


def look(checkout: Path, **options: t.Any) -> dict[str, t.Any]:
    """Look as the role does."""
    return seen(
        config,
        path=str(checkout),
        facts=DEFAULTS["configuration_facts"],
        environments=DEFAULTS["configuration_environments"],
        ignored_variables=DEFAULTS["configuration_ignored_variables"],
        known_keys=DEFAULTS["configuration_known_keys"],
        url_files=DEFAULTS["configuration_url_files"],
        documents=[
            {"name": "scrape_jobs", "kind": "scrape_jobs", "files": DEFAULTS["configuration_scrape_files"]},
            {
                "name": "kubernetes_scrape_jobs",
                "kind": "scrape_jobs",
                "files": DEFAULTS["configuration_kubernetes_scrape_files"],
            },
        ],
        **options,
    )


def outcomes(subject: dict[str, t.Any], of: str = "config", items: t.Sequence[str] = ITEMS) -> dict[str, str]:
    """The items that did not pass."""
    found = {item: outcome(item, of, subject) for item in items}
    return {item: one for item, one in found.items() if one != "passed"}


def write(checkout: Path, name: str, text: str) -> None:
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text(text)


def edit(checkout: Path, old: str, new: str, name: str = "configs/config.yaml") -> None:
    text = (checkout / name).read_text()
    assert text.count(old) == 1
    (checkout / name).write_text(text.replace(old, new))


def answered(body: t.Any, **more: t.Any) -> dict[str, t.Any]:
    return {"observation": [{"subject": "api", "error": None, "unseen": {}, "body": body, **more}]}
