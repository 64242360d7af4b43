# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Claims for volumes, and what was copied of them: snapshots and backups by Velero. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._times import age_hours
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _access
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import get, mapping, text, texts

Data = t.Dict[str, t.Any]
Copy = t.Tuple[str, t.Optional[float], bool]  # by what, how many hours old, whether it is complete

_SCHEDULE = "velero.io/schedule-name"


def claim(one: Manifest, snapshots: t.Iterable[Manifest], backups: t.Iterable[Manifest], now: float) -> Data:
    """Return whether a claim is bound, and the newest complete copy of it."""
    copies = [_snapshot(each, now) for each in snapshots if _is_of(each, one)]
    copies += [_backup(each, now) for each in backups if _covers(each, one.namespace)]
    whole = sorted((age, by) for by, age, complete in copies if complete and age is not None)
    return {
        "namespace": one.namespace,
        "bound": text(one.data, "status", "phase") == "Bound",
        "phase": text(one.data, "status", "phase") or "Unknown",
        "storage_class": text(one.data, "spec", "storageClassName"),
        "size": text(one.data, "status", "capacity", "storage"),
        "copies": len(copies),
        "incomplete_copies": sorted(by for by, dummy, complete in copies if not complete),
        "backed_up": bool(whole),
        "backup": whole[0][1] if whole else "",
        "backup_age_hours": whole[0][0] if whole else None,
    }


def _is_of(snapshot: Manifest, one: Manifest) -> bool:
    named = text(snapshot.data, "spec", "source", "persistentVolumeClaimName")
    return (snapshot.namespace, named) == (one.namespace, one.name)


def _snapshot(one: Manifest, now: float) -> Copy:
    made = text(one.data, "status", "creationTime") or text(one.data, "metadata", "creationTimestamp")
    return f"VolumeSnapshot/{one.name}", age_hours(made, now), get(one.data, "status", "readyToUse") is True


def _backup(one: Manifest, now: float) -> Copy:
    ended = text(one.data, "status", "completionTimestamp")
    return f"Backup/{one.name}", age_hours(ended, now), text(one.data, "status", "phase") == "Completed"


def _covers(backup: Manifest, namespace: str) -> bool:
    """Tell whether a backup by Velero has the volumes of *namespace*."""
    spec = mapping(backup.data, "spec")
    chosen, left_out = texts(spec, "includedNamespaces"), texts(spec, "excludedNamespaces")
    kinds = texts(spec, "includedResources")
    has_volumes = spec.get("snapshotVolumes") is not False or spec.get("defaultVolumesToFsBackup") is True
    is_meant = (not chosen or "*" in chosen or namespace in chosen) and namespace not in left_out
    has_kinds = not kinds or "*" in kinds or any(one.startswith("persistentvolume") for one in kinds)
    return is_meant and has_kinds and has_volumes and not mapping(spec, "labelSelector")


def schedule(one: Manifest, backups: t.Iterable[Manifest], now: float) -> Data:
    """Return the facts of a Schedule of Velero, and its newest complete backup."""
    facts = _access.schedule(one)
    own = [each for each in backups if mapping(each.data, "metadata", "labels").get(_SCHEDULE) == one.name]
    ages = sorted(age for dummy, age, complete in (_backup(each, now) for each in own) if complete and age is not None)
    return {
        "name": one.name,
        "paused": facts["paused"],
        "without_volumes": facts["without_volumes"],
        "enabled": text(one.data, "status", "phase") == "Enabled",
        "last_backup_age_hours": ages[0] if ages else None,
    }
