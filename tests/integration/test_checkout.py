# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The whole path over a checkout alone: what it decides, in the background and in front, for one environment and for two."""

from __future__ import annotations

from pathlib import Path

from sandbox import _readiness
from sandbox._sandbox import Sandbox
from sandbox.components import repository

from ._playing import verdicts, write_inventory


def test_a_checkout_alone_decides_what_a_checkout_can(hardened: Sandbox, tmp_path: Path) -> None:
    declared = {"readiness_repository": hardened.targets.read()["readiness_repository"]}
    run = _readiness.run(tmp_path / "out", inventory=write_inventory(tmp_path, declared))
    outcomes = run.outcomes()
    assert outcomes["1.1.3"] == "passed"
    assert outcomes["3.2.4"] == "passed"
    assert run.item("1.3.5")["reasons"] == ["not_configured"]
    assert "readiness_tls is not defined" in run.item("1.3.5")["verdicts"][0]["message"]
    assert {one for item in run.report["items"] for one in item["reasons"]} >= {"not_configured"}
    assert outcomes["4.3.1"] == "error"


def test_looks_in_the_background_see_the_same_in_check_mode_and_from_another_host(
    hardened: Sandbox, tmp_path: Path
) -> None:
    """Ansible refuses async in check mode; and a look that is shipped is made at once."""
    topics = {"api_keys", "environment", "alerting", "technical_docs", "pre_deployment"}
    looking = {f"{name}_info" for name in ("secret_scan", "config", "monitoring_files", "code", "document", "git")}
    inventory = write_inventory(tmp_path, {"readiness_repository": {"path": str(repository.folder(hardened))}})
    behind = _readiness.run(tmp_path / "behind", inventory=inventory, tags=topics)
    checked = _readiness.run(tmp_path / "checked", inventory=inventory, tags=topics, options=["--check"])
    shipped = _readiness.run(
        tmp_path / "shipped", inventory=inventory, tags=topics, extra={"readiness_ship_probes": True}
    )
    assert {verdict["probe"] for verdict in [*verdicts(behind, "pass"), *verdicts(behind, "fail")]} >= looking
    assert behind.outcomes() == checked.outcomes() == shipped.outcomes()
    assert [run for run in ("behind", "checked", "shipped") if (tmp_path / run / "latest" / "looks").exists()] == []


def test_environments_of_one_checkout_share_its_looks(hardened: Sandbox, tmp_path: Path) -> None:
    checkout = {"readiness_repository": {"path": str(repository.folder(hardened))}}
    inventory = write_inventory(tmp_path, checkout, ["staging", "production"])
    run = _readiness.run(tmp_path / "out", inventory=inventory, tags={"technical_docs"})
    looks: dict[str, set[tuple[str, int]]] = {}
    for verdict in run.item("6.2.3")["verdicts"] + run.item("6.2.1")["verdicts"]:
        looks.setdefault(verdict["host"], set()).add((verdict["time"], verdict["duration_ms"]))
    assert looks["staging"] == looks["production"]
