#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: compose_info
short_description: Look at a compose project in a checkout
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the compose files of a checkout and the Dockerfiles that they build, merges them by the rules of the compose specification,
    and returns what each service would run with. Neither an engine nor a command line of Docker is needed.
  - A variable that has no value here stays unknown, whether compose would refuse to go on without it or take an empty text; what
    depends on it is not seen. Give values in O(variables), in O(environment_file), or in a C(.env) beside the first file.
  - Nothing outside the checkout is read, wherever a link leads. The value of a variable or a secret is never returned.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
requirements:
  - PyYAML
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  files:
    description:
      - The compose files, the lowest first.
      - Unless they are given, it is the first of C(compose.yaml), C(compose.yml), C(docker-compose.yml) and C(docker-compose.yaml), and
        over it what stands beside it for production, such as C(docker-compose.prod.yml), or else its C(override). A file for
        production in which every service has an image or a build is taken for a whole project and read alone.
    type: list
    elements: str
    default: []
  expected:
    description:
      - Whether the checkout must have a compose project. Otherwise one without is reported as not configured.
    type: bool
    default: true
  profiles:
    description:
      - The profiles that are active; a star is all of them.
    type: list
    elements: str
    default: []
  variables:
    description:
      - Variables that references in the files are replaced with. They win over O(environment_file).
    type: dict
  environment_file:
    description:
      - The same, in a file of lines NAME=value that need not lie in the checkout.
    type: path
  view:
    description:
      - Whether there is a subject a service, a subject an image (those that Dockerfiles begin from among them), or one for the whole
        project.
    type: str
    choices: [services, images, project]
    default: services
  select:
    description:
      - Only services that run this one of O(programs), or V(all). When none does, this is reported as not configured.
    type: str
    default: all
  programs:
    description:
      - How programs are known by their images. The default knows V(postgresql), V(redis), V(nats), V(vault), V(prometheus) and
        V(grafana), which are the ones whose commands are understood.
    type: list
    elements: dict
    default:
      - {name: postgresql, images: ["(^|/)(postgres|postgresql|timescaledb(-ha)?|postgis|pgvector)$"]}
      - {name: redis, images: ["(^|/)(redis|redis-stack(-server)?|valkey|keydb|dragonfly)$"]}
      - {name: nats, images: ["(^|/)nats(-server)?$"]}
      - {name: vault, images: ["(^|/)(vault|openbao)$"]}
      - {name: prometheus, images: ["(^|/)prometheus$"]}
      - {name: grafana, images: ["(^|/)grafana(-oss|-enterprise)?$"]}
    suboptions:
      name:
        description:
          - The name of the program.
        type: str
        required: true
      images:
        description:
          - Patterns of repositories, without tags.
        type: list
        elements: str
        required: true
  listeners:
    description:
      - On which ports the programs of services listen. Those of Redis and NATS are read from their commands.
    type: list
    elements: dict
    default: []
    suboptions:
      service:
        description:
          - A pattern of names of services. The first one that matches counts.
        type: str
        required: true
      ports:
        description:
          - The ports.
        type: list
        elements: int
        required: true
      paths:
        description:
          - The paths that a health check may ask by HTTP. None means that they are not known.
        type: list
        elements: str
        default: []
      variable:
        description:
          - The variable of the service that moves the port.
        type: str
  images_with_healthcheck:
    description:
      - Patterns of repositories whose images bring a health check of their own, which cannot be seen in a checkout.
    type: list
    elements: str
    default: []
  allowed_ports:
    description:
      - Ports of the host that may be open to other machines.
    type: list
    elements: int
    default: []
  provided:
    description:
      - Patterns of files that the host brings, so that the checkout need not hold them.
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
- name: Look at what production would run
  cryptofunk.readiness.compose_info:
    path: /srv/cryptofunk
    files: [docker-compose.yml, docker-compose.prod.yml]
    allowed_ports: [443]
  register: compose

