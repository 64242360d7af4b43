# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the results of CI can be wrong, and the declared commands."""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from sandbox._contract import Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import artifacts, repository

_QUARTER = 24 * 90.0  # hours
_RELEASE = (repository.NAME,)  # results are of its commit


def _write(sandbox: Sandbox, file: str, changes: t.Mapping[str, t.Any]) -> None:
    artifacts.write(sandbox, dataclasses.replace(artifacts.good(file), **changes))


def _result(
    name: str, items: t.Sequence[str], says: str, file: str, becomes: str = "failed", **changes: t.Any
) -> Sabotage:
    """Return the sabotage that puts another result in the place of *file*."""
    do = functools.partial(_write, file=file, changes=changes)
    undo = functools.partial(_write, file=file, changes={})
    return Sabotage(name, artifacts.NAME, tuple(items), says, do, undo, becomes, parts=(file,), seen_through=_RELEASE)


def _verify_keys(sandbox: Sandbox, name: str, end: str) -> None:
    sandbox.targets.patch(name, {"readiness_commands": {"verify_keys": artifacts.verify_keys(sandbox, end)}})


def _modules(sandbox: Sandbox, name: str, recorded: str) -> None:
    sandbox.targets.patch(name, {"readiness_artifacts": {"dependencies": artifacts.dependencies(sandbox, recorded)}})


def _declared(
    name: str, item: str, says: str, change: t.Callable[..., None], argument: str, becomes: str = "failed"
) -> Sabotage:
    """Return the sabotage that declares another command."""
    do = functools.partial(change, name=name, **{"end" if change is _verify_keys else "recorded": argument})
    return Sabotage(
        name,
        artifacts.NAME,
        (item,),
        says,
        do,
        lambda sandbox: sandbox.targets.unpatch(name),
        becomes,
        parts=("targets.yml",),
        seen_through=_RELEASE,
    )


_VULNERABLE = ("1.5.2", "7.1.4")
_IMAGES = ("4.2.4", "4.2.5", "7.1.4")

SABOTAGES = [
    _result("unit_test_fails", ["7.1.2.1"], "A unit test fails", "unit.json", recorded="go_test_failing.json"),
    _result("unit_tests_none", ["7.1.2.1"], "The unit tests ran no test", "unit.json", recorded="go_test_none.json"),
    _result("unit_tests_cut", ["7.1.2.1"], "Half of the unit tests' result is there", "unit.json", "error", keep=0.5),
    _result("unit_tests_empty", ["7.1.2.1"], "The unit tests' result is empty", "unit.json", "error", keep=0.0),
    _result(
        "unit_tests_unknown", ["7.1.2.1"], "Nothing says of which commit it is", "unit.json", "error", describes=False
    ),
    _result(
        "integration_tests_old", ["7.1.2.2"], "The integration tests ran long ago", "integration.json", hours=_QUARTER
    ),
    _result(
        "integration_tests_foreign",
        ["7.1.2.2"],
        "It is a cover profile",
        "integration.json",
        "error",
        recorded="go_cover.out",
    ),
    _result("e2e_tests_other", ["7.1.2.3"], "The end-to-end tests ran on an older commit", "e2e.json", commit="HEAD~1"),
    _result(
        "coverage_low",
        ["7.1.3"],
        "The tests cover less than half of the code",
        "coverage.out",
        recorded="go_cover_low.out",
    ),
    _result("coverage_old", ["7.1.3"], "The coverage is of last quarter", "coverage.out", hours=_QUARTER),
    _result(
        "vulnerable_call",
        _VULNERABLE,
        "The code calls what a CVE is about",
        "govulncheck.json",
        recorded="govulncheck_called.json",
    ),
    _result(
        "vulnerabilities_old", _VULNERABLE, "The scan of the dependencies is old", "govulncheck.json", hours=_QUARTER
    ),
    _result(
        "sql_injection",
        ["1.5.4"],
        "gosec found a statement put together from input",
        "gosec.sarif",
        recorded="gosec_sql_stand_in.sarif",
    ),
    _result(
        "image_critical",
        _IMAGES[1:],
        "An image has a critical CVE that nobody has repaired",
        artifacts.API_SCAN,
        recorded="trivy_critical_stand_in.json",
    ),
    _result("image_scan_old", _IMAGES, "An image was scanned long ago", artifacts.ORCHESTRATOR_SCAN, hours=_QUARTER),
    _result(
        "load_ten_users",
        ["2.4.1", "2.4.2"],
        "The load test had ten users",
        "load.txt",
        recorded="hey_ten_users.txt",
        concurrency=10,
    ),
    _result("load_slow", ["2.4.2"], "Under load answers take 300 ms", "load.txt", recorded="hey_slow.txt"),
    _result(
        "load_refused",
        ["2.4.1", "2.4.2"],
        "Most requests of the load test got a 429",
        "load.txt",
        recorded="hey_shed.txt",
    ),
    _result(
        "overload_breaks",
        ["2.4.6"],
        "Beyond its capacity the API answers 500",
        "overload.txt",
        recorded="hey_broken.txt",
    ),
    _result(
        "overload_mild", ["2.4.6"], "The load was not beyond the capacity", "overload.txt", "error", recorded="hey.txt"
    ),
    _declared("dependency_outdated", "1.5.1", "Dependencies have newer versions", _modules, "go_modules_outdated.json"),
    _declared(
        "dependencies_unlisted",
        "1.5.1",
        "The command that lists the dependencies fails",
        _modules,
        "missing.json",
        "error",
    ),
    _declared("verify_keys_fails", "1.1.7", "The orchestrator cannot verify its keys", _verify_keys, "fails"),
    _declared("verify_keys_forgets", "1.1.7", "The command ends well and verified nothing", _verify_keys, "forgets"),
    _declared("verify_keys_hangs", "1.1.7", "The command never ends", _verify_keys, "hangs", "error"),
    _declared("verify_keys_floods", "1.1.7", "The command prints for ever", _verify_keys, "floods", "error"),
]
