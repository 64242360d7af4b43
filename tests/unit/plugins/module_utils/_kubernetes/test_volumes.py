# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _conditions, _volumes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest

NOW = 1795593600.0  # 2026-11-25T08:00:00Z


def claim(phase: str = "Bound") -> Manifest:
    return Manifest(
        {"kind": "PersistentVolumeClaim", "metadata": {"name": "db", "namespace": "shop"}, "status": {"phase": phase}},
        "",
    )


def snapshot(ready: t.Any = True, of: str = "db", namespace: str = "shop") -> Manifest:
    data = {
        "metadata": {"name": "s", "namespace": namespace},
        "spec": {"source": {"persistentVolumeClaimName": of}},
        "status": {"readyToUse": ready, "creationTime": "2026-11-25T02:00:00Z"},
    }
    return Manifest({"kind": "VolumeSnapshot", **data}, "")


def backup(phase: str = "Completed", at: str = "2026-11-25T07:00:00Z", **spec: t.Any) -> Manifest:
    metadata = {"name": "b", "namespace": "velero", "labels": {"velero.io/schedule-name": "daily"}}
    return Manifest(
        {"kind": "Backup", "metadata": metadata, "spec": spec, "status": {"phase": phase, "completionTimestamp": at}},
        "",
    )


@pytest.mark.parametrize(
    ("snapshots", "backups", "age"),
    [
        pytest.param([snapshot()], [], 6.0, id="a snapshot"),
        pytest.param([], [backup()], 1.0, id="a backup of everything"),
        pytest.param([snapshot()], [backup()], 1.0, id="the newest counts"),
        pytest.param([snapshot(ready=False)], [], None, id="a snapshot that is not ready"),
        pytest.param([snapshot(ready=None)], [], None, id="a snapshot of which nobody says whether it is ready"),
        pytest.param([snapshot(of="other")], [], None, id="of another claim"),
        pytest.param([snapshot(namespace="other")], [], None, id="of another namespace"),
        pytest.param([], [backup(phase="PartiallyFailed")], None, id="a backup with faults"),
        pytest.param([], [backup(at="")], None, id="a backup without an end"),
        pytest.param([], [backup(includedNamespaces=["other"])], None, id="a backup of another namespace"),
        pytest.param([], [backup(excludedNamespaces=["shop"])], None, id="a backup that leaves the namespace out"),
        pytest.param([], [backup(includedNamespaces=["*"])], 1.0, id="a backup of all namespaces"),
        pytest.param([], [backup(snapshotVolumes=False)], None, id="a backup without volumes"),
        pytest.param(
            [], [backup(snapshotVolumes=False, defaultVolumesToFsBackup=True)], 1.0, id="volumes by their files"
        ),
        pytest.param([], [backup(includedResources=["deployments"])], None, id="a backup of other kinds"),
        pytest.param([], [backup(labelSelector={"matchLabels": {"a": "b"}})], None, id="a backup of some objects"),
    ],
)
def test_the_newest_complete_copy_of_a_claim(
    snapshots: list[Manifest], backups: list[Manifest], age: float | None
) -> None:
    found = _volumes.claim(claim(), snapshots, backups, NOW)
    assert (found["backup_age_hours"], found["backed_up"]) == (age, age is not None)


@pytest.mark.parametrize(("phase", "bound"), [("Bound", True), ("Pending", False), ("Lost", False)])
def test_only_a_bound_claim_is_bound(phase: str, bound: bool) -> None:
    assert _volumes.claim(claim(phase), [], [], NOW)["bound"] is bound


def test_a_schedule_counts_its_own_backups() -> None:
    data = {"kind": "Schedule", "metadata": {"name": "daily"}, "spec": {"paused": True}, "status": {"phase": "Enabled"}}
    found = _volumes.schedule(Manifest(data, ""), [backup(), backup(phase="Failed", at="2026-11-25T07:30:00Z")], NOW)
    assert (found["last_backup_age_hours"], found["paused"], found["enabled"]) == (1.0, True, True)
    other = _volumes.schedule(Manifest({**data, "metadata": {"name": "other"}}, ""), [backup()], NOW)
    assert other["last_backup_age_hours"] is None


def certificate(**status: t.Any) -> dict[str, t.Any]:
    return _conditions.certificate(
        Manifest({"metadata": {"name": "c", "namespace": "shop"}, "status": status}, ""), NOW
    )


def test_a_certificate_is_renewed_before_its_end() -> None:
    found = certificate(
        notAfter="2026-12-25T08:00:00Z",
        renewalTime="2026-12-10T08:00:00Z",
        conditions=[{"type": "Ready", "status": "True"}],
    )
    assert (found["ready"], found["days_left"], found["renews_in_days"], found["renews_in_time"]) == (
        True,
        30.0,
        15.0,
        True,
    )


def test_of_a_certificate_that_was_never_made_nothing_is_known() -> None:
    found = certificate()
    assert (found["ready"], found["days_left"], found["renews_in_time"]) == (False, None, None)


def test_a_job_and_a_cron_job() -> None:
    done = {
        "conditions": [{"type": "Complete", "status": "True"}],
        "completionTime": "2026-11-25T07:30:00Z",
        "succeeded": 1,
    }
    job = _conditions.job(Manifest({"metadata": {"namespace": "shop"}, "status": done}, ""), NOW)
    assert (job["complete"], job["failed"], job["completed_hours_ago"]) == (True, False, 0.5)
    data = {
        "spec": {"suspend": True, "schedule": "0 2 * * *"},
        "status": {"lastSuccessfulTime": "2026-11-25T02:00:00Z"},
    }
    cron = _conditions.cron_job(Manifest({"metadata": {"namespace": "shop"}, **data}, ""), NOW)
    assert (cron["suspended"], cron["succeeded_hours_ago"]) == (True, 6.0)
