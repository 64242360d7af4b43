# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the compose files and in the Dockerfiles that they build."""

from __future__ import annotations

from sandbox._edits import Edit
from sandbox.components._repository_files import invented
from sandbox.defects._defect import Defect

_MAIN = "docker-compose.yml"
_PRODUCTION = "docker-compose.prod.yml"
_DOCKERFILE = "deployments/docker/Dockerfile.api"
TAIL = """\
    restart: unless-stopped
    deploy:
      resources:
        limits:
          cpus: '1.0'
          memory: 512m
    logging:
      driver: json-file
      options:
        max-size: 10m
        max-file: '5'
networks:
"""  # of the service api, the last one
_VAULT = """\
  vault:
    image: hashicorp/vault:1.18.1
    command: server -dev
    cap_add: [IPC_LOCK]
    healthcheck:
      test: [CMD, wget, --spider, http://localhost:8200/v1/sys/health]
"""


def _main(name: str, items: tuple[str, ...], says: str, right: str, wrong: str, everywhere: bool = False) -> Defect:
    return Defect(name, items, says, (Edit(_MAIN, right, wrong, everywhere),))


def _production(name: str, items: tuple[str, ...], says: str, right: str, wrong: str) -> Defect:
    return Defect(name, items, says, (Edit(_PRODUCTION, right, wrong),))


def _api(name: str, items: tuple[str, ...], says: str, right: str, wrong: str) -> Defect:
    return _main(name, items, says, TAIL, TAIL.replace(right, wrong))


