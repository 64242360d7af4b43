# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in what is watched: whom Prometheus scrapes, and what the panels of Grafana ask for."""

from __future__ import annotations

from sandbox._edits import Change, Edit, Remove, Write
from sandbox.defects._defect import Defect

_PROMETHEUS = "deployments/prometheus"
_SCRAPING = f"{_PROMETHEUS}/prometheus.yml"
_CONFIG_MAP = "deployments/k8s/base/configmap-monitoring.yaml"
_DASHBOARDS = "deployments/grafana/dashboards"


def _edit(name: str, items: str, says: str, file: str, right: str, wrong: str, everywhere: bool = False) -> Defect:
    return Defect(f"monitoring_{name}", tuple(items.split()), says, (Edit(file, right, wrong, everywhere),))


def _changed(name: str, items: str, says: str, *changes: Change) -> Defect:
    return Defect(f"monitoring_{name}", tuple(items.split()), says, changes)


_SCRAPES = [
    _edit(
        "orchestrator_port",
        "5.1.1 5.1.1.1",
        "The orchestrator is scraped on 8080, where nothing listens",
        _CONFIG_MAP,
        "orchestrator-service:8081",
        "orchestrator-service:8080",
    ),
    _edit(
        "orchestrator_elsewhere",
        "5.1.1.1",
        "The job of the orchestrator scrapes the API",
        _SCRAPING,
        "- orchestrator:8081",
        "- api:8080",
    ),
    _edit(
        "api_job_missing",
        "3.4.5 5.1.1.2",
        "There is no job for the API",
        _SCRAPING,
        """  - job_name: api
    static_configs:
      - targets:
          - api:8080
""",
        "",
    ),
    _edit(
        "api_port_of_the_pod",
        "5.1.1 5.1.1.2",
        "The API is scraped on the pods' port, which its Service does not have",
        _CONFIG_MAP,
        "api-service:80\n",
        "api-service:8080\n",
    ),
    _edit(
        "agent_port", "5.1.1.3", "The risk agent is scraped on 9103", _SCRAPING, "risk-agent:9108", "risk-agent:9103"
    ),
    _edit(
        "agent_unknown",
        "5.1.1 5.1.1.3",
        "An agent is scraped by a name that no service has",
        _SCRAPING,
        "trend-agent:9102",
        "trends-agent:9102",
    ),
    _edit(
        "postgres_without_targets",
        "3.4.5 5.1.1 5.1.1.4",
        "The job of PostgreSQL has no targets",
        _SCRAPING,
        "targets:\n          - postgres-exporter.example.com:9187",
        "targets: []",
    ),
    _edit(
        "redis_itself",
        "5.1.1.5",
        "Redis itself is scraped in place of its exporter",
        _SCRAPING,
        "redis-exporter.example.com:9121",
        "redis:6380",
    ),
    _edit(
        "mcp_without_targets",
        "5.1.1",
        "The job of the MCP servers has no targets",
        _SCRAPING,
        "targets:\n          - market-data-server:9201",
        "targets: []",
    ),
]

_DASHBOARD_DEFECTS = [
    _edit(
        "two_with_one_uid",
        "5.2.1 5.2.1.1",
        "Two dashboards have the same uid, so that Grafana takes neither",
        f"{_DASHBOARDS}/system-health.json",
        '"uid": "cryptofunk-system-health"',
        '"uid": "cryptofunk-system"',
    ),
    _changed(
        "no_risk_dashboard", "5.2.1.4", "The dashboard of the risks is gone", Remove(f"{_DASHBOARDS}/risk-metrics.json")
    ),
    _edit(
        "renamed_dashboard",
        "5.2.1.2",
        "The dashboard of the trading has another title",
        f"{_DASHBOARDS}/trading-performance.json",
        "CryptoFunk - Trading Performance",
        "CryptoFunk - Dashboard (Copy)",
    ),
    _changed(
        "empty_dashboard",
        "5.2.1.3 5.2.3",
        "The dashboard of the agents is empty",
        Write(
            f"{_DASHBOARDS}/agent-performance.json",
            '{"uid": "cryptofunk-agents", "title": "CryptoFunk - Agent Performance", "refresh": "10s", "panels": []}\n',
        ),
    ),
    _edit(
        "provider_elsewhere",
        "5.2.1",
        "The provider looks for dashboards where nothing is mounted",
        "deployments/grafana/provisioning/dashboards/dashboard.yml",
        "path: /var/lib/grafana/dashboards",
        "path: /etc/grafana/dashboards",
    ),
    _edit(
        "panel_of_no_metric",
        "5.2.2",
        "A panel asks for a metric that nothing registers",
        f"{_DASHBOARDS}/system-overview.json",
        "cryptofunk_total_pnl",
        "cryptofunk_portfolio_value_usd",
    ),
    _edit(
        "panel_of_no_label",
        "5.2.2",
        "A panel asks for a label that the metric does not have",
        f"{_DASHBOARDS}/risk-metrics.json",
        '"risk_agent_drawdown_current_percent"',
        '"risk_agent_drawdown_current_percent{mode=\\"live\\"}"',
    ),
    _edit(
        "panel_of_a_whole_histogram",
        "5.2.2",
        "A panel shows a histogram by its bare name",
        f"{_DASHBOARDS}/system-health.json",
        "histogram_quantile(0.95, sum by (le) (rate(health_check_latency_ms_bucket[5m])))",
        "health_check_latency_ms",
    ),
    _edit(
        "panel_with_a_typo",
        "5.2.2",
        "A panel's expression has a bracket too few",
        f"{_DASHBOARDS}/agent-activity.json",
        "rate(orchestrator_decisions_total[5m])",
        "rate(orchestrator_decisions_total[5m]",
    ),
    _edit(
        "unknown_source",
        "5.2.2",
        "The panels ask a data source that is not provisioned",
        f"{_DASHBOARDS}/trading-performance.json",
        '"uid": "${datasource}"',
        '"uid": "P1809F7CD0C75ACF3"',
        everywhere=True,
    ),
    _edit(
        "undeclared_variable",
        "5.2.3",
        "A panel uses a variable that the dashboard does not declare",
        f"{_DASHBOARDS}/explainability-dashboard.json",
        "sum(rate(cryptofunk_vector_search_operations_total[5m]))",
        'sum(rate(cryptofunk_vector_search_operations_total{operation=\\"$operation\\"}[5m]))',
    ),
    _edit(
        "no_variable",
        "5.2.3",
        "A dashboard has no variable",
        f"{_DASHBOARDS}/risk-metrics.json",
        """      {
        "name": "datasource",
        "type": "datasource",
        "query": "prometheus"
      }""",
        "",
    ),
    _edit(
        "slow_refresh",
        "5.2.4",
        "A dashboard is refreshed every five minutes",
        f"{_DASHBOARDS}/risk-metrics.json",
        '"refresh": "10s"',
        '"refresh": "5m"',
    ),
    _edit(
        "no_refresh",
        "5.2.4",
        "A dashboard is not refreshed by itself",
        f"{_DASHBOARDS}/agent-activity.json",
        '"refresh": "10s"',
        '"refresh": ""',
    ),
]

DEFECTS = [*_SCRAPES, *_DASHBOARD_DEFECTS]
