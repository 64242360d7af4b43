# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the alerts: which rules Prometheus loads, and whom Alertmanager tells."""

from __future__ import annotations

from sandbox._edits import Change, Edit
from sandbox.defects._defect import Defect

_PROMETHEUS = "deployments/prometheus"
_SCRAPING = f"{_PROMETHEUS}/prometheus.yml"
_ALERTMANAGER = f"{_PROMETHEUS}/alertmanager.yml"
_SYSTEM = f"{_PROMETHEUS}/alerts/system_alerts.yml"
_TRADING = f"{_PROMETHEUS}/alerts/trading_alerts.yml"
_AGENTS = f"{_PROMETHEUS}/alerts/agent_alerts.yml"
_ERRORS = f"{_PROMETHEUS}/alerts/error_alerts.yml"
_CONFIG_MAP = "deployments/k8s/base/configmap-monitoring.yaml"
_CODE = "internal/metrics/metrics.go"
_PAGERDUTY = """    pagerduty_configs:
      - routing_key_file: /etc/alertmanager/secrets/pagerduty-routing-key
        severity: critical
"""


def _edit(name: str, items: str, says: str, file: str, right: str, wrong: str, everywhere: bool = False) -> Defect:
    return Defect(f"monitoring_{name}", tuple(items.split()), says, (Edit(file, right, wrong, everywhere),))


def _changed(name: str, items: str, says: str, *changes: Change) -> Defect:
    return Defect(f"monitoring_{name}", tuple(items.split()), says, changes)


_RULES = [
    _edit(
        "no_alertmanager",
        "5.3.1",
        "Prometheus names no Alertmanager",
        _SCRAPING,
        "    - static_configs:\n        - targets:\n            - alertmanager:9093\n",
        "",
    ),
    _edit(
        "alertmanager_placeholder",
        "5.3.1 5.3.3.1",
        "The mail server is waiting to be filled in",
        _ALERTMANAGER,
        "smtp_smarthost: smtp.example.com:587",
        "smtp_smarthost: ${SMTP_HOST}:587",
    ),
    _edit(
        "unknown_receiver",
        "5.3.1",
        "A route leads to a receiver that there is not",
        _ALERTMANAGER,
        "- receiver: trading-alerts",
        "- receiver: trade-alerts",
    ),
    _edit(
        "rules_elsewhere",
        "2.1.5 5.3.2 5.3.2.1 5.3.2.2 5.3.2.3 5.3.2.4 5.3.2.5 5.3.2.6 5.3.2.7 5.3.2.8",
        "Prometheus looks for its rules in another folder",
        _SCRAPING,
        "- alerts/*.yml",
        "- rules/*.yml",
    ),
    _edit(
        "rule_of_no_metric",
        "5.3.2",
        "A rule watches a metric that nothing registers",
        _AGENTS,
        "cryptofunk_agent_signal_confidence < 0.3",
        "cryptofunk_agent_confidence < 0.3",
    ),
    _edit(
        "rule_divides_by_itself",
        "5.3.2",
        "A rule divides a rate by itself, series by series",
        _ERRORS,
        'sum(rate(cryptofunk_http_requests_total{status_code=~"4.."}[5m])) / sum(rate(cryptofunk_http_requests_total[5m]))',
        'rate(cryptofunk_http_requests_total{status_code=~"4.."}[5m]) / rate(cryptofunk_http_requests_total[5m])',
    ),
    _edit(
        "rule_with_a_typo",
        "5.3.2",
        "A rule's expression is no PromQL, so that Prometheus refuses the file",
        _ERRORS,
        'rate(cryptofunk_errors_total{type="critical"}[5m]) > 0',
        'rate(cryptofunk_errors_total{type="critical"}) > 0',
    ),
    _edit(
        "still_metric",
        "5.2.2 5.3.2",
        "The code registers a metric that a rule and a panel watch, and moves it no more",
        _CODE,
        '	case "cryptofunk_win_rate":\n		winRate.Set(event.Value)\n',
        "",
    ),
    _edit("cpu_late", "5.3.2.1", "The alert on the CPU comes at 99 % only", _SYSTEM, "[5m]))) > 90", "[5m]))) > 99"),
    _edit(
        "cpu_hours",
        "5.3.2.1",
        "The alert on the CPU waits for hours",
        _CONFIG_MAP,
        '{mode="idle"}[5m]))) > 90\n            for: 5m',
        '{mode="idle"}[5m]))) > 90\n            for: 5h',
    ),
    _edit(
        "memory_reversed",
        "5.3.2.2",
        "The alert on the memory compares the wrong way round",
        _SYSTEM,
        "node_memory_MemTotal_bytes) > 90",
        "node_memory_MemTotal_bytes) < 90",
    ),
    _edit(
        "disk_fraction",
        "5.3.2.3",
        "The alert on the disk compares percent with a fraction",
        _SYSTEM,
        "/ node_filesystem_size_bytes < 20",
        "/ node_filesystem_size_bytes < 0.2",
    ),
    _edit(
        "database_watched_nowhere",
        "5.3.2.4",
        "Nothing on Kubernetes watches whether the database accepts connections",
        _CONFIG_MAP,
        "expr: pg_up == 0",
        "expr: redis_up == 0",
    ),
    _edit(
        "breaker_half_open",
        "5.3.2.5",
        "The alert on the breakers waits for a state that they leave at once",
        _AGENTS,
        "(circuit_breaker_state) == 1",
        "(circuit_breaker_state) > 1",
    ),
    _edit(
        "breaker_of_dead_metric",
        "5.3.2 5.3.2.5",
        "The alert on the breakers watches a metric that there is not",
        _AGENTS,
        "max by (service) (circuit_breaker_state) == 1",
        "cryptofunk_circuit_breaker_status == 1",
    ),
    _changed(
        "drawdown_as_fraction",
        "5.3.2.6",
        "The alerts on the drawdown take percent for a fraction",
        Edit(_TRADING, "risk_agent_drawdown_current_percent > 8", "risk_agent_drawdown_current_percent > 0.08"),
        Edit(_TRADING, "risk_agent_drawdown_current_percent > 9", "risk_agent_drawdown_current_percent > 0.09"),
    ),
    _edit(
        "agent_of_other_job",
        "5.3.2.7",
        "The alert on a lost agent watches a job of another name",
        _AGENTS,
        'up{job="agents"} == 0',
        'up{job="trading-agents"} == 0',
    ),
    _edit(
        "trades_of_other_service",
        "5.3.2.8",
        "The alert on failed trades counts the failures of the language model",
        _CONFIG_MAP,
        'circuit_breaker_failures_total{service="exchange"}',
        'circuit_breaker_failures_total{service="llm"}',
    ),
    _changed(
        "size_of_the_database",
        "2.1.5 5.3.2.3",
        "The alerts on the size of the database and on the disks come when both are full",
        Edit(_SYSTEM, "pg_database_size_bytes / 53687091200 > 0.8", "pg_database_size_bytes / 53687091200 > 2"),
        Edit(_SYSTEM, "/ node_filesystem_size_bytes < 20", "/ node_filesystem_size_bytes < 2"),
    ),
]

