# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The probe of compose projects: on the sandbox's repositories, and on projects of another making."""

from __future__ import annotations

import json
import typing as t
from pathlib import Path

import pytest

from sandbox._profile import Profile
from sandbox.components import _repository_files as template

from ._composing import look, project, service, write
from ._judging import defaults, outcome

LISTENERS = defaults("monitoring")["monitoring_listeners"]
SECRET = "hunter2-Zx9q7Lm3"


def says(faults: list[dict[str, str]]) -> list[str]:
    return [fault["says"] for fault in faults]


def checkout(path: Path, profile: Profile) -> Path:
    for name, content in template.files(profile).items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


STATIC = {
    "1.1.2": ("compose", {}),
    "1.2.2": ("compose_redis", {"select": "redis"}),
    "1.2.3": ("compose_grafana", {"select": "grafana"}),
    "1.2.7": ("compose", {}),
    "1.3.1": ("compose", {}),
    "1.4.1": ("compose", {"allowed_ports": [80, 443]}),
    "1.4.2": ("compose_postgresql", {"select": "postgresql"}),
    "1.4.3": ("compose_redis", {"select": "redis"}),
    "2.2.3": ("compose_redis", {"select": "redis"}),
    "2.2.4": ("compose_redis", {"select": "redis"}),
    "2.3.1": ("compose", {}),
    "2.3.2": ("compose", {}),
    "4.2.2": ("compose_images", {"view": "images"}),
    "4.3.1": ("compose_postgresql", {"select": "postgresql"}),
    "4.4.2": ("compose_nats", {"select": "nats"}),
    "4.4.3": ("compose_nats", {"select": "nats"}),
    "4.4.4": ("compose_nats", {"select": "nats"}),
    "5.1.2": ("compose_prometheus", {"select": "prometheus"}),
    "5.4.1": ("compose", {}),
    "5.4.2": ("compose", {}),
    "5.5.1": ("compose", {"listeners": LISTENERS}),
    "5.5.2": ("compose", {"listeners": LISTENERS}),
    "7.4.1": ("compose", {}),
    "7.4.2": ("compose", {}),
    "7.4.3": ("compose_project", {"view": "project", "provided": ["certs/*"]}),
    "7.4.4": ("compose", {}),
    "9.3": ("compose", {}),
}
SHIPPED_WELL = {
    "1.1.2",
    "1.2.2",
    "1.2.3",
    "1.3.1",
    "2.2.3",
    "2.2.4",
    "4.3.1",
    "4.4.2",
    "5.1.2",
    "5.4.1",
    "7.4.2",
    "7.4.4",
}


def outcomes(path: Path, item: str) -> set[str]:
    of, options = STATIC[item]
    return {outcome(item, of, subject) for subject in look(path, **options)}


@pytest.fixture(scope="module")
def hardened(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("hardened"), Profile.HARDENED)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return checkout(tmp_path_factory.mktemp("shipped"), Profile.AS_SHIPPED)


@pytest.mark.parametrize("item", STATIC)
def test_nothing_fails_on_the_hardened_repository(hardened: Path, item: str) -> None:
    assert outcomes(hardened, item) == {"passed"}


@pytest.mark.parametrize("item", STATIC)
def test_what_cryptofunk_ships_fails_where_it_is_at_fault(shipped: Path, item: str) -> None:
    assert ("failed" in outcomes(shipped, item)) is (item not in SHIPPED_WELL)


def test_a_vault_in_dev_mode_is_no_secrets_manager(shipped: Path) -> None:
    (vault,) = look(shipped, select="vault")

    assert outcome("1.1.2", "compose_vault", vault) == "failed"


def test_each_fault_names_its_line(shipped: Path) -> None:
    lines = (shipped / "docker-compose.yml").read_text().splitlines()

    (nats,) = look(shipped, select="nats", listeners=LISTENERS)

    for port in nats["dead_ports"]:
        file, number = port["at"].split(":")
        assert file == "docker-compose.yml"
        assert "6222" in lines[int(number) - 1]
    assert lines[int(nats["at"][0].split(":")[1]) - 1] == "  nats:"


def test_an_overlay_alone_is_no_project(hardened: Path) -> None:
    (only,) = look(hardened, files=["docker-compose.prod.yml"])

    assert only["error"]["reason"] == "malformed"
    assert "no service has an image or a build" in only["error"]["message"]
    assert "laid over another file" in project(hardened, files=["docker-compose.prod.yml"])["faults"][0]["says"]


def test_a_checkout_without_a_project_is_an_error_only_where_one_is_expected(tmp_path: Path) -> None:
    assert look(tmp_path)[0]["error"]["reason"] == "no_data"
    assert look(tmp_path, expected=False)[0]["error"]["reason"] == "not_configured"
    assert look(tmp_path, files=["missing.yml"], expected=False)[0]["error"]["reason"] == "no_data"


