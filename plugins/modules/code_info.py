#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: code_info
short_description: Look at what code has, and whether its documents say it
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the Go code of a checkout with a parser, and returns the HTTP routes that its programs register, the variables of the
    environment that it reads, the exported identifiers without a comment, and what opens it to debuggers. Reads the migrations and
    the configuration files beside it. Compares all that with the documents of the checkout.
  - Nothing is compiled and nothing is run. Test files, generated code, files that the default build leaves out and the folders
    C(vendor), C(testdata), C(third_party) and C(node_modules) do not count, nor does code that no program uses.
  - Routes are followed through groups, variables, fields, closures and calls, for C(net/http), gin, chi, gorilla/mux, echo and fiber.
    One that cannot be followed is named in RV(observation[].unseen).
  - Only files that git tracks are read, and none outside the checkout, wherever a link leads. No value of a variable is returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - tree-sitter and tree-sitter-go, 0.23 or later
  - PyYAML, for YAML files
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  routes:
    description:
      - Compare the routes of programs with those that documents name.
      - Parameters C(:id), C({id}), C(<id>) and C($ID) are the same, and a value in the place of a parameter means that route.
    type: dict
    suboptions:
      programs:
        description:
          - The folders of the programs whose routes have to be documented, or patterns of them; all when there are none. What a
            document names may be a route of any program.
        type: list
        elements: str
        default: []
      documents:
        description:
          - The documents, or patterns of them. Together they have to name every route.
        type: list
        elements: str
        required: true
      base_path:
        description:
          - What stands before the paths of the documents. A document may state it itself as its base URL.
        type: str
        default: ""
      prefixes:
        description:
          - An example of C(curl) below one of these paths has to be a route. Elsewhere it may be one of another system.
        type: list
        elements: str
        default: []
      ignored:
        description:
          - Regular expressions of routes, each a method, a space and a path, that need no documentation, or that documents may name.
        type: list
        elements: str
        default: []
  tables:
    description:
      - Compare the tables that migrations leave with those that documents name.
    type: dict
    suboptions:
      migrations:
        description:
          - The migrations, or patterns of them. They are applied in the order of their names.
        type: list
        elements: str
        required: true
      excluded:
        description:
          - Patterns of files that are no migrations upwards.
        type: list
        elements: str
        default: []
      documents:
        description:
          - The documents, or patterns of them. A table is named by its name as code, as a heading or at the head of a row.
        type: list
        elements: str
        required: true
      ignored:
        description:
          - Tables that documents may name although no migration makes them.
        type: list
        elements: str
        default: []
  settings:
    description:
      - List the keys of configuration files that are explained neither by a comment in the file nor by a document.
    type: dict
    suboptions:
      files:
        description:
          - The files, or patterns of them.
        type: list
        elements: str
        required: true
      documents:
        description:
          - The documents, or patterns of them. A key is named by its path, by an example of the file that has it, or by its name as
            code when the name has an underscore.
        type: list
        elements: str
        default: []
      ignored:
        description:
          - Regular expressions of paths of keys that need no explanation.
        type: list
        elements: str
        default: []
  variables:
    description:
      - Compare the variables that are read with those that an example of the environment declares.
    type: dict
    suboptions:
      examples:
        description:
          - The examples, or patterns of them. A line that is commented out declares its variable, too.
        type: list
        elements: str
        required: true
      compose:
        description:
          - Files of compose, or patterns of them, whose substitutions are read.
        type: list
        elements: str
        default: []
      manifests:
        description:
          - Other YAML files, or patterns of them, in which C(${NAME}) is replaced.
        type: list
        elements: str
        default: []
      scripts:
        description:
          - Shell scripts, or patterns of them. A variable that a script sets itself is its own.
        type: list
        elements: str
        default: []
      sources:
        description:
          - Files in JavaScript, TypeScript or Python, or patterns of them.
        type: list
        elements: str
        default: []
      ignored:
        description:
          - Patterns of variables that need no declaration.
        type: list
        elements: str
        default: []
  comments:
    description:
      - Count the exported identifiers of Go packages that have a doc comment. Methods that the standard library asks for, such as
        C(Error) and C(String), and what programs export do not count.
    type: dict
    suboptions:
      excluded:
        description:
          - Patterns of folders that do not count.
        type: list
        elements: str
        default: []
  debug:
    description:
      - List imports that register endpoints for debuggers or API explorers, and calls that switch a debugging mode on.
    type: bool
    default: false
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
- name: Look whether the routes and variables of the code are documented
  cryptofunk.readiness.code_info:
    path: /srv/cryptofunk
    routes:
      programs: [cmd/api]
      documents: [docs/API.md]
      prefixes: [/api]
    variables:
      examples: [.env.example]
      compose: [docker-compose.yml, docker-compose.prod.yml]
      scripts: ["scripts/**/*.sh"]
      ignored: [HOME, PATH]
  register: code

