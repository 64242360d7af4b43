# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A small report with every outcome, made by the engine itself from records in which every free text is hostile."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import digest
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import Ledger
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._reduce import Statements
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._report_model import build

NASTY = "</script><img src=x onerror=alert(1)>]]>|`b`**c**[d](javascript:e)\n# f\x00\x1b[31m\u202e\u2066\U0001f680&lt;\"'@all #1 https://g.example"
TIME = "2026-11-25T03:00:02Z"
HOST = f"host {NASTY}"
CANARY = "canary-5f0c9d"


def sample() -> dict[str, t.Any]:
    """Return the report; one of its topics was not selected, so it is partial."""
    catalogue = _catalogue()
    header: dict[str, t.Any] = {
        "type": "run",
        "id": "20261125T030000Z-1f2e3d",
        "started": "2026-11-25T03:00:00Z",
        "environments": [HOST],
        "release": f"release {NASTY}",
        "topics": ["security.tls", "rollback.triggers"],
        "collection_version": f"0.1.0 {NASTY}",
        "catalogue_digest": digest(catalogue),
    }
    environment: dict[str, t.Any] = {
        "type": "environment",
        "host": HOST,
        "not_applicable": {"1.3.7": f"ruled out {NASTY}"},
        "time": TIME,
    }
    records = [header, environment, *_verdicts(), _checklist(), _stopped(), {"type": "end", "time": TIME}]
    people = Statements(frozenset({"1.3.5"}), frozenset({"1.3.6"}), {"1.3.4": f"not signed {NASTY}"})
    return build(Ledger(records, "ab" * 32, torn=False), catalogue, people)


def _catalogue() -> list[dict[str, t.Any]]:
    return [
        _item(
            "1.3.1",
            "security",
            "tls",
            checks=[_check(), {"label": "optional check", "optional": True, "static": False}],
        ),
        _item("1.3.2", "security", "tls", severity="high"),
        _item("1.3.3", "security", "tls"),
        _item("1.3.4", "security", "tls", decided_by="person"),
        _item("1.3.5", "security", "tls", decided_by="person", severity="medium"),
        _item("1.3.6", "security", "tls"),
        _item("1.3.7", "security", "tls", severity="low"),
        _item("1.3.8", "security", "tls", decided_by="items", items="children"),
        _item("1.3.8.1", "security", "tls"),
        _item("9.1.1", "rollback", "triggers", inverted=True),
        _item("9.1.2", "rollback", "triggers", inverted=True),
        _item("9.5.1", "rollback", "communication"),
    ]


def _item(number: str, section: str, topic: str, **more: t.Any) -> dict[str, t.Any]:
    checks = [] if more.get("decided_by", "probe") != "probe" else [_check()]
    return {
        "id": number, "title": f"title {NASTY}", "section": section, "topic": topic, "severity": "critical", "decided_by": "probe",
        "items": None, "inverted": False, "checks": checks, "remediation": f"remedy. {NASTY}", "source": {"line": 80, "digest": "", "box": True},
        "origin": "", **more,
    }  # fmt: skip


def _check() -> dict[str, t.Any]:
    return {"label": f"check {NASTY}", "optional": False, "static": False}


def _verdicts() -> list[dict[str, t.Any]]:
    kinds = {
        "1.3.1": "pass",
        "1.3.2": "fail",
        "1.3.3": "error",
        "1.3.6": "fail",
        "1.3.8.1": "fail",
        "9.1.1": "pass",
        "9.1.2": "fail",
    }
    excused = {**_verdict("1.3.1", "error"), "check": "optional check", "reason": "not_configured"}
    return [*(_verdict(number, kind) for number, kind in kinds.items()), excused]


def _verdict(number: str, kind: str) -> dict[str, t.Any]:
    return {
        "type": "verdict", "item": number, "verdict": kind, "reason": "timeout" if kind == "error" else None, "host": HOST,
        "subject": f"subject {NASTY}", "at": [f"place {NASTY}"], "static": number == "1.3.5", "check": f"check {NASTY}",
        "expected": {"subset_of": [f"expected {NASTY}"]},
        "observed": None if kind == "error" else {f"key {NASTY}": [f"observed {NASTY}", 1, True, None]},
        "message": "" if kind == "pass" else f"message {NASTY}", "probe": f"probe {NASTY}", "time": TIME, "duration_ms": 12,
        "observation": CANARY, "password": CANARY,
    }  # fmt: skip


def _checklist() -> dict[str, t.Any]:
    return {
        "type": "checklist", "run_id": "x", "host": HOST, "time": TIME, "subject": f"document {NASTY}", "unseen": None,
        "added": [{"line": 5, "text": f"new box {NASTY}"}],
        "removed": [{"id": "1.3.9", "title": f"old box {NASTY}"}],
        "changed": [{"id": "1.3.1", "title": f"title {NASTY}", "line": 7, "text": f"other box {NASTY}"}],
    }  # fmt: skip


def _stopped() -> dict[str, t.Any]:
    return {
        "type": "stopped",
        "run_id": "x",
        "host": HOST,
        "section": "security",
        "message": f"stopped {NASTY}",
        "time": TIME,
    }
