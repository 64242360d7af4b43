#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: config_info
short_description: Look at what the sources of a configuration state
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads files of a checkout (YAML, JSON, TOML, .env), the variables that a workload runs with, and what a running API answers,
    and returns for each declared fact what every source states, and whether the sources contradict each other.
  - A value with a reference that nothing expands, such as C(${TRADING_MODE}) in a file that the program takes literally, is
    unknown, never a value. A key that stands twice makes its file malformed, as it does for the program.
  - It also finds keys that no program reads, secrets and addresses that stand in files as they are used, and what Prometheus is
    told to scrape or to warn of.
  - Nothing outside the checkout is read, wherever a link leads. A secret is never returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - PyYAML, for YAML files
  - Python 3.11 or later, for TOML files
  - tree-sitter and tree-sitter-go, for Go files
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  facts:
    description:
      - What to look for. Each fact gives two keys of the observation, its name and its name with C(_complete) behind.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The name of the fact, in lower case.
        type: str
        required: true
      sources:
        description:
          - Where the fact is stated.
        type: list
        elements: dict
        required: true
        suboptions:
          file:
            description:
              - A file of the checkout, or a pattern of files.
            type: str
          path:
            description:
              - The keys in O(facts[].sources[].file), joined by dots. A star stands for all keys of a mapping, or all elements of
                a list.
            type: str
          constant:
            description:
              - The name of a constant in the Go files that O(facts[].sources[].file) matches, where a star stands for any text.
                A time is in seconds. Test files are left out, here and below.
            type: str
          assigned:
            description:
              - A variable to which the Go files assign something whatever happens, within no branch, loop or function of its own.
            type: str
          called:
            description:
              - A function that the Go files call whatever happens. The value is its first argument, as it stands there.
            type: str
          imported:
            description:
              - A pattern of packages that the Go files import. The values are the paths of the packages.
            type: str
          variable:
            description:
              - A variable of the workload.
            type: str
          live:
            description:
              - The keys in the configuration that the running API answers. Read when O(live) is given.
            type: str
          default:
            description:
              - What the program takes when the file or the environment does not state the fact.
            type: raw
          optional:
            description:
              - Whether the fact may be missing there. Otherwise a missing file or key leaves the fact incomplete.
            type: bool
            default: false
          overrides:
            description:
              - Whether this source, when it states the fact, replaces what the sources before it state.
            type: bool
            default: false
          only:
            description:
              - The only value of O(facts[].sources[].variable) that has an effect.
            type: str
          part:
            description:
              - The part of a URL that states the fact. The others are not returned. V(authority) is host and port.
            type: str
            choices: [sslmode, host, port, user, has_password, authority]
          keys:
            description:
              - Whether the keys of the mapping state the fact, and not what stands under them.
            type: bool
            default: false
          duration:
            description:
              - Whether the value is a duration such as V(1m30s), which is returned in seconds.
            type: bool
            default: false
          scale:
            description:
              - What to multiply the number with, V(0.01) for a number in percent. The value must be a number.
            type: float
          per:
            description:
              - The name of a fact that stands before this one in O(facts). The number is divided by it.
            type: str
          group:
            description:
              - What the statement is about, where a fact is stated for several things. Only statements of one group must agree.
            type: str
  environment:
    description:
      - The variables of the running workload. Secrets among them are better left in O(environment_file), which is read where the
        look is made and stands in no log of a host.
    type: dict
  environment_file:
    description:
      - The variables of the running workload, in a file of lines NAME=value. O(environment) wins.
    type: path
  environments:
    description:
      - Where the checkout declares variables of workloads. A file that is missing declares none.
    type: list
    elements: dict
    default: []
    suboptions:
      file:
        description:
          - A file of the checkout, or a pattern of files.
        type: str
        required: true
      path:
        description:
          - The keys under which the variables stand, as a mapping, as texts NAME=value, or as elements with name and value.
        type: str
        default: ""
      expands:
        description:
          - Whether references in the values are replaced, as compose does it.
        type: bool
        default: false
  ignored_variables:
    description:
      - Patterns of variables that no program reads. One that is set is returned in RV(observation[].ineffective), unless it is
        the source of a fact.
    type: list
    elements: str
    default: []
  live:
    description:
      - The registered result of M(cryptofunk.readiness.http_info) for C(/api/v1/config), with its body kept. With it, only those of
        O(facts) are looked for that the API states.
    type: dict
  documents:
    description:
      - Files of Prometheus to read. Each gives one key of the observation.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The key.
        type: str
        required: true
      kind:
        description:
          - What the files are, alerting rules or the configuration of Prometheus, which may stand in a ConfigMap.
        type: str
        choices: [alert_rules, scrape_jobs]
        default: alert_rules
      files:
        description:
          - Files of the checkout, or patterns of files.
        type: list
        elements: str
        required: true
  known_keys:
    description:
      - The keys that programs read. Others are returned in RV(observation[].unknown_keys), unless they state one of O(facts).
    type: list
    elements: dict
    default: []
    suboptions:
      file:
        description:
          - A file of the checkout, or a pattern of files. A file that is missing has no keys.
        type: str
        required: true
      paths:
        description:
          - Keys, joined by dots. One star stands for any key or element, two at the end for all that is below.
        type: list
        elements: str
        required: true
  secret_files:
    description:
      - Files of the checkout, or patterns of files, in which secrets are looked for. Files whose names say that they are examples
        are left out.
    type: list
    elements: str
    default: []
  url_files:
    description:
      - Files of the checkout, or patterns of files, in which addresses are looked for, likewise.
    type: list
    elements: str
    default: []
  max_bytes:
    description:
      - A larger file is not read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 20.0