- name: Judge it
  cryptofunk.readiness.assess:
    topic: documentation.code_docs
    looks:
      - {of: code, observed: code}

- name: Look for debuggers in the code
  cryptofunk.readiness.code_info:
    path: /srv/cryptofunk
    debug: true
  register: debuggers
"""

RETURN = r"""
observation:
  description:
    - One subject, the checkout. Each option gives its keys; where it says that something is complete, it is V(true), or null when a
      part of the code could not be read or followed, and RV(observation[].unseen) says where.
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
    api_documents:
      description: Those of O(routes.documents) that are there.
      returned: with O(routes)
      type: list
      elements: str
      sample: [docs/API.md]
    routes:
      description: The routes of O(routes.programs).
      returned: with O(routes)
      type: list
      elements: dict
      contains: &place
        name:
          description: The name.
          returned: always
          type: str
          sample: GET /api/v1/orders/:id
        at:
          description: Where it stands.
          returned: always
          type: list
          elements: str
          sample: ["cmd/api/main.go:251"]
    undocumented_routes:
      description: Those of the routes that no document names.
      returned: with O(routes)
      type: list
      elements: dict
      contains: *place
    unknown_routes:
      description: What documents name and no program registers.
      returned: with O(routes)
      type: list
      elements: dict
      contains: *place
    routes_complete:
      description: Whether every route was followed.
      returned: with O(routes)
      type: bool
      sample: true
    schema_documents:
      description: Those of O(tables.documents) that are there.
      returned: with O(tables)
      type: list
      elements: str
      sample: [docs/DATABASE_SCHEMA.md]
    tables:
      description: The tables that the migrations leave.
      returned: with O(tables)
      type: list
      elements: dict
      contains: *place
    undocumented_tables:
      description: Those of the tables that no document names.
      returned: with O(tables)
      type: list
      elements: dict
      contains: *place
    unknown_tables:
      description: What documents present as a table and neither a migration nor a program makes.
      returned: with O(tables)
      type: list
      elements: dict
      contains: *place
    tables_complete:
      description: Whether everything that the migrations run could be seen.
      returned: with O(tables)
      type: bool
      sample: true
    settings:
      description: How many keys the files have.
      returned: with O(settings)
      type: int
      sample: 97
    settings_files:
      description: The files.
      returned: with O(settings)
      type: list
      elements: str
      sample: [configs/config.yaml]
    unexplained_settings:
      description: The keys that nothing explains.
      returned: with O(settings)
      type: list
      elements: dict
      contains: *place
    environment_examples:
      description: Those of O(variables.examples) that are there.
      returned: with O(variables)
      type: list
      elements: str
      sample: [.env.example]
    variables:
      description: The variables that are read.
      returned: with O(variables)
      type: list
      elements: dict
      contains: &variable
        name:
          description: The name.
          returned: always
          type: str
          sample: DATABASE_URL
        readers:
          description: Who reads it, of V(code), V(compose), V(manifests), V(scripts) and V(sources).
          returned: always
          type: list
          elements: str
          sample: [code]
        at:
          description: Where it is read.
          returned: always
          type: list
          elements: str
          sample: ["internal/db/db.go:40"]
    undeclared_variables:
      description: Those of the variables that no example declares.
      returned: with O(variables)
      type: list
      elements: dict
      contains: *variable
    unread_variables:
      description: The variables that an example declares and nothing reads.
      returned: with O(variables)
      type: list
      elements: dict
      contains: *place
    variables_complete:
      description: Whether all code was read, and the name of each variable that it reads is known.
      returned: with O(variables)
      type: bool
      sample: true
    exported:
      description: How many identifiers are exported.
      returned: with O(comments)
      type: int
      sample: 41
    exported_files:
      description: The files that export them.
      returned: with O(comments)
      type: list
      elements: str
      sample: [internal/config/config.go]
    exported_share:
      description: The share of them that has a doc comment.
      returned: with O(comments)
      type: float
      sample: 0.9136
    function_share:
      description: The share of the functions and methods among them that has one.
      returned: with O(comments)
      type: float
      sample: 1.0
    uncommented:
      description: The identifiers without one.
      returned: with O(comments)
      type: list
      elements: dict
      contains: *place
    uncommented_functions:
      description: The functions and methods without one.
      returned: with O(comments)
      type: list
      elements: dict
      contains: *place
    exported_complete:
      description: Whether all code was read.
      returned: with O(comments)
      type: bool
      sample: true
    modules:
      description: The files that declare the modules whose code was looked at.
      returned: with O(debug)
      type: list
      elements: str
      sample: [go.mod]
    debug_features:
      description: What opens the programs to debuggers.
      returned: with O(debug)
      type: list
      elements: dict
      contains: *place
    debug_complete:
      description: Whether all code was read.
      returned: with O(debug)
      type: bool
      sample: true
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: code_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 900
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import code
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**code.SPEC, supports_check_mode=True)
    run_module(module, "code_info", code.observe)


if __name__ == "__main__":
    main()