_SECRETS = [
    _main(
        "exchange_key_in_compose",
        ("1.1.2", "1.1.3"),
        "The key of the news provider stands in the compose file",
        "      API_PORT: '8080'\n",
        f"      API_PORT: '8080'\n      NEWS_API_KEY: {invented('key in compose', 40)}\n",
    ),
    _main(
        "vault_in_dev_mode",
        ("1.1.2",),
        "The project runs a Vault in dev mode",
        "networks:\n  cryptofunk:\n",
        _VAULT + TAIL + "  cryptofunk:\n",
    ),
    Defect(
        "redis_open_to_everybody",
        ("1.2.2", "1.4.1", "1.4.3"),
        "Redis is published on every address and asks for no password",
        (
            Edit(_PRODUCTION, "127.0.0.1:6380:6380", "6380:6380"),
            Edit(
                _PRODUCTION,
                "      - --requirepass\n      - ${REDIS_PASSWORD:?REDIS_PASSWORD environment variable is required}\n",
                "",
            ),
        ),
    ),
    _main(
        "grafana_password_not_set",
        ("1.2.3",),
        "Nothing sets the password of Grafana's administrator",
        "GF_SECURITY_ADMIN_PASSWORD: ${GRAFANA_ADMIN_PASSWORD:?GRAFANA_ADMIN_PASSWORD environment variable is required}",
        "GF_USERS_ALLOW_SIGN_UP: 'false'",
    ),
    _main(
        "grafana_for_everybody",
        ("1.2.3",),
        "Grafana lets everybody in without a login",
        "      GF_SECURITY_ADMIN_USER:",
        "      GF_AUTH_ANONYMOUS_ENABLED: 'true'\n      GF_SECURITY_ADMIN_USER:",
    ),
    _main(
        "jwt_secret_with_a_fallback",
        ("1.2.7",),
        "JWT_SECRET falls back to changeme",
        "${JWT_SECRET:?JWT_SECRET environment variable is required}",
        "${JWT_SECRET:-changeme}",
        everywhere=True,
    ),
    _production(
        "database_trusts_everybody",
        ("1.2.7",),
        "The database asks nobody for a password",
        "POSTGRES_HOST_AUTH_METHOD: scram-sha-256",
        "POSTGRES_HOST_AUTH_METHOD: trust",
    ),
]
_NETWORK = [
    _production(
        "database_without_tls",
        ("1.3.1",),
        "The command of the database turns ssl off",
        "      - ssl=on\n",
        "      - ssl=off\n",
    ),
    _main(
        "database_published",
        ("1.4.1", "1.4.2"),
        "The database is published on every address",
        "127.0.0.1:5432:5432",
        "5432:5432",
    ),
    _production(
        "redis_published",
        ("1.4.1", "1.4.3"),
        "Redis is published on every address",
        "127.0.0.1:6380:6380",
        "0.0.0.0:6380:6380",
    ),
    _main(
        "prometheus_published",
        ("1.4.1",),
        "Prometheus is published on every address",
        "127.0.0.1:9090:9090",
        "9090:9090",
    ),
    _main(
        "network_of_the_host",
        ("1.4.1",),
        "The API shares the network of the host",
        "    networks:\n      - cryptofunk\n" + TAIL,
        "    network_mode: host\n" + TAIL,
    ),
]
_RESOURCES = [
    _production(
        "redis_refuses_when_full",
        ("2.2.3",),
        "Redis refuses to write when its memory is full",
        "      - allkeys-lru\n",
        "      - noeviction\n",
    ),
    _production(
        "redis_without_maxmemory",
        ("2.2.3",),
        "Redis takes all memory that there is",
        "      - --maxmemory\n      - 512mb\n",
        "",
    ),
    _main(
        "redis_without_a_volume",
        ("2.2.4",),
        "What Redis writes is lost with its container",
        "    volumes:\n      - redis-data:/data\n",
        "",
    ),
    _api("cpu_without_a_limit", ("2.3.1",), "The API may use every processor", "          cpus: '1.0'\n", ""),
    _api("memory_without_a_limit", ("2.3.2",), "The API may use all memory", "          memory: 512m\n", ""),
]
_IMAGES = [
    _main(
        "image_of_prometheus_floats",
        ("4.2.2", "9.3"),
        "The image of Prometheus is latest",
        "prom/prometheus:v2.51.1",
        "prom/prometheus:latest",
    ),
    _main(
        "image_of_redis_floats",
        ("4.2.2", "9.3"),
        "The image of Redis is whatever 7 is today",
        "redis:7.4.1-alpine",
        "redis:7-alpine",
    ),
    _main(
        "image_without_a_tag",
        ("4.2.2", "9.3"),
        "The image of the LLM gateway has no tag",
        "maximhq/bifrost:v0.3.0",
        "maximhq/bifrost",
    ),
    Defect(
        "base_image_floats",
        ("4.2.2",),
        "The API is built on alpine:latest",
        (Edit(_DOCKERFILE, "FROM alpine:3.22", "FROM alpine:latest"),),
    ),
    _main(
        "service_only_built",
        ("4.2.2", "7.4.1", "9.3"),
        "The API has no image that could be pulled",
        "    image: registry.example.com/cryptofunk/api:v1.0.0\n",
        "",
    ),
    _main(
        "old_postgresql",
        ("4.3.1",),
        "The database is PostgreSQL 14",
        "timescale/timescaledb:2.17.2-pg17",
        "timescale/timescaledb:2.17.2-pg14",
    ),
]
_MESSAGING = [
    _main("jetstream_is_off", ("4.4.2",), "NATS runs without JetStream", " -js -m 8222", " -m 8222", everywhere=True),
    _main(
        "jetstream_is_ephemeral",
        ("4.4.3",),
        "The store of a NATS server is on no volume",
        "    volumes:\n      - nats-2-data:/data\n",
        "",
    ),
    _main(
        "nats_server_alone",
        ("4.4.4",),
        "One NATS server knows no other",
        "-n nats-3 -js -m 8222 -sd /data --cluster_name cryptofunk --cluster nats://0.0.0.0:6222 --routes "
        "nats://nats:6222,nats://nats-2:6222,nats://nats-3:6222",
        "-n nats-3 -js -m 8222 -sd /data",
    ),
]
_MONITORING = [
    _main(
        "samples_for_a_week",
        ("5.1.2",),
        "Prometheus keeps its samples for a week",
        "retention.time=30d",
        "retention.time=7d",
    ),
    _api(
        "logs_thrown_away",
        ("5.4.1",),
        "The lines of the API go nowhere",
        "      driver: json-file\n",
        "      driver: none\n",
    ),
    _api("logs_without_bounds", ("5.4.2",), "The log of the API grows for ever", "        max-size: 10m\n", ""),
    _main(
        "dead_port",
        ("5.5.1",),
        "The published port of the orchestrator leads to where nothing listens",
        "127.0.0.1:8081:8081",
        "127.0.0.1:8081:8080",
    ),
    _main(
        "health_check_of_a_path_that_is_not_there",
        ("5.5.2",),
        "The health check of the API asks /health, which is 404",
        "http://localhost:8080/api/v1/health",
        "http://localhost:8080/healthz",
    ),
    _main(
        "health_check_of_another_port",
        ("5.5.2",),
        "The health check of the risk agent asks the port of another agent",
        "http://localhost:9108/health",
        "http://localhost:9103/health",
    ),
    _main(
        "health_check_switched_off",
        ("5.5.2",),
        "The health check of Alertmanager is switched off",
        """\
    healthcheck:
      test:
        - CMD
        - wget
        - --no-verbose
        - --tries=1
        - --spider
        - http://localhost:9093/-/healthy
""",
        """\
    healthcheck:
      disable: true
""",
    ),
    _main(
        "health_check_that_cannot_fail",
        ("5.5.2",),
        "The health check of the database always succeeds",
        "        - CMD-SHELL\n        - pg_isready -U postgres -d cryptofunk\n",
        "        - CMD-SHELL\n        - 'true'\n",
    ),
]
_DEPLOYMENT = [
    _api(
        "killed_at_once",
        ("7.4.2",),
        "The API is killed after a second",
        "    restart: unless-stopped\n",
        "    stop_grace_period: 1s\n    restart: unless-stopped\n",
    ),
    _api(
        "unknown_key",
        ("7.4.3",),
        "A key of the API is no key of compose",
        "    restart: unless-stopped\n",
        "    restrat: always\n    restart: unless-stopped\n",
    ),
    _main(
        "dependency_that_is_not_there",
        ("7.4.3",),
        "The orchestrator waits for a service that is not declared",
        "      migrate:\n        condition: service_completed_successfully\n",
        "      migrate:\n        condition: service_completed_successfully\n      seed:\n        condition: service_started\n",
    ),
    _main(
        "volume_that_is_not_declared",
        ("7.4.3",),
        "The volume of the database is not declared",
        "  postgres-data: {}\n",
        "",
    ),
    _main(
        "mount_that_is_not_there",
        ("5.2.1", "7.4.3"),
        "The dashboards are mounted from a folder that is not there",
        "- ./deployments/grafana/dashboards:",
        "- ./grafana/dashboards:",
    ),
    _main(
        "two_services_on_one_port",
        ("6.1.1", "6.1.2", "7.4.3"),
        "The API and the orchestrator want the same port of the host",
        "127.0.0.1:8082:8080",
        "127.0.0.1:8081:8080",
    ),
    _api("never_restarted", ("7.4.4",), "Nothing starts the API again", "    restart: unless-stopped\n", ""),
]

DEFECTS = [*_SECRETS, *_NETWORK, *_RESOURCES, *_IMAGES, *_MESSAGING, *_MONITORING, *_DEPLOYMENT]
