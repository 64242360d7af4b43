# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Alerting rules in Prometheus rule files. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree


def alert_rules(documents: t.Iterable[tuple[str, Tree]]) -> list[dict[str, t.Any]]:
    """Return every alerting rule of the rule files; a file that is none is malformed."""
    return [rule for name, tree in documents for rule in _rules(name, tree)]


def _rules(name: str, tree: Tree) -> t.Iterator[dict[str, t.Any]]:
    groups = tree.data.get("groups") if isinstance(tree.data, dict) else None
    if not isinstance(groups, list):
        raise LookError(Reason.MALFORMED, f"{name} is no file of alerting rules: it has no list of groups")
    for number, group in enumerate(groups):
        rules = group.get("rules") if isinstance(group, dict) else None
        for place, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, dict) and "alert" in rule:
                yield {
                    "alert": str(rule["alert"]),
                    "expr": str(rule.get("expr", "")),
                    "for": str(rule.get("for", "0s")),
                    "labels": {str(key): str(value) for key, value in (rule.get("labels") or {}).items()},
                    "file": name,
                    "line": tree.lines.get(("groups", number, "rules", place)),
                }
