# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the Kubernetes manifests of the repository can be wrong: of the known defects, one for each item that they decide."""

from __future__ import annotations

from sandbox.defects import manifests
from sandbox.sabotages._release import changed

# The defect, and the components by which its items are seen beside the repository.
_CHOSEN: dict[str, tuple[str, ...]] = {
    "manifests_latest": (),
    "manifests_no_pull_secret": (),
    "manifests_no_requests": (),
    "manifests_no_liveness": (),
    "manifests_no_readiness": (),
    "manifests_late_variable": (),
    "manifests_database_url_plain": ("postgres", "pgbouncer", "app_sessions"),
    "manifests_redis_in_memory": (),
    "manifests_streams_elsewhere": (),
    "manifests_no_jetstream": (),
    "manifests_single_nats": (),
    "manifests_backup_paused": (),
    "manifests_migration_locked_in": (),
    "manifests_database_on_the_internet": ("postgres", "replica"),
    "manifests_redis_on_the_nodes": ("redis",),
    "manifests_no_certificate": ("nginx", "api"),
    "manifests_any_origin": ("nginx", "api"),
    "manifests_rewritten_paths": ("nginx", "api"),
    "manifests_token": (),
    "manifests_autoscaler_of_one": (),
    "manifests_no_eviction": (),
    "manifests_secret_with_a_default": (),
    "manifests_file_missing": (),
}


SABOTAGES = [
    changed(defect.name, defect.items, defect.says, defect.edits, _CHOSEN[defect.name])
    for defect in manifests.DEFECTS
    if defect.name in _CHOSEN
]
