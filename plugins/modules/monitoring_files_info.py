#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: monitoring_files_info
short_description: Look at the files that set up monitoring
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the configuration of Prometheus, its rules, that of Alertmanager and the dashboards of Grafana in a checkout, and returns what
    does not fit together, with the file and line of each.
  - What a program finds is what the compose project and the manifests mount into it, a ConfigMap included. Where neither runs it,
    the files that the options name stand for themselves.
  - Expressions are parsed. The metrics in them must be registered by Go code of the checkout, recorded by a rule or be known by
    O(known_metrics). One that no code that runs ever moves counts as missing, too.
  - A wanted alert is played through, with series that are declared; a rule is not compared by its name or its words.
  - Nothing outside the checkout is read, wherever a link leads. No address or key of a receiver is returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - PyYAML
  - promql-parser
  - tree-sitter and tree-sitter-go, for metrics that neither O(known_metrics) nor a rule explains
  - kustomize or kubectl, for folders with a kustomization
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  kinds:
    description:
      - The kinds of subjects that are returned.
    type: list
    elements: str
    choices: [prometheus, job, rule, alertmanager, grafana, dashboards, dashboard, panel]
    default: [prometheus, job, rule, alertmanager, grafana, dashboards, dashboard, panel]
  compose:
    description:
      - Whether the compose project is looked at.
    type: bool
    default: true
  compose_files:
    description:
      - The files of the compose project, as documented with M(cryptofunk.readiness.compose_info).
    type: list
    elements: str
    default: []
  profiles:
    description:
      - The profiles of the compose project that run.
    type: list
    elements: str
    default: []
  variables:
    description:
      - The variables with which the compose project is read.
    type: dict
  environment_file:
    description:
      - A file of such variables on the control node. Those of O(variables) win.
    type: path
  manifests:
    description:
      - The folders of manifests. One that is not there is passed over.
    type: list
    elements: str
    default: [deployments/k8s/base]
  program:
    description:
      - The kustomize or kubectl to render the manifests with, as documented with M(cryptofunk.readiness.manifest_info).
    type: path
  prometheus:
    description:
      - Patterns of configurations of Prometheus, for a checkout that does not say how Prometheus is run.
    type: list
    elements: str
    default: [deployments/prometheus/prometheus.yml]
  rules:
    description:
      - Patterns of files with rules. They are read whether they are loaded or not.
    type: list
    elements: str
    default: [deployments/prometheus/alerts/*.yml]
  alertmanager:
    description:
      - Patterns of configurations of Alertmanager, for a checkout that does not say how Alertmanager is run.
    type: list
    elements: str
    default: [deployments/prometheus/alertmanager.yml]
  dashboards:
    description:
      - Patterns of files with dashboards. They are read whether they are provisioned or not.
    type: list
    elements: str
    default: [deployments/grafana/dashboards/*.json]
  datasources:
    description:
      - Patterns of files that provision data sources, for a checkout that does not say how Grafana is run.
    type: list
    elements: str
    default: [deployments/grafana/provisioning/datasources/*.yml]
  known_metrics:
    description:
      - Regular expressions for whole names of metrics that no code of the checkout registers, such as those of exporters.
    type: list
    elements: str
    default: []
  jobs:
    description:
      - Jobs that each Prometheus must have.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The name, in lower case. It is part of the key C(job_<name>) of the observation.
        type: str
        required: true
      job:
        description:
          - A regular expression for the whole name of the job. O(jobs[].name) unless given.
        type: str
      ports:
        description:
          - The ports on which the programs listen that the job must reach.
        type: list
        elements: int
        default: []
      service:
        description:
          - A regular expression for the service of the compose project or of the manifests that has to be behind the targets.
        type: str
        default: ""
  alerts:
    description:
      - Alerts that each Prometheus must have.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The name, in lower case. It is part of the key C(alert_<name>) of the observation.
        type: str
        required: true
      for_at_most:
        description:
          - How long the rule may wait before it fires.
        type: str
        default: 10m
      situations:
        description:
          - A rule answers the alert when it fires in one of these situations and is silent in its counterpart.
        type: list
        elements: dict
        required: true
        suboptions:
          fires:
            description:
              - Series, such as C(up{job="api"} 0), with which the rule fires. A counter has its growth in a second. A label that is not
                stated has whatever value a rule asks for.
            type: list
            elements: str
            default: []
          silent:
            description:
              - Series with which the rule does not fire.
            type: list
            elements: str
            default: []
  titles:
    description:
      - Dashboards that must be there.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The name, in lower case. It is part of the key C(dashboard_<name>) of the observation.
        type: str
        required: true
      title:
        description:
          - A regular expression that the title matches.
        type: str
        required: true
  channels:
    description:
      - The channels that Alertmanager must have.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The name, in lower case. It is part of the key C(channel_<name>) of the observation.
        type: str
        required: true
      kinds:
        description:
          - The kinds of integrations that count, such as V(slack).
        type: list
        elements: str
        required: true
  pagers:
    description:
      - The kinds of integrations of which a critical alert must reach one.
    type: list
    elements: str
    default: [pagerduty]
  severities:
    description:
      - The values of the label severity that must reach somebody.
    type: list
    elements: str
    default: [critical, warning, info]
  max_bytes:
    description:
      - A larger file is not read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Look at the monitoring of the release
  cryptofunk.readiness.monitoring_files_info:
    path: /srv/cryptofunk
    known_metrics: [up, "(node|process|go)_.+"]
    jobs:
      - {name: api, ports: [8080]}
    alerts:
      - name: api_down
        for_at_most: 5m
        situations:
          - {fires: ['up{job="api"} 0'], silent: ['up{job="api"} 1']}
  register: monitoring

- name: Judge the rules
  cryptofunk.readiness.assess:
    topic: monitoring.alerting
    looks:
      - {of: rules, observed: monitoring, kind: rule}
"""

RETURN = r"""
observation:
  description:
    - A subject for each Prometheus, job, rule, Alertmanager, Grafana, dashboard and query of a panel, and one for all dashboards. Those of
      what could not be read have an error.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: What was looked at, such as the name of a rule.
      type: str
      sample: AgentDown
    kind:
      description: What it is, one of O(kinds). The other keys depend on it.
      type: str
      sample: rule
    at:
      description: Where it stands.
      type: list
      elements: str
      sample: [deployments/prometheus/alerts/agent_alerts.yml:6]
    rules:
      description: (prometheus) How many rules it loads.
      type: int
      sample: 56
    rule_faults:
      description: (prometheus) Which patterns of rule files match nothing.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    alertmanagers:
      description: (prometheus) Whom it tells.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        addresses:
          description: The addresses.
          type: list
          elements: str
          sample: ["alertmanager:9093"]
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    job_orchestrator:
      description: (prometheus) The job orchestrator of O(jobs).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    job_api:
      description: (prometheus) The job api of O(jobs).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    job_agents:
      description: (prometheus) The job agents of O(jobs).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    job_postgresql:
      description: (prometheus) The job postgresql of O(jobs).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    job_redis:
      description: (prometheus) The job redis of O(jobs).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_cpu:
      description: (prometheus) The rules that answer the alert cpu of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_memory:
      description: (prometheus) The rules that answer the alert memory of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_disk:
      description: (prometheus) The rules that answer the alert disk of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_database:
      description: (prometheus) The rules that answer the alert database of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_circuit_breaker:
      description: (prometheus) The rules that answer the alert circuit_breaker of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_drawdown:
      description: (prometheus) The rules that answer the alert drawdown of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_agent:
      description: (prometheus) The rules that answer the alert agent of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_trade_execution:
      description: (prometheus) The rules that answer the alert trade_execution of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    alert_database_size:
      description: (prometheus) The rules that answer the alert database_size of O(alerts), or the nearest to it.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    targets:
      description: (job) The addresses that are declared.
      type: list
      elements: str
      sample: ["api:8080"]
    faults:
      description: (job, rule, alertmanager, grafana, panel) What is wrong with it.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    expr:
      description: (rule, panel) The expression.
      type: str
      sample: up == 0
    severity:
      description: (rule) The label severity.
      type: str
      sample: critical
    runbook:
      description: (rule) The runbook that the annotations name, or nothing.
      type: str
      sample: https://docs.example.com/runbook.md#agentdown
    receivers:
      description: (alertmanager) The names of the receivers.
      type: list
      elements: str
      sample: [critical-alerts]
    placeholders:
      description: (alertmanager) The references that nothing expands.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    channel_email:
      description: (alertmanager) The channel email of O(channels).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    channel_chat:
      description: (alertmanager) The channel chat of O(channels).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    pager:
      description: (alertmanager) The critical alerts that reach none of O(pagers).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    severities:
      description: (alertmanager) Which of O(severities) reach nobody.
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    unknown_alerts:
      description: (alertmanager) The alerts that routes and inhibitions name and no rule defines.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    dashboards:
      description: (grafana) How many dashboards it provisions.
      type: int
      sample: 7
    duplicates:
      description: (dashboards) Which dashboards have the same uid.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    dashboard_system_overview:
      description: (dashboards) The dashboard system_overview of O(titles).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    dashboard_trading_performance:
      description: (dashboards) The dashboard trading_performance of O(titles).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    dashboard_agent_performance:
      description: (dashboards) The dashboard agent_performance of O(titles).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    dashboard_risk_metrics:
      description: (dashboards) The dashboard risk_metrics of O(titles).
      type: dict
      contains:
        faults:
          description: What is wrong with it; empty when nothing is.
          type: list
          elements: dict
          contains:
            says:
              description: What is wrong, in words.
              type: str
              sample: The job redis has no targets
            at:
              description: Where it stands.
              type: str
              sample: deployments/prometheus/prometheus.yml:66
        at:
          description: Where it stands, or should.
          type: list
          elements: str
          sample: [deployments/prometheus/prometheus.yml:66]
    title:
      description: (dashboard) Its title.
      type: str
      sample: Risk Metrics
    uid:
      description: (dashboard) Its uid.
      type: str
      sample: risk
    refresh:
      description: (dashboard) The seconds between two refreshes, 0 when it does not refresh itself.
      type: float
      sample: 10.0
    refresh_at:
      description: (dashboard) Where that stands.
      type: list
      elements: str
      sample: ["dashboards/risk.json:3"]
    variables:
      description: (dashboard) The names of its variables.
      type: list
      elements: str
      sample: [datasource]
    variables_at:
      description: (dashboard) Where they stand.
      type: list
      elements: str
      sample: ["dashboards/risk.json:9"]
    variable_faults:
      description: (dashboard) Which variables are not declared, or find nothing.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    source_faults:
      description: (panel) Why the query does not find its data source.
      type: list
      elements: dict
      contains:
        says:
          description: What is wrong, in words.
          type: str
          sample: The job redis has no targets
        at:
          description: Where it stands.
          type: str
          sample: deployments/prometheus/prometheus.yml:66
    error:
      description: Why nothing of it was seen, as C(reason) and C(message), or null.
      type: dict
      sample: {reason: malformed, message: alerts.yml is no file of rules}
    unseen:
      description: Why single keys are null, by key, as C(reason) and C(message).
      type: dict
      sample: {}
probe:
  description: The name of this module.
  returned: always
  type: str
  sample: monitoring_files_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T03:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 1200
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import monitoring_files
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**monitoring_files.SPEC, supports_check_mode=True)
    run_module(module, "monitoring_files_info", monitoring_files.observe)


if __name__ == "__main__":
    main()
