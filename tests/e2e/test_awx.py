# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbook as an AWX job: a thin project, the collection installed from its tarball, secrets from the environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import typing as t
from pathlib import Path

import ansible_runner
import pytest
import yaml

from sandbox._sandbox import Sandbox

ROOT = Path(__file__).parents[2]
GALAXY = Path(sys.executable).with_name("ansible-galaxy")
SECRET = "READINESS_POSTGRESQL_PASSWORD"


@pytest.fixture(scope="module")
def tarball(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("build")
    subprocess.run([GALAXY, "collection", "build", "--output-path", folder, ROOT], check=True, capture_output=True)
    (built,) = folder.glob("cryptofunk-readiness-*.tar.gz")
    return built


@pytest.fixture(scope="module")
def job(tarball: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the private data folder of a job, and sync the project's collections as AWX does."""
    folder = tmp_path_factory.mktemp("job")
    shutil.copytree(ROOT / "awx" / "project", folder / "project")
    requirements = folder / "project" / "collections" / "requirements.yml"
    requirements.write_text(yaml.safe_dump({"collections": [{"name": str(tarball), "type": "file"}]}))
    subprocess.run(
        [GALAXY, "collection", "install", "--offline", "-r", requirements, "-p", folder / "requirements_collections"],
        check=True,
        capture_output=True,
    )
    return folder


def inventory(sandbox: Sandbox) -> dict[str, t.Any]:
    """Return the sandbox's targets as an inventory that holds no secret of PostgreSQL."""
    host: dict[str, t.Any] = {"ansible_connection": "local", **sandbox.targets.read()}
    host["readiness_postgresql"]["login_password"] = f"{{{{ lookup('ansible.builtin.env', '{SECRET}') }}}}"
    output = "{{ lookup('ansible.builtin.env', 'AWX_ISOLATED_DATA_DIR') }}/readiness"
    return {"environments": {"hosts": {"production": host}, "vars": {"readiness_output_dir": output}}}


def run(job: Path, sandbox: Sandbox, tags: str = "", **extra: t.Any) -> t.Any:
    secret = sandbox.targets.read()["readiness_postgresql"]["login_password"]
    return ansible_runner.run(
        private_data_dir=str(job),
        playbook="site.yml",
        inventory=inventory(sandbox),
        envvars={
            SECRET: secret,
            "ANSIBLE_COLLECTIONS_PATH": str(job / "requirements_collections"),
            "PATH": os.environ["PATH"],
            "HOME": str(job),
        },
        extravars=extra,
        tags=tags or None,
        quiet=True,
    )


def report_of(result: t.Any) -> dict[str, t.Any]:
    path = Path(result.config.artifact_dir, "readiness", "latest", "report.json")
    return t.cast("dict[str, t.Any]", json.loads(path.read_text()))


@pytest.fixture(scope="module")
def told(job: Path, started_sandbox: Sandbox) -> t.Any:
    """Run the whole job with a gate that only tells."""
    return run(job, started_sandbox, readiness_gate="report_only")


def test_the_job_leaves_the_report_among_its_artifacts(told: t.Any) -> None:
    assert (told.status, told.rc) == ("successful", 0)
    report = report_of(told)
    assert report["conclusion"] != "READY"
    assert {item["id"]: item["outcome"] for item in report["items"]}["4.3.1"] == "passed"
    assert Path(told.config.artifact_dir, "readiness", "latest", "report.html").stat().st_size > 10_000


def test_the_job_gates(job: Path, hardened: Sandbox) -> None:
    gated = run(job, hardened, tags="database", readiness_gate="enforce")
    assert report_of(gated)["conclusion"] != "READY"
    assert (gated.status, gated.rc) == ("failed", 2)


def test_set_stats_hands_conclusion_and_counts_to_the_next_node(told: t.Any) -> None:
    events = [event.get("event_data", {}) for event in told.events]
    handed = [event["artifact_data"] for event in events if "artifact_data" in event]
    assert handed[-1]["readiness_conclusion"] == "NOT READY"
    assert sum(handed[-1]["readiness_counts"].values()) == 275


def test_the_secret_is_in_no_artifact(told: t.Any, hardened: Sandbox) -> None:
    secret = hardened.targets.read()["readiness_postgresql"]["login_password"].encode()
    own = Path(told.config.artifact_dir, "command")  # in which the runner keeps the environment that it was given
    written = [path for path in Path(told.config.artifact_dir).rglob("*") if path.is_file() and path != own]
    assert len(written) > 50
    assert [path for path in written if secret in path.read_bytes()] == []