"""

EXAMPLES = r"""
- name: Look at the trading mode of the release
  cryptofunk.readiness.config_info:
    path: /srv/cryptofunk
    environment_file: /etc/cryptofunk/production.env
    facts:
      - name: trading_mode
        sources:
          - {file: configs/config.yaml, path: trading.mode}
          - {variable: TRADING_MODE}
  register: config

- name: Judge it
  cryptofunk.readiness.assess:
    topic: configuration.environment
    looks:
      - {of: config, observed: config}

- name: Look at the alerting rules of the release
  cryptofunk.readiness.config_info:
    path: /srv/cryptofunk
    documents:
      - name: alert_rules
        files: [deployments/prometheus/alerts/*.yml]
  register: rules
"""

RETURN = r"""
observation:
  description:
    - One subject, the checkout, with a key for each of O(facts) and O(documents). The names that are listed are those that the
      roles of this collection give.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The path, as it was given.
      returned: always
      type: str
      sample: /srv/cryptofunk
    error:
      description: Why nothing could be seen, with C(reason) and C(message); null when something was seen.
      returned: always
      type: dict
      sample: null
    unseen:
      description: For each key that could not be seen, the C(reason) and a C(message).
      returned: always
      type: dict
      sample: {}
    environment: &fact
      description: What is stated of the fact of O(facts) that has this name.
      returned: when a fact has this name
      type: dict
      contains:
        stated:
          description: What each source states. A statement that a file makes many times is listed where it stands first.
          returned: always
          type: list
          elements: dict
          contains:
            value:
              description: What is stated. A secret is replaced by V((hidden)).
              returned: always
              type: raw
              sample: production
            kind:
              description:
                - V(file), V(code), V(variable), V(default) for what the program takes when nothing is stated, or V(live).
              returned: always
              type: str
              sample: file
            file:
              description: The file.
              returned: always
              type: str
              sample: configs/config.yaml
            line:
              description: The line in the file.
              returned: always
              type: int
              sample: 8
            name:
              description: The path in the file or in the answer of the API, or the name of the variable or of what is in the code.
              returned: always
              type: str
              sample: app.environment
            group:
              description: What the statement is about, where the fact is stated for several things.
              returned: always
              type: str
              sample: ""
        contradictions:
          description: Who states what, when not all sources state the same.
          returned: always
          type: list
          elements: str
          sample:
            - configs/config.yaml:8 app.environment says development
            - docker-compose.prod.yml:77 CRYPTOFUNK_APP_ENVIRONMENT says production
        live:
          description: What the running API states; null unless O(live) was given.
          returned: always
          type: raw
          sample: production
    environment_complete: &complete
      description:
        - V(true) when every source of the fact could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact has this name
      type: bool
      sample: true
    config_file: *fact
    config_file_complete: *complete
    trading_mode: *fact
    trading_mode_complete: *complete
    log_level: *fact
    log_level_complete: *complete
    forced_log_level: *fact
    forced_log_level_complete: *complete
    testnet: *fact
    testnet_complete: *complete
    compiled_testnet: *fact
    compiled_testnet_complete: *complete
    auth_enabled: *fact
    auth_enabled_complete: *complete
    https_required: *fact
    https_required_complete: *complete
    allowed_origins: *fact
    allowed_origins_complete: *complete
    gateway_keys_checked: *fact
    gateway_keys_checked_complete: *complete
    gin_mode: *fact
    gin_mode_complete: *complete
    bot_debug: *fact
    bot_debug_complete: *complete
    vault_dev_token: *fact
    vault_dev_token_complete: *complete
    initial_capital: *fact
    initial_capital_complete: *complete
    max_position_size: *fact
    max_position_size_complete: *complete
    enforced_position_size: *fact
    enforced_position_size_complete: *complete
    max_daily_loss: *fact
    max_daily_loss_complete: *complete
    max_drawdown: *fact
    max_drawdown_complete: *complete
    drawdown_halt: *fact
    drawdown_halt_complete: *complete
    stop_loss: *fact
    stop_loss_complete: *complete
    take_profit: *fact
    take_profit_complete: *complete
    kelly_fraction: *fact
    kelly_fraction_complete: *complete
    breaker_min_requests: *fact
    breaker_min_requests_complete: *complete
    breaker_failure_ratio: *fact
    breaker_failure_ratio_complete: *complete
    breaker_open_seconds: *fact
    breaker_open_seconds_complete: *complete
    breaker_trials: *fact
    breaker_trials_complete: *complete
    breaker_window_seconds: *fact
    breaker_window_seconds_complete: *complete
    breakers_enabled: *fact
    breakers_enabled_complete: *complete
    symbols: *fact
    symbols_complete: *complete
    default_quantity: *fact
    default_quantity_complete: *complete
    max_positions: *fact
    max_positions_complete: *complete
    exposure: *fact
    exposure_complete: *complete
    leverage: *fact
    leverage_complete: *complete
    margin_code: *fact
    margin_code_complete: *complete
    exchange: *fact
    exchange_complete: *complete
    exchange_names: *fact
    exchange_names_complete: *complete
    llm_gateway: *fact
    llm_gateway_complete: *complete
    llm_endpoint: *fact
    llm_endpoint_complete: *complete
    llm_model: *fact
    llm_model_complete: *complete
    gateway_models: *fact
    gateway_models_complete: *complete
    coingecko_rate: *fact
    coingecko_rate_complete: *complete
    coingecko_limited: *fact
    coingecko_limited_complete: *complete
    nats_server: *fact
    nats_server_complete: *complete
    nats_arguments: *fact
    nats_arguments_complete: *complete
    nats_replicas: *fact
    nats_replicas_complete: *complete
    orchestrator_port: *fact
    orchestrator_port_complete: *complete
    database_sslmode: *fact
    database_sslmode_complete: *complete
    places:
      description:
        - For each of O(facts), O(documents) and RV(observation[].ineffective), the places that were looked at, each as file:line.
      returned: when the checkout was opened
      type: dict
      sample:
        environment: ["configs/config.yaml:8"]
    unknown_keys:
      description: The keys that no program reads.
      returned: when O(known_keys) has elements
      type: list
      elements: dict
      contains:
        path:
          description: The key, with those above it.
          returned: always
          type: str
          sample: risk.max_drawdwn
        part:
          description: The first of these keys.
          returned: always
          type: str
          sample: risk
        resembles:
          description: The known key that it is most like; empty when there is none.
          returned: always
          type: str
          sample: risk.max_drawdown
        fact:
          description: The fact that is stated by that key, or by one of the same name elsewhere; empty when there is none.
          returned: always
          type: str
          sample: max_drawdown
        file: &file
          description: The file.
          returned: always
          type: str
          sample: configs/config.yaml
        line: &line
          description: The line in the file; null where that is not known.
          returned: always
          type: int
          sample: 150
        at: &at
          description: File and line.
          returned: always
          type: str
          sample: configs/config.yaml:150
    literals:
      description: Where secrets stand as they are used.
      returned: when O(secret_files) has elements
      type: list
      elements: dict
      contains:
        name:
          description: The key, with those above it.
          returned: always
          type: str
          sample: database.password
        is_default:
          description: Whether it is a word that everybody tries first. What only stands in place of a secret is not listed.
          returned: always
          type: bool
          sample: true
        file: *file
        line: *line
        at: *at
    urls:
      description: The addresses in files.
      returned: when O(url_files) has elements
      type: list
      elements: dict
      contains:
        name:
          description: The key, with those above it.
          returned: always
          type: str
          sample: mcp.external.coingecko.url
        scheme:
          description: The scheme, in lower case.
          returned: always
          type: str
          sample: https
        host:
          description: The host, in lower case.
          returned: always
          type: str
          sample: mcp.api.coingecko.com
        file: *file
        line: *line
        at: *at
    scrape_jobs: &scrape_jobs
      description: The jobs of Prometheus.
      returned: when a document of O(documents) has this name
      type: list
      elements: dict
      contains:
        job:
          description: The name of the job.
          returned: always
          type: str
          sample: orchestrator
        targets:
          description: The targets that stand there.
          returned: always
          type: list
          elements: str
          sample: ["orchestrator:8081"]
        discovers:
          description: Whether Prometheus finds targets by itself.
          returned: always
          type: bool
          sample: false
        file: *file
        line: *line
        at: *at
    kubernetes_scrape_jobs: *scrape_jobs
    alert_rules:
      description: The alerting rules of the files.
      returned: when a document of O(documents) has this name
      type: list
      elements: dict
      contains:
        alert:
          description: The name of the alert.
          returned: always
          type: str
          sample: DatabaseSizeHigh
        expr:
          description: The expression.
          returned: always
          type: str
          sample: pg_database_size_bytes > 8e10
        for:
          description: How long the expression must hold.
          returned: always
          type: str
          sample: 5m
        labels:
          description: The labels.
          returned: always
          type: dict
          sample:
            severity: critical
        file:
          description: The file.
          returned: always
          type: str
          sample: deployments/prometheus/alerts/system_alerts.yml
        line:
          description: The line.
          returned: always
          type: int
          sample: 12
    ineffective:
      description: The variables that are set and change nothing.
      returned: when the checkout was opened
      type: list
      elements: str
      sample: [CRYPTOFUNK_TRADING_MODE]
    files:
      description: The files that were read.
      returned: when the checkout was opened
      type: list
      elements: str
      sample: [configs/config.yaml]
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: config_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 25
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import secret_values
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import config
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**config.SPEC, supports_check_mode=True)
    module.no_log_values.update(secret_values(module.params["environment"] or {}))
    run_module(module, "config_info", config.observe)


if __name__ == "__main__":
    main()
