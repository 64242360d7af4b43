# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the Kubernetes manifests of the repository can be wrong: of the known defects, one for each item that they decide."""

from __future__ import annotations

import functools

from sandbox._contract import Sabotage
from sandbox._edits import Change, in_checkout
from sandbox._files import write_bytes
from sandbox._sandbox import Sandbox
from sandbox.components import _repository_files as content
from sandbox.components import repository
from sandbox.defects import manifests
from sandbox.defects._defect import Defect

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


def _do(sandbox: Sandbox, changes: tuple[Change, ...]) -> None:
    for change in changes:
        in_checkout(repository.folder(sandbox), change)


def _undo(sandbox: Sandbox, changes: tuple[Change, ...]) -> None:
    """Put back what the release has at the paths of *changes*."""
    released = content.files(sandbox.profile)
    for change in changes:
        file = repository.folder(sandbox) / change.path
        if change.path in released:
            write_bytes(file, released[change.path], mode=0o644)
        else:
            file.unlink(missing_ok=True)


def _of(defect: Defect) -> Sabotage:
    do, undo = functools.partial(_do, changes=defect.edits), functools.partial(_undo, changes=defect.edits)
    files = tuple(change.path for change in defect.edits)
    seen_through = _CHOSEN[defect.name]
    return Sabotage(
        defect.name, repository.NAME, defect.items, defect.says, do, undo, files=files, seen_through=seen_through
    )


SABOTAGES = [_of(defect) for defect in manifests.DEFECTS if defect.name in _CHOSEN]
