# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the catalogue is wired to the probes: read from the roles' tasks and the probes' documentation."""

from __future__ import annotations

import ast
import functools
import typing as t
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
OWN = "cryptofunk.readiness."
Keys = t.Dict[str, t.Any]


def tasks_of(section: str) -> list[dict[str, t.Any]]:
    """Return the tasks of a role, in all of its files, blocks opened."""
    found: list[dict[str, t.Any]] = []
    for path in sorted((ROOT / "roles" / section / "tasks").glob("*.yml")):
        found += _opened(yaml.safe_load(path.read_text()) or [])
    return found


def _opened(tasks: list[dict[str, t.Any]]) -> list[dict[str, t.Any]]:
    return [one for task in tasks for one in [task, *_opened(task.get("block", []))]]


def steps_of(
    section: str, file: str = "main.yml", tags: frozenset[str] = frozenset()
) -> list[tuple[dict[str, t.Any], frozenset[str]]]:
    """Return the tasks of a role in the order of a run, each with the tags that its imports give it."""
    steps = []
    for task in _opened(yaml.safe_load((ROOT / "roles" / section / "tasks" / file).read_text()) or []):
        own = task.get("tags", [])
        under = tags | {own} if isinstance(own, str) else tags.union(own)
        imported = task.get("ansible.builtin.import_tasks")
        steps += steps_of(section, imported, under) if imported else [(task, under)]
    return steps


def looks(section: str) -> dict[tuple[str, str], set[str]]:
    """Return which probes stand behind each (topic, of) of a section."""
    tasks = tasks_of(section)
    registered: dict[str, set[str]] = {}
    for task in tasks:
        for module in _probes(task):
            registered.setdefault(task.get("register", ""), set()).add(module)
    found: dict[tuple[str, str], set[str]] = {}
    for task in tasks:
        judged = task.get(f"{OWN}assess", {"looks": []})
        for look in judged["looks"]:
            found.setdefault((judged["topic"], look["of"]), set()).update(registered.get(look["observed"], set()))
    return found


def _probes(task: dict[str, t.Any]) -> list[str]:
    return [key[len(OWN) :] for key in task if key.startswith(OWN) and key.endswith("_info")]


@functools.cache
def documented_keys(module: str) -> Keys:
    """Return the tree of keys that a probe documents below its observation; a leaf is an empty dictionary."""
    tree = ast.parse((ROOT / "plugins" / "modules" / f"{module}.py").read_text())
    (text,) = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and getattr(node.targets[0], "id", "") == "RETURN"
    ]
    return _tree(yaml.safe_load(str(text))["observation"])


def _tree(described: dict[str, t.Any]) -> Keys:
    return {key: _tree(one) for key, one in described.get("contains", {}).items()}
