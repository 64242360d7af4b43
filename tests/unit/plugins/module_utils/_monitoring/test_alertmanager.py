# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import textwrap
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _alertmanager
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._rules import Rule
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._workloads import Workload

_HEALTHY = """
    global: {smtp_smarthost: "mail.example.com:587", smtp_from: alerts@example.com}
    route:
      receiver: team
      routes:
        - {receiver: pager, matchers: ['severity="critical"'], continue: true}
        - {receiver: night, match_re: {alertname: "(Slow|Late)"}}
        - receiver: deep
          match: {component: trading}
          routes: [{matchers: 'alertname=~"Trade.*", severity!="info"'}]
    receivers:
      - {name: team, email_configs: [{to: team@example.com}]}
      - {name: pager, pagerduty_configs: [{routing_key_file: /key}]}
      - {name: night, slack_configs: [{api_url_file: /url, text: "<!channel> ${{ .Value }}"}]}
      - {name: deep, webhook_configs: [{url_file: /hook}]}
"""
RULES = [
    Rule("Slow", True, "up == 0", "r.yml:1", labels={"severity": "warning"}),
    Rule("Late", True, "up == 0", "r.yml:2", labels={"severity": "critical"}),
]


def read(config: str = _HEALTHY, **edits: str) -> _alertmanager.Alertmanager:
    for right, wrong in edits.items():
        config = config.replace(right, wrong)
    made = Workload("alertmanager", "alertmanager", "compose.yml:1")
    made.files["/etc/alertmanager/alertmanager.yml"] = Text(textwrap.dedent(config).encode(), "am.yml")
    return _alertmanager.read(made)


def says(faults: t.Any) -> list[str]:
    return [one["says"] for one in (faults[0] if isinstance(faults, tuple) else faults)]


@pytest.mark.parametrize(
    ("labels", "receivers"),
    [
        ({}, ["team"]),
        ({"severity": "critical"}, ["pager"]),
        ({"severity": "critical", "alertname": "Late"}, ["pager", "night"]),
        ({"alertname": "Late", "component": "trading"}, ["night"]),
        ({"alertname": "Later"}, ["team"]),
        ({"alertname": "TradeLost", "component": "trading"}, ["deep"]),
    ],
)
def test_an_alert_ends_where_alertmanager_would_send_it(labels: dict[str, str], receivers: list[str]) -> None:
    assert read().root.ends(labels) == receivers


def test_a_healthy_configuration_has_no_fault() -> None:
    made = read()
    assert (made.faults, made.placeholders) == ([], [])
    assert says(_alertmanager.channel_faults(made, ["email"], "email")) == []
    assert says(_alertmanager.pager_faults(made, ["pagerduty"], RULES)) == []
    assert _alertmanager.silent_faults(made, ["critical", "warning"]) == []
    assert _alertmanager.unknown_alerts(made, {"Slow", "Late", "TradeLost"}) == []


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        ({"receiver: night": "receiver: nobody"}, ["The route leads to nobody, which is no receiver"]),
        ({"receiver: team\n": "group_wait: 1s\n"}, ["The route has no receiver"]),
        ({"global:": "globals:"}, ["Alertmanager does not know globals"]),
        ({"receiver: team\n": "receiver: team\n      match: {a: b}\n"}, ["The first route must match every alert"]),
    ],
)
def test_what_alertmanager_refuses_is_a_fault(edits: dict[str, str], words: list[str]) -> None:
    assert says(read(**edits).faults) == words


def test_a_reference_is_told_with_its_line() -> None:
    (found,) = read(**{"mail.example.com": "${SMTP_HOST}"}).placeholders
    assert found == {
        "says": "smtp_smarthost holds the reference ${SMTP_HOST}, which Alertmanager does not expand",
        "at": "am.yml:2",
    }


@pytest.mark.parametrize(
    ("edits", "kind", "words"),
    [
        ({"mail.example.com": "${HOST}"}, "email", "team tells by email, but smtp_smarthost is a placeholder"),
        ({"team@example.com": "your-team@example.com"}, "email", "team tells by email, but to is a placeholder"),
        ({", smtp_from: alerts@example.com": ""}, "email", "team tells by email, but no sender is set"),
        ({"api_url_file: /url, ": ""}, "slack", "night tells by slack, but it says nowhere where to"),
        ({"receiver: night": "receiver: team"}, "slack", "night tells by slack, but no route leads to it"),
        ({}, "discord", "No receiver of alertmanager tells by discord"),
    ],
)
def test_a_channel_that_tells_nobody_is_a_fault(edits: dict[str, str], kind: str, words: str) -> None:
    (found,) = says(_alertmanager.channel_faults(read(**edits), [kind], kind))
    assert found.startswith(words)


def test_a_critical_alert_that_another_route_takes_first_is_told() -> None:
    made = read(**{"continue: true": "continue: false"})
    made.root.routes.reverse()
    assert says(_alertmanager.pager_faults(made, ["pagerduty"], RULES)) == [
        "The critical alert Late ends at night: without pagerduty"
    ]


def test_a_severity_that_reaches_nobody_is_told() -> None:
    made = read(**{"email_configs: [{to: team@example.com}]": "email_configs: []"})
    assert says(_alertmanager.silent_faults(made, ["info"])) == [
        "An alert of the severity info ends at team, where nobody is told"
    ]


def test_an_alert_that_no_rule_defines_is_told() -> None:
    assert says(_alertmanager.unknown_alerts(read(), {"Slow"})) == [
        "No rule defines the alert Late",
        "No rule defines an alert like Trade.*",
    ]


@pytest.mark.parametrize("matcher", ["'a=~\"(\"'", "'severity'"])
def test_a_matcher_that_is_none_is_not_guessed(matcher: str) -> None:
    with pytest.raises(LookError):
        read(**{"'severity=\"critical\"'": matcher})


def test_no_address_and_no_key_is_told() -> None:
    made = read(**{"api_url_file: /url": "api_url: https://hooks.example.com/T000/secret-CHANGE_ME"})
    faults = says(_alertmanager.channel_faults(made, ["slack"], "chat"))
    assert faults == ["night tells by slack, but api_url is a placeholder"]