def test_a_file_for_production_that_is_whole_stands_alone(tmp_path: Path) -> None:
    write(tmp_path, "services: {x: {image: dev}, y: {image: dev}}")
    write(tmp_path, "services: {x: {image: prod}}", "docker-compose.prod.yml")

    assert project(tmp_path)["files"] == ["docker-compose.prod.yml"]


def test_a_program_that_no_service_runs_is_not_configured(tmp_path: Path) -> None:
    write(tmp_path, "services: {x: {image: 'a:1.0'}}")

    assert look(tmp_path, select="redis")[0]["error"]["reason"] == "not_configured"


def test_what_depends_on_a_variable_without_a_value_is_unknown(tmp_path: Path) -> None:
    write(
        tmp_path,
        """
        services:
          x:
            image: a:${VERSION:?needed}
            ports: ["${BIND}:80:80"]
            mem_limit: ${LIMIT}
            environment: {DATABASE_URL: "postgres://u:${PASSWORD}@db/x?sslmode=${MODE}"}
        """,
    )

    seen = service(tmp_path)

    assert {"image", "exposed_ports", "memory_limit_bytes", "database_urls"} <= set(seen["unseen"])
    assert seen["literal_secrets"] == seen["default_secrets"] == []
    required = [one["name"] for one in project(tmp_path)["missing_variables"] if one["required"]]
    assert required == ["VERSION"]
    given = service(tmp_path, variables={"VERSION": "1.0", "BIND": "127.0.0.1", "LIMIT": "1g", "MODE": "require"})
    assert (given["image"]["version"], given["exposed_ports"], given["memory_limit_bytes"]) == ("1.0", [], 1 << 30)
    assert given["database_urls"][0]["sslmode"] == "require"


SECRETS = {
    "a literal": ({"API_KEY": SECRET}, ["API_KEY"], []),
    "a word that everybody tries": ({"POSTGRES_PASSWORD": "postgres"}, [], ["POSTGRES_PASSWORD"]),
    "a fallback": ({"JWT_SECRET": "${JWT_SECRET:-" + SECRET + "}"}, [], ["JWT_SECRET"]),
    "a fallback that is empty": ({"SMTP_PASSWORD": "${SMTP_PASSWORD:-}"}, [], []),
    "a reference": ({"API_KEY": "${API_KEY}", "TOKEN": "$TOKEN"}, [], []),
    "a value that was given": ({"API_KEY": "${GIVEN}", "DATABASE_URL": "${URL}"}, [], []),
    "a URL": ({"DATABASE_URL": f"postgres://app:{SECRET}@db/x"}, ["DATABASE_URL"], []),
    "a URL with a default": ({"DATABASE_URL": "postgres://postgres:postgres@db/x"}, [], ["DATABASE_URL"]),
    "a file": ({"POSTGRES_PASSWORD_FILE": "/run/secrets/p", "TLS_KEY": "/certs/k"}, [], []),
    "an amount": ({"MAX_TOKEN": "4096", "CACHE_KEY": "prices"}, [], []),
    "no password at all": ({"POSTGRES_HOST_AUTH_METHOD": "trust"}, [], ["POSTGRES_HOST_AUTH_METHOD"]),
    "an empty value": ({"API_KEY": "", "PASSWORD": None}, [], []),
}


@pytest.mark.parametrize(("environment", "literal", "default"), SECRETS.values(), ids=SECRETS.keys())
def test_secrets_are_told_by_where_they_come_from(
    tmp_path: Path, environment: dict[str, t.Any], literal: list[str], default: list[str]
) -> None:
    write(tmp_path, json.dumps({"services": {"x": {"image": "a", "environment": environment}}}))

    (seen,) = look(tmp_path, variables={"GIVEN": SECRET, "URL": f"postgres://a:{SECRET}@b/c"})

    assert [one["name"] for one in seen["literal_secrets"]] == literal
    assert [one["name"] for one in seen["default_secrets"]] == default


def test_no_output_holds_a_secret(tmp_path: Path) -> None:
    write(
        tmp_path,
        f"""
        services:
          x:
            image: redis:7.2
            command: redis-server --requirepass {SECRET}
            environment: {{A_PASSWORD: "{SECRET}", B: "${{C:-{SECRET}}}", URL: "redis://:{SECRET}@r"}}
            env_file: x.env
            healthcheck: {{test: redis-cli -a {SECRET} ping}}
        """,
    )
    write(tmp_path, f"TOKEN={SECRET}\n", "x.env")

    text = json.dumps([look(tmp_path, variables={"C": SECRET}), project(tmp_path), look(tmp_path, view="images")])

    assert SECRET not in text
    assert "A_PASSWORD" in text
    assert "x.env:1" in text


