# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What our reader makes of compose files, against what docker compose itself makes of them."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
import textwrap
import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._load import Loader
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._node import plain
from ansible_collections.cryptofunk.readiness.plugins.module_utils._compose._variables import shown
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from sandbox._profile import Profile
from sandbox.components import _repository_files as template

_COMPOSE = shutil.which("docker-compose", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
_COMPARED = [
    "image",
    "command",
    "entrypoint",
    "ports",
    "volumes",
    "environment",
    "depends_on",
    "healthcheck",
    "deploy",
    "mem_limit",
    "cpus",
    "restart",
    "logging",
    "user",
    "privileged",
    "cap_add",
    "cap_drop",
    "network_mode",
    "pid",
    "ipc",
    "expose",
    "profiles",
    "security_opt",
    "read_only",
    "stop_grace_period",
    "networks",
    "labels",
    "tmpfs",
    "dns",
    "init",
    "hostname",
]
_VARIABLES = {
    "GIVEN": "given",
    "EMPTY": "",
    "PORT": "8443",
    "POSTGRES_PASSWORD": "p",
    "GRAFANA_ADMIN_PASSWORD": "g",
    "JWT_SECRET": "j",
    "REDIS_PASSWORD": "r",
    "VAULT_ADDR": "v",
    "ANTHROPIC_API_KEY": "a",
    "OPENAI_API_KEY": "o",
    "BINANCE_API_KEY": "b",
    "BINANCE_API_SECRET": "s",
}

CASES: dict[str, dict[str, str]] = {
    "ports and lists grow": {
        "a.yml": """
            services:
              x:
                image: a
                ports: ["80:80", "127.0.0.1:81:81/udp", "90-92:80-82", "5000"]
                expose: ["1", 2]
                cap_add: [A, B]
                dns: 1.1.1.1
                tmpfs: /run
                security_opt: [no-new-privileges:true]
            """,
        "b.yml": """
            services:
              x:
                ports: ["443:443", "80:80", {target: 8080, published: "8081", host_ip: 127.0.0.1}, "[::1]:9:9"]
                expose: ["2", "3"]
                cap_add: [B, C]
                dns: [1.1.1.1, 8.8.8.8]
                tmpfs: [/run, /tmp]
            """,
    },
    "mappings merge in either form": {
        "a.yml": """
            services:
              x:
                image: a
                environment: [A=1, B=2, "EMPTY"]
                labels: {l: one}
                depends_on: [y]
                networks: [back]
              y: {image: b}
            networks: {back: {}, front: {}}
            """,
        "b.yml": """
            services:
              x:
                environment: {B: 3, C: "", GIVEN: }
                labels: [m=two]
                depends_on: {y: {condition: service_healthy}}
                networks: {front: {aliases: [z]}}
            """,
    },
    "commands and tests are replaced": {
        "a.yml": """
            services:
              x:
                image: a
                command: [a, b]
                entrypoint: sh -c "echo 'a b'"
                healthcheck: {test: [CMD, a], interval: 10s, retries: 3}
            """,
        "b.yml": """
            services:
              x:
                command: >
                  run --this
                  --that "as one"
                healthcheck: {test: curl -f http://localhost/, timeout: 5s}
            """,
    },
    "volumes are told apart by their target": {
        "a.yml": """
            services:
              x:
                image: a
                volumes: ["data:/data", "./a:/etc/a:ro", "/srv:/srv", "/anonymous"]
            volumes: {data: {}, other: {}}
            """,
        "b.yml": """
            services:
              x:
                volumes: ["other:/data", {type: bind, source: ./b, target: /etc/a}]
            """,
    },
    "reset and override": {
        "a.yml": """
            services:
              x:
                image: a
                ports: ["80:80"]
                expose: ["1"]
                environment: {A: 1, B: 2}
                privileged: true
              y: {image: b}
            """,
        "b.yml": """
            services:
              x:
                ports: !override ["443:443"]
                expose: !reset []
                environment: {A: !reset null}
                privileged: !reset false
              y: !reset null
            """,
    },
    "null leaves what is below": {
        "a.yml": """
            services:
              x: {image: a, command: [a], ports: ["80:80"], environment: {A: 1, B: 2}, restart: always, mem_limit: 64m}
              y: {image: b}
            """,
        "b.yml": """
            services:
              x: {command: , ports: , environment: {A: }, restart: , mem_limit: }
              y:
            """,
    },
    "extends within and across files": {
        "a.yml": """
            services:
              base: {image: a, environment: {A: 1}, ports: ["1:1"], restart: always}
              x: {extends: base, environment: {B: 2}, ports: ["2:2"]}
              z: {extends: {file: sub/c.yml, service: c}, restart: "no"}
            """,
        "sub/c.yml": """
            services:
              c: {extends: {service: d}, volumes: ["./d:/d"]}
              d: {image: d, command: [d]}
            """,
    },
    "include": {
        "a.yml": """
            include:
              - sub/c.yml
              - path: [sub/e.yml, sub/f.yml]
            services:
              x: {image: a, depends_on: [c]}
            """,
        "sub/c.yml": """
            services:
              c: {image: "c:${FROM_SUB:-none}", volumes: ["./d:/d"]}
            """,
        "sub/.env": "FROM_SUB=sub\n",
        "sub/e.yml": "services: {e: {image: e}}\n",
        "sub/f.yml": "services: {e: {image: f}}\n",
    },
    "anchors and extensions": {
        "a.yml": """
            x-common: &common
              restart: always
              logging: {driver: json-file, options: {max-size: 1m}}
            services:
              x: {<<: *common, image: a}
              y:
                <<: *common
                image: b
                restart: "no"
            """,
    },
    "logging of another driver is replaced": {
        "a.yml": """
            services:
              x: {image: a, logging: {driver: json-file, options: {max-size: 1m}}}
              y: {image: a, logging: {driver: json-file, options: {max-size: 1m}}}
            """,
        "b.yml": """
            services:
              x: {logging: {driver: syslog, options: {tag: t}}}
              y: {logging: {options: {max-file: "3"}}}
            """,
    },
    "variables": {
        "a.yml": """
            services:
              x:
                image: "a:${GIVEN}-${UNSET:-${EMPTY:-deep}}-${EMPTY-kept}-${EMPTY:-filled}"
                command: ["$$HOME", "${GIVEN:+plus}", "${UNSET:+plus}", "${EMPTY+set}", "$GIVEN.txt", "${PORT:?needed}"]
                ports: ["${PORT}:443", "${UNSET:-127.0.0.1}:80:80"]
                environment:
                  A: ${FROM_FILE}
                  B: "${UNSET-}"
            """,
        ".env": "FROM_FILE='file'\nGIVEN=not me\n",
    },
    "profiles": {
        "a.yml": """
            services:
              x: {image: a}
              y: {image: b, profiles: [debug]}
            """,
    },
    "resources": {
        "a.yml": """
            services:
              x:
                image: a
                deploy: {replicas: 2, resources: {limits: {cpus: "0.5", memory: 64M}, reservations: {memory: 32M}}}
                stop_grace_period: 30s
              y: {image: a, cpus: 1.5, mem_limit: 1g}
            """,
        "b.yml": """
            services:
              x: {deploy: {resources: {limits: {memory: 128M}}}}
            """,
    },
}


@pytest.mark.parametrize("files", CASES.values(), ids=CASES.keys())
def test_we_merge_as_docker_compose_does(tmp_path: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(textwrap.dedent(text))

    _compare(tmp_path, [name for name in files if "/" not in name and name.endswith(".yml")])


@pytest.mark.parametrize("profile", Profile)
def test_we_merge_the_sandbox_s_repository_as_docker_compose_does(tmp_path: Path, profile: Profile) -> None:
    for name, content in template.files(profile).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)

    _compare(tmp_path, ["docker-compose.yml", "docker-compose.prod.yml"])


REFUSED = {
    "a cycle of extends": "services: {x: {extends: y, image: a}, y: {extends: x, image: a}}",
    "a base that is not there": "services: {x: {extends: y, image: a}}",
    "a mapping over a list": "services: {x: {image: a, ports: {a: 1}}}",
    "a reference that is not closed": "services: {x: {image: 'a:${GIVEN'}}",
    "a service that is a text": "services: {x: a}",
    "ranges of different length": "services: {x: {image: a, ports: ['1-3:1-2']}}",
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_we_refuse_what_docker_compose_refuses(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.yml").write_text(text)

    assert _docker_compose(tmp_path, ["a.yml"]).returncode != 0
    with pytest.raises(LookError):
        _ours(tmp_path, ["a.yml"])


def _compare(folder: Path, files: list[str]) -> None:
    done = _docker_compose(folder, files)
    assert done.returncode == 0, done.stderr
    theirs = json.loads(done.stdout.replace("$$", "$"))["services"]
    ours = _ours(folder, files)

    assert sorted(ours) == sorted(theirs)
    for name, service in theirs.items():
        assert _normal(ours[name], folder) == _normal(service, folder)


def _docker_compose(folder: Path, files: list[str]) -> subprocess.CompletedProcess[str]:
    assert _COMPOSE, "docker-compose is missing: pip install -r requirements-test.txt"
    named = [word for file in files for word in ("-f", file)]
    environment = {"HOME": str(folder), "PATH": os.defpath, **_VARIABLES}
    return subprocess.run(
        [_COMPOSE, *named, "config", "--format", "json"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _ours(folder: Path, files: list[str]) -> dict[str, t.Any]:
    model = Loader(Folder(str(folder)), _VARIABLES, 1 << 20, Deadline(20)).load(files).model
    services = _shown(plain(model)["services"])
    return {name: one for name, one in services.items() if not one.get("profiles")}


def _shown(value: t.Any) -> t.Any:
    if isinstance(value, dict):
        return {key: _shown(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return shown(value) if isinstance(value, str) else value


def _normal(service: dict[str, t.Any], folder: Path) -> dict[str, t.Any]:
    """Return what is compared, without defaults and the many spellings of one value."""
    found = {key: service[key] for key in _COMPARED if service.get(key) not in (None, [], {}, "", False)}
    for key in ("command", "entrypoint"):
        if isinstance(found.get(key), str):
            found[key] = shlex.split(found[key])
    found["ports"] = sorted(_port(one) for one in found.get("ports", []))
    found["volumes"] = sorted(_volume(one, folder) for one in found.get("volumes", []))
    found["environment"] = {
        key: _VARIABLES.get(key) if value is None else _text(value)
        for key, value in found.get("environment", {}).items()
    }
    networks = found.pop("networks", {})
    found["networks"] = sorted(key for key in networks if key != "default")
    for key in ("memory", "mem_limit"):
        _bytes(found, key)
    found.get("deploy", {}).pop("placement", None)
    limits = found.get("deploy", {}).get("resources", {})
    for kind in limits.values():
        _bytes(kind, "memory")
        if "cpus" in kind:
            kind["cpus"] = float(kind["cpus"])
    if "labels" in found:
        found["labels"] = {key: _text(value) for key, value in found["labels"].items()}
    for one in (found.get("depends_on") or {}).values():
        one.setdefault("required", True)
    return {key: one for key, one in found.items() if one not in ([], {})}


def _port(port: dict[str, t.Any]) -> tuple[str, ...]:
    return tuple(str(port.get(key, "")) for key in ("host_ip", "published", "target", "protocol"))


def _volume(volume: dict[str, t.Any], folder: Path) -> tuple[str, ...]:
    source = str(volume.get("source", ""))
    if volume["type"] == "bind":
        source = os.path.normpath(folder / source)
    return volume["type"], source, volume["target"], str(bool(volume.get("read_only")))


def _text(value: t.Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _bytes(holder: dict[str, t.Any], key: str) -> None:
    """Write an amount of memory in bytes."""
    if key in holder:
        text = str(holder[key]).lower().rstrip("b")
        unit = {"k": 10, "m": 20, "g": 30}.get(text[-1])
        holder[key] = int(float(text[:-1]) * (1 << unit)) if unit else int(text)
