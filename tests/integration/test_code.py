# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The code of the sandbox's release and what documents say of it: in step, out of step in each way that counts, and hostile."""

from __future__ import annotations

import shutil
import time
import typing as t
from pathlib import Path

import pytest
import yaml

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import code
from sandbox._edits import in_checkout
from sandbox._profile import Profile
from sandbox.components import repository
from sandbox.defects import code as mistakes
from sandbox.defects._defect import Defect

from ._judging import ROOT, _rendered, defaults, judged, outcome, seen

ITEMS = {"6.2.3": "code", "6.2.4": "code", "6.4.1": "code", "6.4.3": "code", "6.4.4": "code", "1.5.7": "debuggers"}
DEFAULTS = defaults("documentation")


def options_of_the_role() -> dict[str, t.Any]:
    """The options of the look, as the role gives them."""
    tasks = yaml.safe_load((ROOT / "roles" / "documentation" / "tasks" / "look_code.yml").read_text())
    (options,) = [task["cryptofunk.readiness.code_info"] for task in tasks]
    return {name: _rendered(value, DEFAULTS) for name, value in options.items() if name != "path"}


def look(checkout: Path, **options: t.Any) -> dict[str, t.Any]:
    return seen(code, path=str(checkout), debug=True, **{**options_of_the_role(), **options})


def outcomes(subject: dict[str, t.Any]) -> dict[str, str]:
    """The items that did not pass."""
    found = {item: outcome(item, of, subject) for item, of in ITEMS.items()}
    return {item: one for item, one in found.items() if one != "passed"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("code")
    for profile in Profile:
        repository.build(folder / profile.value, profile)
    return folder


@pytest.fixture
def checkout(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built / "hardened", tmp_path / "checkout", symlinks=True))


def test_the_hardened_release_is_in_step(checkout: Path) -> None:
    subject = look(checkout)

    assert subject["unseen"] == {}
    assert outcomes(subject) == {}
    assert len(subject["routes"]) == 28
    assert len(subject["tables"]) == 26


def test_the_shipped_release_shows_its_flaws_where_they_stand(built: Path) -> None:
    subject = look(built / "as_shipped")

    assert outcomes(subject) == dict.fromkeys(("6.2.3", "6.2.4", "6.4.1", "6.4.3", "6.4.4"), "failed")
    assert {"name": "POST /api/v1/trade/resume", "at": ["cmd/api/main.go:72"]} in subject["undocumented_routes"]
    assert {"name": "SymbolFilter.SQL", "at": ["internal/memory/filter.go:7"]} in subject["uncommented_functions"]
    undeclared = {one["name"] for one in subject["undeclared_variables"]}
    assert {"DATABASE_URL", "API_PORT", "REDIS_PASSWORD", "CRYPTOFUNK_ORCHESTRATOR_METRICS_PORT"} <= undeclared


@pytest.mark.parametrize("defect", mistakes.DEFECTS, ids=lambda one: one.name)
def test_a_mistake_fails_its_item_and_no_other(checkout: Path, defect: Defect) -> None:
    for edit in defect.edits:
        in_checkout(checkout, edit)
    repository.git(checkout, "add", "--all")

    assert outcomes(look(checkout)) == dict.fromkeys(defect.items, "failed")


@pytest.mark.parametrize(
    ("item", "key"),
    [
        ("6.2.3", "undocumented_routes"),
        ("6.2.4", "undocumented_tables"),
        ("6.4.3", "unexplained_settings"),
        ("6.4.4", "undeclared_variables"),
    ],
)
def test_a_verdict_names_what_and_where(built: Path, item: str, key: str) -> None:
    subject = look(built / "as_shipped")
    failed = [one for one in judged(item, ITEMS[item], subject) if one["verdict"] == "fail"]

    assert [one["name"] for one in subject[key]] in [one["observed"] for one in failed] or len(str(subject[key])) > 2000
    for one in subject[key]:
        for at in one["at"]:
            name, dummy, line = at.rpartition(":")
            assert 0 < int(line) <= len((built / "as_shipped" / name).read_text().splitlines())


