# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The examples in the documentation of each module are tasks that its options take."""

from __future__ import annotations

import ast
import functools
import importlib
import typing as t
from pathlib import Path

import pytest
import yaml

PLUGINS = Path(__file__).resolve().parents[3] / "plugins"
MODULES = sorted((PLUGINS / "modules").glob("*.py"))
PREFIX = "cryptofunk.readiness."


@functools.lru_cache
def written(name: str, block: str) -> t.Any:
    module = next(path for path in MODULES if path.stem == name)
    for statement in ast.parse(module.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == block:
            return yaml.safe_load(ast.literal_eval(statement.value))
    raise AssertionError(f"{module} has no {block}")


def options_of(name: str) -> dict[str, t.Any]:
    """Return the options of a module, with those of its documentation fragments."""
    documentation = written(name, "DOCUMENTATION")
    options = dict(documentation.get("options") or {})
    for fragment in documentation.get("extends_documentation_fragment", []):
        if fragment.startswith(PREFIX):
            module, dummy, block = fragment[len(PREFIX) :].partition(".")
            fragments = importlib.import_module(f"ansible_collections.{PREFIX}plugins.doc_fragments.{module}")
            text = getattr(fragments.ModuleDocFragment, (block or "documentation").upper())
            options.update(yaml.safe_load(text).get("options") or {})
    return options


def faults(options: dict[str, t.Any], given: dict[str, t.Any], where: str) -> list[str]:
    found = [f"{where}: {name} is no option" for name in given if name not in options]
    found += [
        f"{where}: {name} is missing" for name, one in options.items() if one.get("required") and name not in given
    ]
    for name, value in given.items():
        inner = options.get(name, {}).get("suboptions")
        if inner and not isinstance(value, str):
            for one in value if isinstance(value, list) else [value]:
                found += faults(inner, one, f"{where}.{name}") if isinstance(one, dict) else []
    return found


@pytest.mark.parametrize("name", [path.stem for path in MODULES if path.stem != "__init__"])
def test_each_example_has_the_options_that_its_module_takes(name: str) -> None:
    tasks = written(name, "EXAMPLES")
    calls = [(key[len(PREFIX) :], value) for task in tasks for key, value in task.items() if key.startswith(PREFIX)]
    assert name in [module for module, dummy in calls]
    for module, given in calls:
        assert faults(options_of(module), given or {}, module) == []