_CHANNELS = [
    _edit(
        "route_of_no_alert",
        "5.3.3",
        "A route waits for an alert that no rule defines",
        _ALERTMANAGER,
        'alertname="CircuitBreakerTripped"',
        'alertname="CircuitBreakerOpen"',
    ),
    _edit(
        "mail_without_sender",
        "5.3.3.1",
        "No mail has a sender",
        _ALERTMANAGER,
        "  smtp_from: cryptofunk-alerts@example.com\n",
        "",
    ),
    _edit(
        "chat_placeholder",
        "5.3.3.2",
        "The webhook of every chat is a word in its place",
        _CONFIG_MAP,
        "api_url_file: /etc/alertmanager/secrets/slack-webhook-url",
        "api_url: https://hooks.slack.com/services/CHANGE_ME",
        everywhere=True,
    ),
    _edit("no_pager", "5.3.3.3", "A critical alert wakes nobody", _ALERTMANAGER, _PAGERDUTY, ""),
    _edit(
        "pager_of_no_route",
        "5.3.3.3",
        "Critical alerts are routed by a severity that no rule has",
        _ALERTMANAGER,
        'severity="critical"',
        'severity="page"',
    ),
    _edit(
        "nobody_told",
        "5.3.3",
        "What no route names ends where nobody is told",
        _ALERTMANAGER,
        """  - name: team-notifications
    slack_configs:
      - api_url_file: /etc/alertmanager/secrets/slack-webhook-url
        channel: '#cryptofunk'
        send_resolved: true
    email_configs:
      - to: trading-team@example.com
        send_resolved: true
""",
        "  - name: team-notifications\n",
    ),
]

DEFECTS = [*_RULES, *_CHANNELS]