def test_what_cannot_be_followed_leaves_its_item_undecided(checkout: Path) -> None:
    main = checkout / "cmd/api/main.go"
    main.write_text(main.read_text().replace('v1.GET("/ws"', 'v1.GET(os.Getenv("CONFIG_PATH")+"/ws"'))
    (checkout / "docs/API.md").write_text(
        (checkout / "docs/API.md").read_text().replace("| GET | `/api/v1/ws`", "| | ")
    )

    subject = look(checkout)

    assert outcomes(subject) == {"6.2.3": "error"}
    assert subject["unseen"]["routes_complete"]["message"].startswith("cmd/api/main.go:44 registers a route")


def test_code_that_is_no_go_leaves_undecided_what_it_may_hide(checkout: Path) -> None:
    (checkout / "internal/db/db.go").write_text("package db\n\nfunc {\n")

    assert outcomes(look(checkout)) == dict.fromkeys(("6.2.3", "6.4.1", "6.4.4", "1.5.7"), "error")


def test_without_the_parser_the_packages_are_named(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_go, "HAS_TREE_SITTER", False)

    subject = look(checkout)

    assert outcomes(subject) == dict.fromkeys(("6.2.3", "6.4.1", "6.4.4", "1.5.7"), "error")
    assert subject["unseen"]["routes"]["reason"] == "missing_library"


MISSING = {
    "docs/API.md": {"6.2.3": "failed"},
    "docs/ARCHITECTURE.md": {"6.2.4": "failed"},
    ".env.example": {"6.4.4": "failed"},
    "docs/CONFIGURATION.md": {"6.4.3": "failed"},
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_document_says_nothing(checkout: Path, name: str) -> None:
    repository.git(checkout, "rm", "--quiet", name)

    assert outcomes(look(checkout)) == MISSING[name]


def test_a_checkout_without_code_is_undecided(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Nothing\n")

    assert outcomes(look(tmp_path)) == {**dict.fromkeys(ITEMS, "error")}


def test_a_checkout_that_is_not_there_is_undecided(tmp_path: Path) -> None:
    subject = look(tmp_path / "nowhere")

    assert subject["error"]["reason"] == "no_data"
    assert set(outcomes(subject)) == set(ITEMS)


def spoil(checkout: Path) -> None:
    (checkout / "cmd/api/huge.go").write_bytes(b"package main\n" + b"// x\n" * 40_000_000)
    (checkout / "cmd/api/loop.go").symlink_to("loop.go")
    (checkout / "cmd/api/out.go").symlink_to("/etc/passwd")
    (checkout / "scripts/pipe.sh").write_bytes(b"\xff\xfe$A\n")
    (checkout / "odd\nfolder").mkdir()
    (checkout / "odd\nfolder" / "x.go").write_text("package odd\n")
    (checkout / "docs/deep.md").write_text(
        "`" * 100_000 + "\n" + "| " * 50_000 + "\n```yaml\n" + "[" * 5_000 + "\n```\n"
    )
    (checkout / "configs/bifrost.yaml").write_text(
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    )


def test_a_hostile_checkout_is_reported_in_bounded_time(checkout: Path) -> None:
    spoil(checkout)
    repository.git(checkout, "add", "--all")
    began = time.monotonic()

    subject = look(checkout)

    assert time.monotonic() - began < 20
    assert outcomes(subject) == dict.fromkeys(("6.2.3", "6.4.1", "6.4.3", "6.4.4", "1.5.7"), "error")
    assert "root:" not in str(subject)


def test_a_budget_that_is_used_up_is_a_timeout(checkout: Path) -> None:
    subject = look(checkout, timeout=0.0)

    assert (subject["error"] or next(iter(subject["unseen"].values())))["reason"] == "timeout"
