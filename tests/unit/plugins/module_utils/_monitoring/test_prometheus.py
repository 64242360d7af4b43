# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import textwrap
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _prometheus
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import Metric, Registered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._network import Network, split
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._prometheus import WantedJob
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import rules, seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._vocabulary import Vocabulary
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._wanted import alert_faults, wanted

_CONFIG = """
    rule_files: [alerts/*.yml]
    alerting: {alertmanagers: [{static_configs: [{targets: ["alertmanager:9093"]}]}]}
    scrape_configs:
      - job_name: api
        static_configs: [{targets: ["api:8080"]}]
      - job_name: pods
        kubernetes_sd_configs: [{role: pod}]
      - job_name: none
        static_configs: [{targets: []}]
"""


def made(*exprs: str, waits: str = "1m", config: str = _CONFIG) -> _prometheus.Prometheus:
    body = "".join(f"  - {{alert: A{number}, expr: '{one}', for: {waits}}}\n" for number, one in enumerate(exprs))
    body += "  - {record: busy, expr: '1 - rate(idle[5m])'}\n  - {record: odd, expr: 'hour(idle)'}\n"
    files = {
        "p/prometheus.yml": textwrap.dedent(config),
        "p/alerts/a.yml": f"groups:\n- name: g\n  rules:\n{body}",
        "p/other.yml": "a: 1\n",
    }
    texts = [(name, Text(content.encode(), name)) for name, content in files.items()]
    return _prometheus.read(_prometheus.of_files(texts), Network())


def test_the_files_beside_a_configuration_are_what_it_finds() -> None:
    found = made("up == 0")
    assert [rule.name for rule in found.rules] == ["A0", "busy", "odd"]
    assert (found.rules[0].at, found.rules[0].waits, found.rule_faults) == ("p/alerts/a.yml:4", 60.0, [])
    assert [one.address for one in found.alertmanagers] == ["alertmanager:9093"]


def test_a_pattern_that_matches_no_file_is_told() -> None:
    (found,) = made(config=_CONFIG.replace("alerts/", "rules/")).rule_faults
    assert found == {
        "says": "p/prometheus.yml finds no file rules/*.yml: no rule of it is loaded",
        "at": "p/prometheus.yml:2",
    }


@pytest.mark.parametrize(
    ("name", "ports", "words"),
    [
        ("api", [8080], []),
        ("api", [8080, 9090], ["The job api does not reach port 9090 of api: api:8080 leads to 8080"]),
        ("db", [1], ["p/prometheus.yml has no job db"]),
        ("none", [1], ["The job none has no targets"]),
    ],
)
def test_a_wanted_job_is_compared(name: str, ports: list[int], words: list[str]) -> None:
    faults, at = _prometheus.job_faults(made(), WantedJob(name, name, ports, ""))
    assert [one["says"] for one in faults] == words
    assert at[0].startswith("p/prometheus.yml:")


def test_targets_that_are_found_at_run_time_are_not_guessed() -> None:
    with pytest.raises(LookError) as caught:
        _prometheus.job_faults(made(), WantedJob("pods", "pods", [1], ""))
    assert caught.value.reason is Reason.UNSUPPORTED


@pytest.mark.parametrize(
    ("address", "found"),
    [("a:1", ("a", 1)), ("a", ("a", 80)), ("[::1]:9", ("::1", 9)), ("http://a:1/x", ("a", 1)), ("a b", ("a b", None))],
)
def test_an_address_is_taken_apart(address: str, found: tuple[str, int | None]) -> None:
    assert split(address) == found


@pytest.mark.parametrize(("text", "found"), [("1h30m", 5400.0), ("0", 0.0), ("10s", 10.0), ("5", None), ("", None)])
def test_a_duration_is_read(text: str, found: float | None) -> None:
    assert seconds(text) == found


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{alert: A, expr: up == 0, for: soon}", "for: soon is no duration"),
        ("{alert: A, expr: rate(a)}", "The expression is no PromQL"),
        ("{alert: A, record: a, expr: up}", "A rule needs either alert or record"),
        ("{alert: A, expr: up, fro: 1m}", "Prometheus does not know fro in a rule"),
    ],
)
def test_a_rule_that_prometheus_refuses_is_told(rule: str, words: str) -> None:
    (found,) = rules(Text(f"groups: [{{name: g, rules: [{rule}]}}]\n".encode(), "a.yml"))
    assert found.faults[0].startswith(words)


VOCABULARY = Vocabulary(
    ["up|idle"], lambda: Registered([Metric("dead", "gauge", "m.go:7", [], moves=False)]), recorded={"busy", "odd"}
)
BUSY = {
    "name": "busy",
    "for_at_most": "5m",
    "situations": [{"fires": ["idle 0.05"], "silent": ["idle 0.5"]}, {"fires": ["dead 1"], "silent": ["dead 0"]}],
}


def faults(*exprs: str, **more: t.Any) -> list[str]:
    return [one["says"] for one in alert_faults(made(*exprs, **more), wanted(BUSY), VOCABULARY)[0]]


@pytest.mark.parametrize("expr", ["1 - rate(idle[5m]) > 0.9", "rate(idle[1m]) * 100 < 10", "busy > 0.9"])
def test_a_rule_that_fires_when_it_should_is_enough(expr: str) -> None:
    assert faults("up == 0", expr) == []


@pytest.mark.parametrize(
    ("expr", "waits", "words"),
    [
        ("1 - rate(idle[5m]) > 0.99", "1m", "A0 does not fire when idle is 0.05"),
        ("1 - rate(idle[5m]) > 0.3", "1m", "A0 fires already when idle is 0.5"),
        ("1 - rate(idle[5m]) < 0.9", "1m", "A0 does not fire when idle is 0.05"),
        ("1 - rate(idle[5m]) > 0.9", "1h", "A0 waits for 3600 s, more than 300 s"),
        ("dead == 1", "1m", "A0: dead is never moved: no code that runs updates what m.go:7 registers"),
        ("up == 0", "1m", "No rule that p/prometheus.yml loads watches idle, dead or the like"),
    ],
)
def test_a_rule_that_does_not_is_told(expr: str, waits: str, words: str) -> None:
    assert faults(expr, waits=waits) == [words]


def test_a_rule_that_cannot_be_played_through_is_not_judged() -> None:
    with pytest.raises(LookError) as caught:
        faults("odd > 3 and on () idle < 1")
    assert caught.value.reason is Reason.UNSUPPORTED
