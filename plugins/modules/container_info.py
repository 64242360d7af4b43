#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: container_info
short_description: Look at the containers of a compose project, beside what its files declare
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads from a Docker engine what it says of each container of a compose project, twice, so that restarts in between are seen.
    With a checkout it tells which containers the project does not declare, which services lack one, and which run another image.
  - The engine is asked and never told. Whoever may write to its socket is root on its host; give the probe one that forwards
    what C(docs/grants/docker.conf) lets through.
requirements:
  - docker (the Python library) 7.0 or newer where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  docker_host:
    description:
      - Where the engine listens, as C(unix://) or C(tcp://) and a place.
    type: str
    default: unix:///var/run/docker.sock
  tls:
    description:
      - Whether to speak TLS.
    type: bool
    default: false
  validate_certs:
    description:
      - Whether the certificate of the engine has to be valid.
    type: bool
    default: true
  ca_path:
    description:
      - A PEM file with the authorities to trust.
    type: path
  client_cert:
    description:
      - A PEM file with the certificate to show to the engine.
    type: path
  client_key:
    description:
      - The key of O(client_cert).
    type: path
  project:
    description:
      - The name of the compose project, as in the label C(com.docker.compose.project).
    type: str
    required: true
  path:
    description:
      - The checkout of the release. Without it what is declared is unseen.
    type: path
  files:
    description:
      - The compose files in O(path), the lowest first. Without them those that M(cryptofunk.readiness.compose_info) finds.
    type: list
    elements: str
    default: []
  profiles:
    description:
      - The profiles of the project that are on.
    type: list
    elements: str
    default: []
  variables:
    description:
      - What compose finds in its environment.
    type: dict
  environment_file:
    description:
      - A file with such variables.
    type: path
  view:
    description:
      - What a subject is. With V(config_files) and V(startup_lines) there is one for each of these and container, with V(images) one for
        each image of the release before.
    type: str
    choices: [containers, config_files, startup_lines, images]
    default: containers
  window:
    description:
      - The seconds between the two looks.
    type: float
    default: 3.0
  recent:
    description:
      - How many seconds ago a restart counts in RV(observation[].recent_restarts).
    type: int
    default: 600
  config_files:
    description:
      - Files in containers that have to be those of the release.
    type: list
    elements: dict
    default: []
    suboptions:
      service:
        description: The service whose containers have it.
        type: str
        required: true
      path:
        description: Where it is in the container.
        type: str
        required: true
      file:
        description: Where it is in the checkout.
        type: str
        required: true
  startup_lines:
    description:
      - Lines that containers write when they have started well.
    type: list
    elements: dict
    default: []
    suboptions:
      service:
        description: The service that writes it.
        type: str
        required: true
      pattern:
        description: A regular expression for a part of the line.
        type: str
        required: true
  declared:
    description:
      - The observation of M(cryptofunk.readiness.compose_info), whose images are looked for in another version by the view V(images).
    type: list
    elements: dict
    default: []
  own_images:
    description:
      - A regular expression for the names of those images of O(declared) that the release builds itself. Without it all are.
    type: str
    default: ""
  version:
    description:
      - The tag or digest of the release before.
    type: str
  pushed:
    description:
      - The observation of M(cryptofunk.readiness.registry_info) for the same images and version, so that an image that is only in the
        registry counts as there.
    type: list
    elements: dict
    default: []
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Look at the containers of the project
  cryptofunk.readiness.container_info:
    docker_host: tcp://docker.internal.example.com:2376
    ca_path: /etc/docker/ca.pem
    client_cert: /etc/docker/cert.pem
    client_key: /etc/docker/key.pem
    project: cryptofunk
    path: /srv/checkout/cryptofunk
  register: containers

- name: Judge them
  cryptofunk.readiness.assess:
    topic: deployment.compose_deployment
    looks:
      - {of: containers, observed: containers}
"""

RETURN = r"""
observation:
  description:
    - One subject a container, and one for each declared service that lacks some. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the container, or of the service that has none.
      type: str
      sample: cryptofunk-api
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    service:
      description: The service that it is of.
      type: str
      sample: api
    one_off:
      description: Whether it was started beside the services, by C(docker compose run).
      type: bool
      sample: false
    config_hash:
      description: The digest that compose gave to the definition of the service.
      type: str
      sample: 98b56253c7ff
    state:
      description: Its state by the engine, like V(running) or V(exited); V(missing) for a service that lacks one.
      type: str
      sample: running
    health:
      description: V(healthy), V(unhealthy) or V(starting); V(none) without a healthcheck.
      type: str
      sample: healthy
    exit_code:
      description: The exit code of its last end; 0 while it never ended.
      type: int
      sample: 0
    oom_killed:
      description: Whether its last end was for want of memory.
      type: bool
      sample: false
    restart_count:
      description: How often the engine has started it again.
      type: int
      sample: 0
    restarts_in_window:
      description: How often it was started again during the look. Unseen with an empty O(window), and of a container made meanwhile.
      type: int
      sample: 0
    recent_restarts:
      description: How often the engine has started it again when the last time was recent, else 0.
      type: int
      sample: 0
    started_at:
      description: When it was started last, in UTC.
      type: str
      sample: "2026-11-25T08:00:00Z"
    declared:
      description: Whether it is one of a service that the merged project has.
      type: bool
      sample: true
    one_shot:
      description: Whether it is meant to end, as others wait for that.
      type: bool
      sample: false
    as_meant:
      description: Whether it runs, or, when it is meant to end, has ended with 0. Of one of RV(observation[].one_off) either will do.
      type: bool
      sample: true
    image_as_declared:
      description: Whether it was started by the name of the image that the project declares.
      type: bool
      sample: true
    image:
      description: Its image.
      type: dict
      contains:
        name:
          description: The name that it was started by.
          type: str
          sample: registry.example.com/cryptofunk/api:v1.0.0
        version:
          description: The digest in that name, or else the tag.
          type: str
          sample: v1.0.0
        id:
          description: The id of the image.
          type: str
          sample: sha256:0d2f
        tags:
          description: All names that the image has there.
          type: list
          elements: str
          sample: ["registry.example.com/cryptofunk/api:v1.0.0"]
        digests:
          description: Its digests by the registries that it came from or was pushed to.
          type: list
          elements: str
          sample: ["sha256:722b"]
    memory_limit:
      description: The limit of its memory in bytes, 0 without one.
      type: int
      sample: 536870912
    cpu_limit:
      description: The limit of its CPUs, 0 without one.
      type: float
      sample: 1.0
    restart_policy:
      description: What the engine does when it ends.
      type: str
      sample: unless-stopped
    log_driver:
      description: Where its output goes.
      type: str
      sample: json-file
    user:
      description: The user that it runs as.
      type: str
      sample: "1000"
    privileged:
      description: Whether it may do all that the host may.
      type: bool
      sample: false
    added_capabilities:
      description: Capabilities beyond the usual ones.
      type: list
      elements: str
      sample: []
    read_only:
      description: Whether its own files are read-only.
      type: bool
      sample: true
    host_network:
      description: Whether it shares the network of the host.
      type: bool
      sample: false
    socket_mounted:
      description: Whether a socket of the engine is mounted.
      type: bool
      sample: false
    published:
      description: The ports that it publishes.
      type: list
      elements: str
      sample: ["127.0.0.1:8082->8080/tcp"]
    exposed:
      description: Those of them that other machines reach.
      type: list
      elements: str
      sample: []
    digest:
      description: The SHA-256 of a file of O(config_files).
      type: str
      sample: 2f6a
    changed_at:
      description: When that file was changed, in UTC, by its own time, which programs that copy may keep.
      type: str
      sample: "2026-11-25T07:00:00Z"
    started_after_change:
      description: Whether the container was started after that.
      type: bool
      sample: true
    same_as_release:
      description: Whether the file is that of the checkout.
      type: bool
      sample: true
    lines:
      description: How many lines of the log were read, from the start on and at most a megabyte.
      type: int
      sample: 12
    found:
      description: Whether a line of O(startup_lines) is among them. No line is kept. Unseen when it may be in what was not read.
      type: bool
      sample: true
    other_than_declared:
      description: "Of an image: whether its name is another one than that of the release."
      type: bool
      sample: true
    local:
      description: "Of an image: whether the engine has it."
      type: bool
      sample: true
    pushed:
      description: "Of an image: whether the registry has it."
      type: bool
      sample: true
    available:
      description: "Of an image: whether one of the two has it."
      type: bool
      sample: true
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: container_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 3200
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import secret_values
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import container
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**container.SPEC, supports_check_mode=True)
    module.no_log_values.update(secret_values(module.params["variables"] or {}))
    run_module(module, "container_info", container.observe)


if __name__ == "__main__":
    main()
