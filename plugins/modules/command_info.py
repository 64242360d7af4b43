#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: command_info
short_description: Run declared commands, and look how they end
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Runs each command as a list of words, without a shell, with its standard input closed, in a session of its own. At the end, or when the
    budget is used up, the command is killed with everything that it started in that session.
  - The environment of a command is made of what is named here, of E(PATH) and E(HOME), and of E(LC_ALL) and E(TZ) with fixed values. Nothing
    else is passed on.
  - Of each output the end is kept. What is known to be secret is removed from it, and what looks like a secret by its name or shape.
  - A command runs with the rights of the user who runs the probe. Do not use it with C(become).
  - Whether a command changes anything is up to the command. Declare only those that look.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
attributes:
  check_mode:
    details:
      - The commands run in check mode, too.
  idempotent:
    support: partial
    details:
      - A declared command may do something else each time.
options:
  commands:
    description:
      - The commands to run. They run side by side.
    type: list
    elements: dict
    required: true
    suboptions:
      name:
        description:
          - What the command is called in the report.
        type: str
        required: true
      argv:
        description:
          - The program and its arguments. A program without a slash is looked for in E(PATH).
        type: list
        elements: str
        required: true
      chdir:
        description:
          - The folder to run it in. A program that is named relative is looked for from here.
        type: path
      environment:
        description:
          - Variables of its environment that are no secret.
        type: dict
        default: {}
      secret_environment:
        description:
          - Variables of its environment that are secret. Their values appear in no result.
        type: dict
        default: {}
      pass_environment:
        description:
          - The names of the variables that are passed on from the environment of the probe. Where one of them is not there, the
            command is not run, as it might succeed at something else.
        type: list
        elements: str
        default: []
  max_output:
    description:
      - How many bytes are kept of the end of each output.
    type: int
    default: 16384
  timeout:
    description:
      - The budget of all commands together, in seconds.
    type: float
    default: 60
"""

EXAMPLES = r"""
- name: Let the orchestrator verify its keys
  cryptofunk.readiness.command_info:
    commands:
      - name: verify_keys
        argv: [./bin/orchestrator, --verify-keys]
        chdir: /srv/checkouts/cryptofunk
        environment:
          CRYPTOFUNK_APP_ENVIRONMENT: production
        secret_environment:
          DATABASE_URL: "{{ vault_database_url }}"
        pass_environment: [VAULT_ADDR]
    timeout: 60
  register: verify_keys

- name: Judge how it ended
  cryptofunk.readiness.assess:
    topic: security.api_keys
    looks:
      - {of: verify_keys, observed: verify_keys}
"""

RETURN = r"""
observation:
  description: How the commands ended, one element a command.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the command.
      returned: always
      type: str
      sample: verify_keys
    error:
      description: Why it was not run, or null.
      returned: always
      type: dict
      contains:
        reason:
          description: The reason code. V(no_data) when there is no such program, V(unsupported) when it is one of another machine.
          returned: when there is an error
          type: str
          sample: no_data
        message:
          description: The reason as a sentence.
          returned: when there is an error
          type: str
          sample: There is no ./bin/orchestrator to run
    unseen:
      description: Why a key is null, by the name of the key.
      returned: always
      type: dict
      sample: {}
    argv:
      description: What was run, without secrets.
      returned: when it was run
      type: list
      elements: str
      sample: [./bin/orchestrator, --verify-keys]
    environment_names:
      description: The names of the variables that it got.
      returned: when it was run
      type: list
      elements: str
      sample: [DATABASE_URL, HOME, LC_ALL, PATH, TZ]
    exit_code:
      description:
        - The code by which it ended. Killed by a signal, it is 128 and the number of the signal.
        - Unseen when it did not end in time.
      returned: when it was run
      type: int
      sample: 0
    signal:
      description: The signal that ended it, or null.
      returned: when it was run
      type: str
      sample: SIGKILL
    timed_out:
      description: Whether it was killed because its time was up.
      returned: when it was run
      type: bool
      sample: false
    duration_s:
      description: How long it ran, in seconds.
      returned: when it was run
      type: float
      sample: 1.204
    stdout:
      description: The end of its standard output, without secrets.
      returned: when it was run
      type: str
      sample: ""
    stdout_bytes:
      description: How long its standard output was.
      returned: when it was run
      type: int
      sample: 0
    stdout_cut:
      description: Whether only the end of it is shown.
      returned: when it was run
      type: bool
      sample: false
    stderr:
      description: The end of its standard error, without secrets.
      returned: when it was run
      type: str
      sample: "2:04PM INF All API keys verified successfully"
    stderr_bytes:
      description: How long its standard error was.
      returned: when it was run
      type: int
      sample: 48
    stderr_cut:
      description: Whether only the end of it is shown.
      returned: when it was run
      type: bool
      sample: false
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: command_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 1210
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import command
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**command.SPEC, supports_check_mode=True)
    run_module(module, "command_info", command.observe)


if __name__ == "__main__":
    main()