PROGRAMS = {
    "redis without a password": ("redis:7.2", {}, {"password": False, "persistent": False, "maxmemory_bytes": 0}),
    "redis behind TLS": (
        "redis:7.2",
        {"command": ["redis-server", "--tls-port", "6380", "--port", "0"], "ports": ["6379:6379", "6380:6380"]},
        {"server_tls": True, "dead_ports": ["0.0.0.0:6379->6379/tcp"]},
    ),
    "redis with a file of its own": ("redis:7.2", {"command": "redis-server /etc/redis.conf"}, {"password": None}),
    "redis that writes": (
        "redis:7.2",
        {"command": "redis-server --appendonly yes --maxmemory 1gb", "volumes": ["d:/data"]},
        {"persistent": True, "maxmemory_bytes": 1 << 30, "maxmemory_policy": "noeviction"},
    ),
    "redis by a shell": ("redis:7.2", {"command": "sh -c 'exec redis-server --requirepass $$P'"}, {"password": True}),
    "nats without a store": ("nats:2.10", {"command": "-js"}, {"jetstream": True, "persistent": False}),
    "nats with a store": (
        "nats:2.10",
        {"command": ["--jetstream", "--store_dir=/data"], "volumes": ["d:/data"]},
        {"persistent": True, "cluster_size": 1},
    ),
    "nats in memory": ("nats:2.10", {"command": "-js -sd /data", "tmpfs": "/data"}, {"persistent": False}),
    "nats with a file of its own": ("nats:2.10", {"command": "-c /etc/nats.conf"}, {"jetstream": None}),
    "postgresql in the clear": ("postgres:16.4", {}, {"server_tls": False, "postgresql_major": 16}),
    "postgresql with a file of its own": (
        "postgres:16.4",
        {"command": "postgres -c config_file=/etc/p.conf"},
        {"server_tls": None},
    ),
    "timescaledb": ("timescale/timescaledb:2.17.2-pg17", {"command": "-c ssl=on"}, {"server_tls": True}),
    "postgresql of no version": ("postgres:latest", {}, {"postgresql_major": None}),
    "vault as it comes": ("hashicorp/vault:1.17", {}, {"dev_mode": True}),
    "vault as a server": ("hashicorp/vault:1.17", {"command": "server -config=/x"}, {"dev_mode": False}),
    "prometheus as it comes": ("prom/prometheus:v2.51.1", {}, {"retention_days": 15.0}),
    "prometheus for two days": (
        "prom/prometheus:v2.51.1",
        {"command": ["--storage.tsdb.retention.time=48h"]},
        {"retention_days": 2.0},
    ),
    "grafana as it comes": ("grafana/grafana:11.3.0", {}, {"default_password": True, "anonymous": False}),
    "grafana with a password": (
        "grafana/grafana:11.3.0",
        {"environment": ["GF_SECURITY_ADMIN_PASSWORD=${P}", "GF_AUTH_ANONYMOUS_ENABLED=true"]},
        {"default_password": False, "anonymous": True},
    ),
    "grafana with a password of the caller": (
        "grafana/grafana:11.3.0",
        {"environment": ["GF_SECURITY_ADMIN_PASSWORD"]},
        {"default_password": None},
    ),
    "grafana with an env file that is not there": (
        "grafana/grafana:11.3.0",
        {"env_file": "grafana.env"},
        {"default_password": None},
    ),
}


