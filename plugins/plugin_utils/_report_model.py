# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The report model: one plain value, made from a ledger, that every writer renders. Pure.

This is a private part of the collection. The shape is ``docs/report.schema.json``.
"""

from __future__ import annotations

import typing as t
from dataclasses import asdict

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import Catalogue, digest
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import Ledger, Record
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import (
    Outcome,
    Scope,
    Statements,
    conclude,
    count,
    is_blocking,
    reduce,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

SCHEMA_VERSION = "1.0"

_VERDICT_KEYS = (
    "verdict", "reason", "host", "subject", "at", "static", "check", "expected", "observed", "message", "probe", "time", "duration_ms",
)  # fmt: skip

Report = t.Dict[str, t.Any]


def build(ledger: Ledger, catalogue: Catalogue, people: Statements = Statements()) -> Report:
    """Return the report of a run. A ledger that was killed, torn or limited by tags gives one that says PARTIAL."""
    header = ledger.header
    if digest(catalogue) != header["catalogue_digest"]:
        raise DataError(
            f"The catalogue beside the ledger of run {header['id']} is not the one that the run was judged by"
        )
    scope = _scope(ledger)
    verdicts = ledger.of_type("verdict")
    outcomes = reduce(catalogue, verdicts, scope, people)
    by_item: dict[str, list[Record]] = {}
    for verdict in verdicts:
        by_item.setdefault(verdict["item"], []).append(verdict)
    ends = ledger.of_type("end")
    all_topics = {f"{item['section']}.{item['topic']}" for item in catalogue}
    return {
        "schema_version": SCHEMA_VERSION,
        "run": {
            "id": header["id"],
            "started": header["started"],
            "finished": ends[-1]["time"] if ends else None,
            "environments": list(scope.hosts),
            "release": header["release"],
            "partial": not ledger.ended or scope.topics != all_topics,
            "partial_because": _partial_because(ledger, scope, all_topics),
            "collection_version": header["collection_version"],
            "catalogue_digest": header["catalogue_digest"],
            "ledger_digest": ledger.head,
        },
        "conclusion": conclude(catalogue, outcomes),
        "counts": count(outcomes.values()),
        "items": [_item(item, outcomes[item["id"]], by_item.get(item["id"], [])) for item in catalogue],
        "checklist": [_without_chain(record) for record in ledger.of_type("checklist")],
        "stopped": [_without_chain(record) for record in ledger.of_type("stopped")],
    }


def blocking(report: Report) -> list[dict[str, t.Any]]:
    """Return the items of a report that hold up the launch: first what failed, then what pends, then what cannot be told."""
    rank = {"failed": 0, "pending": 1, "error": 2, "not_run": 3}
    severity = {"critical": 0, "high": 1}
    held = [item for item in report["items"] if item["blocking"] and item["outcome"] in rank]
    return sorted(held, key=lambda item: (rank[item["outcome"]], severity[item["severity"]]))


def _scope(ledger: Ledger) -> Scope:
    joined = ledger.of_type("environment")
    ruled_out = {
        (record["host"], item): reason for record in joined for item, reason in record["not_applicable"].items()
    }
    platforms = {record["host"]: record["platform"] for record in joined if "platform" in record}
    return Scope(tuple(ledger.header["environments"]), frozenset(ledger.header["topics"]), ruled_out, platforms)


def _partial_because(ledger: Ledger, scope: Scope, all_topics: set[str]) -> str | None:
    if ledger.torn or not ledger.ended:
        return "the run was stopped before its end"
    if scope.topics != all_topics:
        return f"only {len(scope.topics)} of {len(all_topics)} topics were selected"
    return None


def _item(item: dict[str, t.Any], outcome: Outcome, verdicts: list[Record]) -> dict[str, t.Any]:
    seen = asdict(outcome)
    return {
        "id": item["id"],
        "title": item["title"],
        "section": item["section"],
        "topic": item["topic"],
        "severity": item["severity"],
        "blocking": is_blocking(item),
        "inverted": item["inverted"],
        "decided_by": item["decided_by"],
        "outcome": seen["outcome"],
        "raw_outcome": seen["raw"],
        "reasons": list(seen["reasons"]),
        "verdicts": [{key: verdict[key] for key in _VERDICT_KEYS} for verdict in verdicts],
        "remediation": item["remediation"],
        "source_line": item["source"]["line"],
    }


def _without_chain(record: Record) -> Record:
    return {key: value for key, value in record.items() if key not in ("type", "run_id")}
