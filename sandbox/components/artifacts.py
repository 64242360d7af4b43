# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What CI left behind of the release in the sandbox's repository, and two commands that the inventory declares.

hardened: every result is whole, two hours old, of the release and good. as_shipped: a test fails, results are old or of
another commit, half of the code is tested, a dependency and an image are vulnerable, gosec ran with -no-fail, and the load test
had ten users. The files are copies of ``sandbox/results``.
"""

from __future__ import annotations

import sys
import time
import typing as t
from dataclasses import dataclass
from pathlib import Path

from sandbox._profile import BOTH, Profile
from sandbox._sandbox import Sandbox
from sandbox.components import _artifact_files as files
from sandbox.components import repository
from sandbox.components._artifact_files import Result

NAME = "artifacts"
NEEDS = (repository.NAME,)
PROFILES = BOTH
PORTS: dict[str, int] = {}

_PROGRAMS = Path(__file__).resolve().parents[1] / "programs"
_FRESH_FOR = 20 * 3600.0  # seconds after which they are made again
_OLD = 24 * 90.0  # hours
_SECRETS = ("BINANCE_API_KEY", "BINANCE_API_SECRET")

API_SCAN, ORCHESTRATOR_SCAN = "images/api.json", "images/orchestrator.json"
IMAGES = {
    API_SCAN: "registry.example.com/cryptofunk/api",
    ORCHESTRATOR_SCAN: "registry.example.com/cryptofunk/orchestrator",
}


@dataclass(frozen=True)
class _Suite:
    """One kind of result: its key in readiness_artifacts, and its file in each profile."""

    key: str
    hardened: Result
    as_shipped: Result


_SUITES = (
    _Suite(
        "unit_tests",
        Result("unit.json", "go_test_unit.json", "go test -json ./..."),
        Result("unit.json", "go_test_failing.json", "go test -json ./..."),
    ),
    _Suite(
        "integration_tests",
        Result("integration.json", "go_test_integration.json", "go test -tags=integration -json ./..."),
        Result("integration.json", "go_test_integration.json", "go test -tags=integration -json ./...", hours=_OLD),
    ),
    _Suite(
        "e2e_tests",
        Result("e2e.json", "go_test_e2e.json", "go test -json ./tests/e2e/..."),
        Result("e2e.json", "go_test_e2e.json", "go test -json ./tests/e2e/...", commit="HEAD~5"),
    ),
    _Suite(
        "coverage",
        Result("coverage.out", "go_cover.out", "go test -coverprofile=coverage.out ./..."),
        Result("coverage.out", "go_cover_low.out", "go test -coverprofile=coverage.out ./..."),
    ),
    _Suite(
        "vulnerabilities",
        Result("govulncheck.json", "govulncheck.json", "govulncheck -format json ./..."),
        Result("govulncheck.json", "govulncheck_called.json", "govulncheck -format json ./..."),
    ),
    _Suite(
        "code_analysis",
        Result("gosec.sarif", "gosec.sarif", "gosec -fmt=sarif -out=gosec.sarif ./..."),
        Result("gosec.sarif", "gosec_sql_stand_in.sarif", "gosec -no-fail -fmt=sarif -out=gosec.sarif ./..."),
    ),
    _Suite(
        "image_scans",
        Result(API_SCAN, "trivy_stand_in.json"),
        Result(API_SCAN, "trivy_critical_stand_in.json", hours=_OLD),
    ),
    _Suite(
        "image_scans",
        Result(ORCHESTRATOR_SCAN, "trivy_stand_in.json"),
        Result(ORCHESTRATOR_SCAN, "trivy_stand_in.json", hours=_OLD),
    ),
    _Suite(
        "load",
        Result("load.txt", "hey.txt", "hey -n 3000 -c 120 URL", concurrency=120),
        Result("load.txt", "hey_ten_users.txt", "hey -n 1000 -c 10 URL", concurrency=10),
    ),
    _Suite(
        "overload",
        Result("overload.txt", "hey_shed.txt", "hey -n 6000 -c 300 URL", concurrency=300),
        Result("overload.txt", "hey_broken.txt", "hey -n 6000 -c 300 URL", concurrency=300),
    ),
)
_MODULES = {Profile.HARDENED: "go_modules.json", Profile.AS_SHIPPED: "go_modules_outdated.json"}
_ENDS = {Profile.HARDENED: "verifies", Profile.AS_SHIPPED: "fails"}


def start(sandbox: Sandbox) -> None:
    sandbox.forget(NAME)
    repository.git(
        sandbox.home(NAME),
        "clone",
        "--quiet",
        "--shared",
        "--no-tags",
        str(repository.folder(sandbox)),
        str(_checkout(sandbox)),
    )
    for result in _results(sandbox.profile).values():
        write(sandbox, result)
    (sandbox.home(NAME) / "made_of").write_text(_made_of(sandbox), encoding="utf-8")


def stop(sandbox: Sandbox) -> None:
    """Files need no end."""


def is_up(sandbox: Sandbox) -> bool:
    """Tell whether the results are there, of the commit that the repository has, and not too old by now."""
    mark = sandbox.folder / NAME / "made_of"
    return (
        mark.exists()
        and time.time() - mark.stat().st_mtime < _FRESH_FOR
        and repository.is_up(sandbox)
        and mark.read_text(encoding="utf-8") == _made_of(sandbox)
    )


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    declared: dict[str, t.Any] = {
        "root": str(_root(sandbox)),
        # Declared, so that another history of the repository is nothing that the results can be blamed for.
        "release_commit": repository.git(_checkout(sandbox), "rev-parse", "HEAD").decode("ascii").strip(),
        "dependencies": dependencies(sandbox, _MODULES[sandbox.profile]),
    }
    for suite in _SUITES:
        file = suite.hardened.file
        image = {"image": f"{IMAGES[file]}@{files.digest_of(IMAGES[file])}"} if file in IMAGES else {}
        declared.setdefault(suite.key, []).append({"path": file, **image})
    return {
        "readiness_artifacts": declared,
        "readiness_commands": {"verify_keys": verify_keys(sandbox, _ENDS[sandbox.profile])},
    }


def dependencies(sandbox: Sandbox, recorded: str) -> list[dict[str, t.Any]]:
    """Return the declaration of the command that lists the modules of a build, as it was *recorded*."""
    program = [sys.executable, str(_PROGRAMS / "go_list_stand_in.py"), str(files.RECORDED / recorded)]
    argv = [*program, "list", "-u", "-m", "-json", "all"]
    return [{"name": "modules", "argv": argv, "chdir": str(_checkout(sandbox)), "format": "go_modules"}]


def verify_keys(sandbox: Sandbox, end: str) -> dict[str, t.Any]:
    """Return the declaration of the command that verifies the keys and ends like *end*."""
    return {
        "argv": [sys.executable, str(_PROGRAMS / "verify_keys_stand_in.py"), "--verify-keys", end],
        "chdir": str(repository.folder(sandbox)),
        "environment": {"CRYPTOFUNK_APP_ENVIRONMENT": "production"},
        "secret_environment": {
            "DATABASE_URL": f"postgres://cryptofunk:{sandbox.secret('verify_keys_database')}@db.example.com/cryptofunk",
            **{name: sandbox.secret(f"verify_keys_{name.lower()}") for name in _SECRETS},
        },
        "timeout": 3,
    }


def write(sandbox: Sandbox, result: Result) -> None:
    """Write *result* where the inventory declares it."""
    checkout = repository.folder(sandbox)
    commit = repository.git(checkout, "rev-parse", f"{result.commit}^{{commit}}").decode("ascii").strip()
    files.write(_root(sandbox), result, commit, IMAGES.get(result.file, ""))


def good(file: str) -> Result:
    """Return the result *file* as it is when hardened."""
    return _results(Profile.HARDENED)[file]


def _results(profile: Profile) -> dict[str, Result]:
    chosen = [suite.hardened if profile is Profile.HARDENED else suite.as_shipped for suite in _SUITES]
    return {result.file: result for result in chosen}


def _checkout(sandbox: Sandbox) -> Path:
    """Return where CI has the release, unchanged by whoever works on the repository."""
    return sandbox.folder / NAME / "checkout"


def _root(sandbox: Sandbox) -> Path:
    return sandbox.folder / NAME / "results"


def _made_of(sandbox: Sandbox) -> str:
    """Return a mark of what the results are made of: the commit of the release, and the recorded files."""
    return (
        f"{repository.git(repository.folder(sandbox), 'rev-parse', 'HEAD').decode('ascii').strip()} {files.digest()}\n"
    )
