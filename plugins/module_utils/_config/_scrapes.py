# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What Prometheus is told to scrape: its own configuration, or a ConfigMap that holds it. Pure.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._yaml import load


def scrape_jobs(documents: t.Iterable[tuple[str, Tree]]) -> list[dict[str, t.Any]]:
    """Return every scrape job; a file that has none is malformed."""
    found: dict[str, list[dict[str, t.Any]]] = {}
    for name, tree in documents:
        jobs = found.setdefault(name, [])
        for inner, above in _configurations(name, tree):
            jobs += _jobs(name, inner, above)
    for name, jobs in found.items():
        if not jobs:
            raise LookError(Reason.MALFORMED, f"{name} has no configuration of Prometheus with scrape jobs")
    return [job for jobs in found.values() for job in jobs]


def _configurations(name: str, tree: Tree) -> t.Iterator[tuple[Tree, int]]:
    """Yield each configuration with the number of lines above it."""
    data = tree.data if isinstance(tree.data, dict) else {}
    if "scrape_configs" in data:
        yield tree, 0
    held = data.get("data") if data.get("kind") == "ConfigMap" else None
    for key, text in held.items() if isinstance(held, dict) else ():
        if isinstance(text, str) and "scrape_configs" in text:
            line = tree.lines.get(("data", key), 0)
            for inner in load(text.encode(), f"{name}, {key}"):
                yield from ((one, line) for one, dummy in _configurations(name, inner))


def _jobs(name: str, tree: Tree, above: int) -> t.Iterator[dict[str, t.Any]]:
    jobs = tree.data["scrape_configs"]
    for number, job in enumerate(jobs if isinstance(jobs, list) else ()):
        if not isinstance(job, dict) or "job_name" not in job:
            continue
        line = tree.lines.get(("scrape_configs", number), 0) + above
        groups = job.get("static_configs")
        targets = [
            str(target)
            for group in (groups if isinstance(groups, list) else ())
            for target in (group.get("targets") or [] if isinstance(group, dict) else [])
        ]
        yield {
            "job": str(job["job_name"]),
            "targets": targets,
            "discovers": any(key.endswith("_sd_configs") and value for key, value in job.items()),
            "file": name,
            "line": line,
            "at": f"{name}:{line}",
        }