@pytest.mark.parametrize(("image", "more", "expected"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_the_commands_of_programs_are_understood(
    tmp_path: Path, image: str, more: dict[str, t.Any], expected: dict[str, t.Any]
) -> None:
    write(tmp_path, json.dumps({"services": {"x": {"image": image, **more}}, "volumes": {"d": {}}}))

    seen = service(tmp_path)

    for key, value in expected.items():
        shown = [one["port"] for one in seen[key]] if key == "dead_ports" else seen[key]
        assert shown == value
        assert (key in seen["unseen"]) is (value is None)


HEALTH = {
    "none": ({"image": "a"}, "none", []),
    "disabled": ({"image": "a", "healthcheck": {"disable": True}}, "switched off", []),
    "NONE": ({"image": "a", "healthcheck": {"test": ["NONE"]}}, "switched off", []),
    "of the Dockerfile": ({"build": "."}, "dockerfile", []),
    "of an image that is known to have one": ({"image": "own/a:1"}, "image", []),
    "the right path": ({"image": "a", "healthcheck": {"test": "curl -f http://localhost:80/ok"}}, "compose", []),
    "the wrong path": (
        {"image": "a", "healthcheck": {"test": ["CMD", "curl", "-f", "http://127.0.0.1:80/health"]}},
        "compose",
        ["it asks /health, which the program does not answer"],
    ),
    "the wrong port": (
        {"image": "a", "healthcheck": {"test": "wget -q http://localhost:81/ok || exit 1"}},
        "compose",
        ["it asks port 81, and the program listens on 80"],
    ),
    "another machine": ({"image": "a", "healthcheck": {"test": "curl http://other:81/"}}, "compose", []),
    "one that cannot fail": (
        {"image": "a", "healthcheck": {"test": ["CMD", "true"]}},
        "compose",
        ["it can never fail"],
    ),
}


@pytest.mark.parametrize(("of", "source", "faults"), HEALTH.values(), ids=HEALTH.keys())
def test_health_checks_are_compared_with_the_program(
    tmp_path: Path, of: dict[str, t.Any], source: str, faults: list[str]
) -> None:
    write(tmp_path, json.dumps({"services": {"x": of}}))
    write(tmp_path, "FROM a:1.0\nHEALTHCHECK --interval=5s \\\n  CMD curl http://localhost:80/ok\n", "Dockerfile")

    (seen,) = look(
        tmp_path,
        listeners=[{"service": "x", "ports": [80], "paths": ["/ok"]}],
        images_with_healthcheck=["^own/"],
    )

    assert (seen["health_check"], says(seen["health_faults"])) == (source, faults)


FAULTS = {
    "neither image nor build": ("y: {command: a}", "neither an image nor a build"),
    "an unknown key": ("y: {image: a, restrat: always}", "unknown key restrat"),
    "a dependency that is not declared": ("y: {image: a, depends_on: [z]}", "which is not declared"),
    "a dependency that is not active": (
        "y: {image: a, depends_on: [z]}, z: {image: a, profiles: [p]}",
        "which is not active",
    ),
    "a ring": ("y: {image: a, depends_on: [z]}, z: {image: a, depends_on: [y]}", "in a ring"),
    "a volume that is not declared": ("y: {image: a, volumes: ['d:/data']}", "uses the volume d"),
    "a network that is not declared": ("y: {image: a, networks: [n]}", "uses the network n"),
    "a secret that is not declared": ("y: {image: a, secrets: [s]}", "uses the secret s"),
    "a port twice": ("y: {image: a, ports: ['1:1']}, z: {image: a, ports: ['127.0.0.1:1:2']}", "the same port 1"),
    "a name twice": ("y: {image: a, container_name: n}, z: {image: a, container_name: n}", "same container_name"),
    "a Dockerfile that is not there": ("y: {build: nowhere}", "no file nowhere/Dockerfile"),
    "a health check that is waited for": (
        "y: {image: a, depends_on: {z: {condition: service_healthy}}}, z: {image: a, healthcheck: {disable: true}}",
        "has no health check",
    ),
    "what is no YAML": ("y: [", "is not valid YAML"),
    "a key that stands twice": ("y: {image: a, image: b}", "stands twice"),
    "a service that is a list": ("y: [a]", "is no mapping"),
}


@pytest.mark.parametrize(("services", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_what_keeps_a_project_from_starting_is_a_fault(tmp_path: Path, services: str, fault: str) -> None:
    write(tmp_path, f"services: {{x: {{image: a}}, {services}}}\n")

    found = project(tmp_path)["faults"]

    assert [one for one in says(found) if fault in one], found
    assert all(one["at"].startswith("docker-compose.yml") for one in found)


def test_what_the_checkout_does_not_hold_is_missing_unless_the_host_brings_it(tmp_path: Path) -> None:
    write(tmp_path, "services: {x: {image: a, volumes: ['./certs/a:/a', './b:/b', './c:/c'], env_file: [d.env]}}")
    (tmp_path / "c").mkdir()

    found = project(tmp_path, provided=["certs/*"])["missing_files"]

    assert [one["path"] for one in found] == ["d.env", "b"]


def test_images_of_dockerfiles_are_seen_too(tmp_path: Path) -> None:
    write(
        tmp_path,
        "services: {x: {build: {context: ., args: {V: '3.22'}}}, y: {image: 'r.example.com:5000/y@sha256:ab'}}",
    )
    write(tmp_path, "ARG V=1\nFROM golang:1.25 AS build\nFROM alpine:${V}\nCOPY --from=build /a /a\n", "Dockerfile")

    found = {one["subject"]: one["version"] for one in look(tmp_path, view="images")}

    assert found == {
        "x (built here, without a name)": "latest",
        "golang:1.25": "1.25",
        "alpine:3.22": "3.22",
        "r.example.com:5000/y@sha256:ab": "sha256:ab",
    }
