# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The inventory to copy must say nothing that the roles do not know."""

from __future__ import annotations

import functools
import typing as t

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from .wiring import ROOT

TARGETS = yaml.safe_load((ROOT / "inventories" / "example" / "host_vars" / "production" / "targets.yml").read_text())
OF_PLAYBOOK = {"readiness_not_applicable"}
PLAIN = {"readiness_platform", "readiness_drills"}  # no dictionaries of keys


@functools.cache
def specs() -> dict[str, dict[str, t.Any]]:
    """Return the specification of each target, from the role that describes its keys."""
    found: dict[str, dict[str, t.Any]] = {}
    for path in sorted((ROOT / "roles").glob("*/meta/argument_specs.yml")):
        options = yaml.safe_load(path.read_text())["argument_specs"]["main"].get("options", {})
        for name, option in options.items():
            if name.startswith("readiness_") and "options" in option:
                assert name not in found, f"{name} is described by two roles"
                found[name] = option
    return found


@pytest.mark.parametrize("name", sorted(set(TARGETS) - OF_PLAYBOOK - PLAIN))
def test_each_target_fits_its_specification(name: str) -> None:
    result = ArgumentSpecValidator({name: specs()[name]}).validate({name: TARGETS[name]})
    assert result.error_messages == []


def test_each_described_target_is_in_the_example() -> None:
    text = (ROOT / "inventories" / "example" / "host_vars" / "production" / "targets.yml").read_text()
    assert [name for name in specs() if f"{name}:" not in text] == []