- name: Judge the published ports
  cryptofunk.readiness.assess:
    topic: security.network
    looks:
      - {of: compose, observed: compose}

- name: See whether the project can be started
  cryptofunk.readiness.compose_info:
    path: /srv/cryptofunk
    view: project
    provided: [certs/*]
  register: project
"""

RETURN = r"""
observation:
  description:
    - One subject a service, an image, or the project, as O(view) says. A project that cannot be read is one subject with the reason.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the service, the reference of the image, or the files of the project.
      returned: always
      type: str
      sample: redis
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
    at:
      description: Where the files speak of the subject, of a service where they do so first.
      returned: when something was seen
      type: list
      elements: str
      sample: ["docker-compose.yml:29"]
    program:
      description: Which of O(programs) the service runs; null for another one.
      returned: O(view) is V(services)
      type: str
      sample: redis
    built:
      description: Whether the checkout builds the image.
      returned: O(view) is V(services)
      type: bool
      sample: false
    one_shot:
      description: Whether the service is meant to end, as others wait for that.
      returned: O(view) is V(services)
      type: bool
      sample: false
    image:
      description: The image that the service names. One that is only built has an empty C(raw), and the tag that compose gives it.
      returned: O(view) is V(services)
      type: dict
      contains: &image
        raw:
          description: The reference as the merged files have it.
          returned: always
          type: str
          sample: redis:7-alpine
        repository:
          description: The reference without tag and digest.
          returned: always
          type: str
          sample: redis
        tag:
          description: The tag, V(latest) when none is stated and there is no digest.
          returned: always
          type: str
          sample: 7-alpine
        digest:
          description: The digest, or an empty text.
          returned: always
          type: str
          sample: ""
        version:
          description: The digest, or else the tag.
          returned: always
          type: str
          sample: 7-alpine
    raw:
      description: The reference of the image; empty for one that is built without a name.
      returned: O(view) is V(images)
      type: str
      sample: redis:7-alpine
    repository:
      description: The reference without tag and digest.
      returned: O(view) is V(images)
      type: str
      sample: redis
    tag:
      description: The tag, V(latest) when none is stated and there is no digest.
      returned: O(view) is V(images)
      type: str
      sample: 7-alpine
    digest:
      description: The digest, or an empty text.
      returned: O(view) is V(images)
      type: str
      sample: ""
    version:
      description: The digest, or else the tag.
      returned: O(view) is V(images)
      type: str
      sample: 7-alpine
    kind:
      description: V(image) for one that a service runs, V(base) for one that a Dockerfile begins from.
      returned: O(view) is V(images)
      type: str
      sample: image
    environment:
      description: The variables of the service, those of its env files among them.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains:
        name:
          description: The name.
          returned: always
          type: str
          sample: JWT_SECRET
        origin:
          description:
            - Where the value comes from. V(literal) stands in the file, V(fallback) is what the file gives when the variable is not
              set, V(given) was handed over, V(unknown) has no value here, V(caller) is passed on from whoever starts the project.
          returned: always
          type: str
          sample: unknown
        secret:
          description: Whether the name is that of a secret.
          returned: always
          type: bool
          sample: true
        at:
          description: The place.
          returned: always
          type: str
          sample: docker-compose.yml:550
    literal_secrets:
      description: Secrets whose values stand in the files.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: &secret
        name:
          description: The variable or the option. The value is never returned.
          returned: always
          type: str
          sample: VAULT_DEV_ROOT_TOKEN_ID
        at:
          description: The place.
          returned: always
          type: str
          sample: docker-compose.yml:93
    default_secrets:
      description: Secrets that are a word which everybody tries first, or what a file falls back to.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: *secret
    ports:
      description: The published ports.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains:
        port: &port
          description: The address and the port of the host, and the port of the container.
          returned: always
          type: str
          sample: 0.0.0.0:6379->6379/tcp
        address:
          description: The address of the host.
          returned: always
          type: str
          sample: 0.0.0.0
        host_port:
          description: The port of the host; null when it is not one number.
          returned: always
          type: int
          sample: 6379
        container_port:
          description: The port of the container; null when it is not known.
          returned: always
          type: int
          sample: 6379
        protocol:
          description: The protocol.
          returned: always
          type: str
          sample: tcp
        exposed:
          description: Whether other machines can reach it.
          returned: always
          type: bool
          sample: true
        at: &at
          description: The place.
          returned: always
          type: str
          sample: docker-compose.yml:33
    exposed_ports:
      description: The published ports that other machines can reach.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: &ports
        port: *port
        at: *at
    unexpected_ports:
      description: Those of them that are not among O(allowed_ports).
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: *ports
    dead_ports:
      description: The published ports on which the program does not listen, as far as its ports are known.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: *ports
    cpu_limit:
      description: How many processors the service may use; V(0) is no limit.
      returned: O(view) is V(services)
      type: float
      sample: 0.5
    memory_limit_bytes:
      description: How much memory the service may use; V(0) is no limit.
      returned: O(view) is V(services)
      type: int
      sample: 536870912
    restart:
      description: When the service is started again.
      returned: O(view) is V(services)
      type: str
      sample: unless-stopped
    stop_grace_seconds:
      description: How long a service has to stop by itself.
      returned: O(view) is V(services)
      type: float
      sample: 10.0
    logging:
      description: Where the lines of the service go.
      returned: O(view) is V(services)
      type: dict
      contains:
        driver:
          description: The driver, that of the engine's own default when none is stated.
          returned: always
          type: str
          sample: json-file
        bounded:
          description: Whether the files on the machine cannot grow for ever.
          returned: always
          type: bool
          sample: true
    user:
      description: Who the container runs as, by the service or by its Dockerfile.
      returned: O(view) is V(services)
      type: str
      sample: "1000"
    privileged:
      description: Whether the container is privileged.
      returned: O(view) is V(services)
      type: bool
      sample: false
    read_only:
      description: Whether its root file system is read-only.
      returned: O(view) is V(services)
      type: bool
      sample: false
    added_capabilities:
      description: Capabilities that are added.
      returned: O(view) is V(services)
      type: list
      elements: str
      sample: [IPC_LOCK]
    dropped_capabilities:
      description: Capabilities that are dropped.
      returned: O(view) is V(services)
      type: list
      elements: str
      sample: [ALL]
    security_options:
      description: Security options.
      returned: O(view) is V(services)
      type: list
      elements: str
      sample: ["no-new-privileges:true"]
    host_namespaces:
      description: Which namespaces of the host the container shares, of C(network), C(pid), C(ipc), C(uts), C(user) and C(cgroup).
      returned: O(view) is V(services)
      type: list
      elements: str
      sample: []
    engine_socket:
      description: Whether the socket of the engine is mounted, which is root on the host.
      returned: O(view) is V(services)
      type: bool
      sample: false
    mounts:
      description: What is mounted into the container.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains:
        kind:
          description: V(volume), V(bind) or V(tmpfs).
          returned: always
          type: str
          sample: volume
        source:
          description: The volume, or the path relative to the checkout.
          returned: always
          type: str
          sample: redis-data
        target:
          description: The path in the container.
          returned: always
          type: str
          sample: /data
        read_only:
          description: Whether it is read-only.
          returned: always
          type: bool
          sample: false
        at: *at
    database_urls:
      description: The variables that are URLs of a PostgreSQL database.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains:
        name:
          description: The variable.
          returned: always
          type: str
          sample: DATABASE_URL
        sslmode:
          description: The TLS mode, V(not stated) when the URL leaves it to the client.
          returned: always
          type: str
          sample: require
        at: *at
    redis_urls:
      description: The variables that are URLs of a Redis server.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains:
        name:
          description: The variable.
          returned: always
          type: str
          sample: REDIS_URL
        tls:
          description: Whether the connection is by TLS.
          returned: always
          type: bool
          sample: true
        at: *at
    health_check:
      description:
        - Where the health check is declared, V(compose) or V(dockerfile), or V(image) for one of O(images_with_healthcheck), V(not
          needed) for a service that is meant to end, V(none) or V(switched off).
      returned: O(view) is V(services)
      type: str
      sample: compose
    health_faults:
      description: Why the health check cannot succeed, or cannot fail.
      returned: O(view) is V(services)
      type: list
      elements: dict
      contains: &fault
        says:
          description: What is wrong.
          returned: always
          type: str
          sample: it asks /health, which the program does not answer
        at: *at
    server_tls:
      description: Whether the server speaks TLS by its command.
      returned: the service runs PostgreSQL or Redis
      type: bool
      sample: true
    persistent:
      description: Whether what the program stores outlives its container. For NATS this is the store of JetStream.
      returned: the service runs PostgreSQL, Redis or NATS
      type: bool
      sample: true
    postgresql_major:
      description: The major version that the tag names.
      returned: the service runs PostgreSQL
      type: int
      sample: 17
    password:
      description: Whether the server wants a password or has a list of users.
      returned: the service runs Redis
      type: bool
      sample: true
    maxmemory_policy:
      description: What Redis does when its memory is full.
      returned: the service runs Redis
      type: str
      sample: allkeys-lru
    maxmemory_bytes:
      description: How much memory Redis takes; V(0) is all.
      returned: the service runs Redis
      type: int
      sample: 536870912
    jetstream:
      description: Whether JetStream is on.
      returned: the service runs NATS
      type: bool
      sample: true
    cluster_size:
      description: How many servers of the project stand in the cluster of this one.
      returned: the service runs NATS
      type: int
      sample: 3
    dev_mode:
      description: Whether Vault runs in dev mode, unsealed and in memory.
      returned: the service runs Vault
      type: bool
      sample: false
    retention_days:
      description: How long Prometheus keeps its samples.
      returned: the service runs Prometheus
      type: float
      sample: 30.0
    default_password:
      description: Whether the administrator of Grafana has the password that it ships with.
      returned: the service runs Grafana
      type: bool
      sample: false
    anonymous:
      description: Whether Grafana lets everybody in.
      returned: the service runs Grafana
      type: bool
      sample: false
    services:
      description: The services of the project, or those that use the image.
      returned: O(view) is V(project) or V(images)
      type: list
      elements: str
      sample: [api, postgres, redis]
    inactive_services:
      description: The services that the profiles leave out.
      returned: O(view) is V(project)
      type: list
      elements: str
      sample: []
    files:
      description: The files that were read.
      returned: O(view) is V(project)
      type: list
      elements: str
      sample: [docker-compose.yml, docker-compose.prod.yml]
    faults:
      description: What keeps the project from being rendered or started.
      returned: O(view) is V(project)
      type: list
      elements: dict
      contains: *fault
    missing_variables:
      description: The variables that have no value here.
      returned: O(view) is V(project)
      type: list
      elements: dict
      contains:
        name:
          description: The variable.
          returned: always
          type: str
          sample: POSTGRES_PASSWORD
        required:
          description: Whether compose refuses to go on without it.
          returned: always
          type: bool
          sample: true
        at: *at
    missing_files:
      description: What is mounted or read from the checkout, is not there, and is not among O(provided).
      returned: O(view) is V(project)
      type: list
      elements: dict
      contains:
        path:
          description: The path.
          returned: always
          type: str
          sample: grafana/dashboards
        at: *at
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: compose_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 60
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._hide import secret_values
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import compose
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**compose.SPEC, supports_check_mode=True)
    module.no_log_values.update(secret_values(module.params["variables"] or {}))
    run_module(module, "compose_info", compose.observe)


if __name__ == "__main__":
    main()
