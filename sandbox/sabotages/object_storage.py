# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How an object store can be wrong."""

from __future__ import annotations

from sandbox._contract import Act, Sabotage
from sandbox._sandbox import Sandbox
from sandbox.components import object_storage as store


def _without_encryption(sandbox: Sandbox) -> None:
    store.client(sandbox).delete_bucket_encryption(Bucket=store.BUCKET)


def _listed_to_all(sandbox: Sandbox) -> None:
    store.client(sandbox).put_bucket_acl(Bucket=store.BUCKET, ACL="public-read")


def _without_rules(sandbox: Sandbox) -> None:
    store.client(sandbox).delete_bucket_lifecycle(Bucket=store.BUCKET)


def _rule(enabled: bool = True, days: int = store.EXPIRY_DAYS, prefix: str = store.PREFIX) -> Act:
    def act(sandbox: Sandbox) -> None:
        rules = {"Rules": [store.rule(enabled, days, prefix)]}
        store.client(sandbox).put_bucket_lifecycle_configuration(Bucket=store.BUCKET, LifecycleConfiguration=rules)

    return act


def _suspended(sandbox: Sandbox) -> None:
    store.client(sandbox).put_bucket_versioning(Bucket=store.BUCKET, VersioningConfiguration={"Status": "Suspended"})


def _without_identities(sandbox: Sandbox) -> None:
    store.forget_identities(sandbox)
    store.restart(sandbox)


def _with_identities(sandbox: Sandbox) -> None:
    store.configure(sandbox)
    store.restart(sandbox)


def _with_the_bucket(sandbox: Sandbox) -> None:
    store.make_bucket(sandbox)
    store.settle(sandbox)


def _declared(name: str, **change: object) -> Act:
    return lambda sandbox: sandbox.targets.patch(name, {"readiness_object_storage": change})


def _undeclared(name: str) -> Act:
    return lambda sandbox: sandbox.targets.unpatch(name)


def _of_storage(
    name: str, items: tuple[str, ...], says: str, do: Act, undo: Act = store.settle, becomes: str = "failed"
) -> Sabotage:
    return Sabotage(name, store.NAME, items, says, do, undo, becomes)


_WRONG = "object_storage_wrong_secret"
SABOTAGES = [
    _of_storage(
        "object_storage_public_policy", ("4.5.1", "4.5.2"), "A policy opens the bucket to all", store.open_to_all
    ),
    _of_storage("object_storage_public_list", ("4.5.1",), "The bucket is listed to everybody", _listed_to_all),
    _of_storage("object_storage_plain", ("4.5.1",), "The bucket is not encrypted", _without_encryption),
    _of_storage(
        "object_storage_no_bucket", ("4.5.1",), "The bucket does not exist", store.remove_bucket, _with_the_bucket
    ),
    _of_storage(
        "object_storage_no_identities",
        ("4.5.2",),
        "The store asks nobody who they are",
        _without_identities,
        _with_identities,
    ),
    _of_storage(
        _WRONG,
        ("4.5.1", "4.5.2", "4.5.3", "4.5.4"),
        "The declared secret key of the object store is wrong",
        _declared(_WRONG, secret_key="not-the-secret"),
        _undeclared(_WRONG),
        becomes="error",
    ),
    _of_storage("object_storage_no_lifecycle", ("4.5.3",), "No rule expires backups", _without_rules),
    _of_storage("object_storage_rule_off", ("4.5.3",), "The rule that expires backups is off", _rule(enabled=False)),
    _of_storage("object_storage_rule_elsewhere", ("4.5.3",), "The rule is of another folder", _rule(prefix="logs/")),
    _of_storage("object_storage_short_expiry", ("4.5.3",), "Backups go after three days", _rule(days=3)),
    _of_storage("object_storage_suspended", ("4.5.4",), "The versioning of the bucket is suspended", _suspended),
]
