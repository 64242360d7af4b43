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
  - Nothing outside the checkout is read, wherever a link leads. A secret is never returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - PyYAML, for YAML files
  - Python 3.11 or later, for TOML files
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
              - The part of a database URL that states the fact. The others are not returned.
            type: str
            choices: [sslmode, host, port, user, has_password]
          scale:
            description:
              - What to multiply the number with, V(0.01) for a number in percent. The value must be a number.
            type: float
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
      - The registered result of M(cryptofunk.readiness.http_info) for C(/api/v1/config), with its body kept.
    type: dict
  documents:
    description:
      - Files of alerting rules to read. Each gives one key of the observation.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description:
          - The key.
        type: str
        required: true
      files:
        description:
          - Files of the checkout, or patterns of files.
        type: list
        elements: str
        required: true
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
    of: config
    observed: "{{ config }}"

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
    environment:
      description: What is stated of the environment.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: &fact
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
              description: V(file), V(variable), V(default) for what the program takes when nothing is stated, or V(live).
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
              description: The path in the file or in the answer of the API, or the name of the variable.
              returned: always
              type: str
              sample: app.environment
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
    environment_complete:
      description: V(true) when every source of C(environment) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    trading_mode:
      description: What is stated of the trading mode.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    trading_mode_complete:
      description: V(true) when every source of C(trading_mode) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    log_level:
      description: What is stated of the log level.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    log_level_complete:
      description: V(true) when every source of C(log_level) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    testnet:
      description: What is stated of the exchanges' test networks.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    testnet_complete:
      description: V(true) when every source of C(testnet) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    auth_enabled:
      description: What is stated of the authentication of the API.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    auth_enabled_complete:
      description: V(true) when every source of C(auth_enabled) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    https_required:
      description: What is stated of whether the API insists on HTTPS.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    https_required_complete:
      description: V(true) when every source of C(https_required) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    bot_debug:
      description: What is stated of the debug mode of the Telegram bot.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    bot_debug_complete:
      description: V(true) when every source of C(bot_debug) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    vault_dev_token:
      description: What is stated of the development token of Vault.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    vault_dev_token_complete:
      description: V(true) when every source of C(vault_dev_token) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    max_position_size:
      description: What is stated of the largest position.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    max_position_size_complete:
      description: V(true) when every source of C(max_position_size) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    max_daily_loss:
      description: What is stated of the largest daily loss.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    max_daily_loss_complete:
      description: V(true) when every source of C(max_daily_loss) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    max_drawdown:
      description: What is stated of the largest drawdown.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    max_drawdown_complete:
      description: V(true) when every source of C(max_drawdown) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    leverage:
      description: What is stated of the leverage.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    leverage_complete:
      description: V(true) when every source of C(leverage) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
    database_sslmode:
      description: What is stated of the TLS mode of connections to the database.
      returned: when a fact of O(facts) has this name
      type: dict
      contains: *fact
    database_sslmode_complete:
      description: V(true) when every source of C(database_sslmode) could be read; otherwise null, and RV(observation[].unseen) says why.
      returned: when a fact of O(facts) has this name
      type: bool
      sample: true
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
