# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What CI left of a release, and declared commands: good, and wrong in each way that counts. No service is needed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import typing as t
from pathlib import Path

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import artifact, command
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from sandbox import _readiness, sabotages
from sandbox._contract import Sabotage
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox
from sandbox.components import artifacts, repository

from ._judging import judged

SUITES = (
    "unit_tests",
    "integration_tests",
    "e2e_tests",
    "coverage",
    "vulnerabilities",
    "code_analysis",
    "image_scans",
    "load",
    "overload",
    "dependencies",
)
COMMANDS = ("verify_keys",)
DECIDED = {
    item["id"]: sorted({check["of"] for check in item["checks"]})
    for item in read_catalogue()
    if {check["of"] for check in item["checks"]} & {*SUITES, *COMMANDS}
}
Subjects = t.List[t.Dict[str, t.Any]]


def made(root: Path, profile: Profile) -> Sandbox:
    sandbox = Sandbox(profile, root, 0)
    sandbox.make()
    repository.start(sandbox)
    artifacts.start(sandbox)
    sandbox.targets.declare([repository.targets(sandbox), artifacts.targets(sandbox)])
    return sandbox


@pytest.fixture(scope="module")
def hardened(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return made(passable(tmp_path_factory), Profile.HARDENED)


@pytest.fixture(scope="module")
def as_shipped(tmp_path_factory: pytest.TempPathFactory) -> Sandbox:
    return made(passable(tmp_path_factory), Profile.AS_SHIPPED)


def passable(factory: pytest.TempPathFactory) -> Path:
    """Return a folder through which the users of services can pass, as a sandbox wants one."""
    folder = factory.mktemp("sandbox")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid():
            parent.chmod(parent.stat().st_mode | 0o011)
    return folder


def observed(probe: t.Any, **options: t.Any) -> Subjects:
    result = ArgumentSpecValidator(**probe.SPEC).validate(options)
    assert not result.error_messages, result.error_messages
    valid = result.validated_parameters
    return t.cast(Subjects, json.loads(json.dumps(probe.observe(valid, Deadline(valid["timeout"])))))


def look(sandbox: Sandbox, of: str) -> Subjects:
    """Look as the tasks of the roles do."""
    targets = sandbox.targets.read()
    if of in COMMANDS:
        declared = dict(targets["readiness_commands"][of])
        timeout = declared.pop("timeout")
        return observed(command, commands=[{"name": of, **declared}], timeout=timeout)
    declared = targets["readiness_artifacts"]
    common = {"root": declared["root"], "release_commit": declared["release_commit"]}
    return observed(artifact, artifacts=declared[of], **common)


def outcome(sandbox: Sandbox, item: str) -> str:
    """Return what all checks of an item come to; a person, who may have to attest, is left out."""
    verdicts = {
        verdict["verdict"]
        for of in DECIDED[item]
        for subject in look(sandbox, of)
        for verdict in judged(item, of, subject)
    }
    return "failed" if "fail" in verdicts else "error" if "error" in verdicts else "passed"


def test_these_items_are_decided_by_artifacts_and_commands() -> None:
    assert set(DECIDED) == {
        *("1.1.7", "1.5.1", "1.5.2", "1.5.4", "2.4.1", "2.4.2", "2.4.6", "4.2.4", "4.2.5"),
        *("7.1.2.1", "7.1.2.2", "7.1.2.3", "7.1.3", "7.1.4"),
    }


@pytest.mark.parametrize("item", DECIDED)
def test_good_results_of_the_release_pass(hardened: Sandbox, item: str) -> None:
    assert outcome(hardened, item) == "passed"


@pytest.mark.parametrize("item", DECIDED)
def test_the_results_of_the_system_as_it_is_shipped_fail(as_shipped: Sandbox, item: str) -> None:
    assert outcome(as_shipped, item) == "failed"


OWN = [one for one in sabotages.ALL if one.component == artifacts.NAME]


@pytest.mark.parametrize("sabotage", OWN, ids=lambda one: one.name)
def test_a_sabotage_turns_its_items_and_no_other(hardened: Sandbox, sabotage: Sabotage) -> None:
    sabotage.do(hardened)
    try:
        broken = {item: outcome(hardened, item) for item in _near(sabotage)}
    finally:
        sabotage.undo(hardened)

    expected = {item: sabotage.becomes if item in sabotage.items else "passed" for item in broken}
    assert broken == expected
    assert {item: outcome(hardened, item) for item in sabotage.items} == dict.fromkeys(sabotage.items, "passed")


def _near(sabotage: Sabotage) -> list[str]:
    """Return all items, except those that run a command when the sabotage is of a file, to save their time."""
    slow = sabotage.name.startswith("verify_keys")
    return [item for item in DECIDED if item == "1.1.7"] if slow else [item for item in DECIDED if item != "1.1.7"]


def test_each_item_has_a_sabotage_that_fails_it() -> None:
    assert {item for one in OWN if one.becomes == "failed" for item in one.items} == set(DECIDED)


@pytest.mark.parametrize("of", SUITES[:-1])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "foreign", "binary"])
def test_a_damaged_file_is_an_error_with_its_name(hardened: Sandbox, tmp_path: Path, of: str, damage: str) -> None:
    targets = hardened.targets.read()
    declared = targets["readiness_artifacts"]
    root = shutil.copytree(declared["root"], tmp_path / "results")
    file = root / declared[of][0]["path"]
    content = file.read_bytes()
    for beside in root.rglob("*.meta.json"):
        beside.unlink()  # whose sha256 would tell
    if damage == "missing":
        file.unlink()
    else:
        other = b"<html><body>404 Not Found</body></html>\n"
        file.write_bytes(
            {"empty": b"", "cut": content[: len(content) * 2 // 3], "foreign": other, "binary": os.urandom(5000)}[
                damage
            ]
        )
    subject = observed(artifact, root=str(root), artifacts=declared[of], release_commit="0" * 40)[0]

    if damage == "cut" and of == "coverage" and content[: len(content) * 2 // 3].endswith(b"\n"):
        pytest.skip("a cover profile that is cut behind a line is whole")
    assert subject["error"], subject
    assert file.name in subject["subject"]


def test_the_commit_of_the_release_is_that_of_its_tag(hardened: Sandbox) -> None:
    path = hardened.targets.read()["readiness_repository"]["path"]
    declared = hardened.targets.read()["readiness_artifacts"]
    options = {"root": declared["root"], "artifacts": declared["unit_tests"], "repository": path}

    assert observed(artifact, release="1.0.0", **options)[0]["of_release_commit"] is True
    assert observed(artifact, release="2.0.0", **options)[0]["unseen"]["of_release_commit"]["reason"] == "no_data"


def secrets_of(sandbox: Sandbox) -> list[str]:
    stated = sandbox.targets.read()["readiness_commands"]["verify_keys"]["secret_environment"]
    password = stated["DATABASE_URL"].partition("cryptofunk:")[2].partition("@")[0]
    return [stated["BINANCE_API_KEY"], stated["BINANCE_API_SECRET"], password]


def test_the_command_was_chatty_and_nothing_of_it_is_kept(hardened: Sandbox) -> None:
    (subject,) = look(hardened, "verify_keys")

    assert "Connecting to " in subject["stderr"]
    assert subject["stderr"].count("«redacted»") >= 3
    assert [secret for secret in secrets_of(hardened) if secret in json.dumps(subject, ensure_ascii=False)] == []


@pytest.fixture
def inventory(hardened: Sandbox, tmp_path: Path) -> Path:
    path = tmp_path / "inventory.yml"
    local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
    hosts = {"production": {**local, **hardened.targets.read()}}
    path.write_text(yaml.safe_dump({"environments": {"hosts": hosts}}))
    return path


def test_no_run_shows_a_secret_of_the_command(hardened: Sandbox, inventory: Path, tmp_path: Path) -> None:
    run = _readiness.run(tmp_path / "out", inventory=inventory, tags={"api_keys"}, options=["-vvv"])

    assert run.item("1.1.7")["outcome"] == "passed"
    written = "".join(path.read_text(errors="replace") for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert "Connecting to " in written
    for secret in secrets_of(hardened):
        assert secret not in run.output
        assert secret not in written


def test_what_is_not_declared_is_named(inventory: Path, tmp_path: Path) -> None:
    stated = yaml.safe_load(inventory.read_text())
    host = stated["environments"]["hosts"]["production"]
    del host["readiness_commands"]
    for key in ("unit_tests", "load", "release_commit"):
        del host["readiness_artifacts"][key]
    inventory.write_text(yaml.safe_dump(stated))
    run = _readiness.run(tmp_path / "out", inventory=inventory, tags={"api_keys", "pre_deployment", "load"})

    for item, needs in (
        ("1.1.7", "readiness_commands.verify_keys"),
        ("7.1.2.1", "readiness_artifacts.unit_tests"),
        ("2.4.1", "readiness_artifacts.load"),
    ):
        found = run.item(item)
        assert (found["outcome"], found["reasons"]) == ("error", ["not_configured"])
        assert found["verdicts"][0]["message"] == f"{needs} is not defined for this environment"
    assert run.item("7.1.2.2")["outcome"] == "passed"
    assert run.item("7.1.2.2")["verdicts"][0]["at"] == ["integration.json"]


# What real tools print today


@pytest.mark.skipif(not shutil.which("go", path=f"{os.environ['PATH']}:/usr/local/go/bin"), reason="needs Go")
def test_what_go_prints_here_is_read(tmp_path: Path) -> None:
    go = str(shutil.which("go", path=f"{os.environ['PATH']}:/usr/local/go/bin"))
    (tmp_path / "go.mod").write_text("module example.com/half\n\ngo 1.20\n")
    (tmp_path / "half.go").write_text("package half\n\nfunc Half(n int) int {\n\treturn n / 2\n}\n")
    (tmp_path / "half_test.go").write_text(
        'package half\n\nimport "testing"\n\nfunc TestHalf(t *testing.T) {\n\tif Half(4) != 2 {\n\t\tt.Fail()\n\t}\n}\n'
    )
    words = [go, "test", "-json", "-coverprofile=cover.out", "./..."]
    variables = {**os.environ, "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "GOPROXY": "off"}
    done = subprocess.run(words, cwd=tmp_path, env=variables, capture_output=True, check=True, timeout=300)
    (tmp_path / "unit.json").write_bytes(done.stdout)
    unit, cover = observed(artifact, root=str(tmp_path), artifacts=[{"path": "unit.json"}, {"path": "cover.out"}])

    assert (unit["format"], unit["tests"]["passed"], unit["tests"]["failed"]) == ("go_test_json", 1, 0)
    assert unit["age_hours"] < 0.1
    assert cover["coverage"] == {"covered": 1, "total": 1, "ratio": 1.0}


def test_the_look_at_everything_takes_little_time(hardened: Sandbox) -> None:
    began = time.monotonic()
    for of in SUITES:
        look(hardened, of)

    assert time.monotonic() - began < 10
