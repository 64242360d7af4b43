# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import Revision
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._rollback import rollback
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Client, Refused, Resource

Data = t.Dict[str, t.Any]
NOW, BEFORE = "api:v1", "api:v0"


class Cluster:
    """Has one set of replicas, and answers a dry run by an error or not at all."""

    def __init__(self, error: LookError | None = None) -> None:
        self.error = error
        self.changes: list[t.Any] = []

    def one(self, resource: Resource, namespace: str, name: str) -> Data:
        assert (resource, namespace, name) == (r.REPLICA_SETS, "shop", "api-1")
        labels = {"app": "api", "pod-template-hash": "1"}
        return {"spec": {"template": {"metadata": {"labels": labels}, "spec": {"containers": [{"image": BEFORE}]}}}}

    def tried(self, resource: Resource, namespace: str, name: str, change: t.Any) -> Data:
        self.changes.append(change)
        if self.error:
            raise self.error
        return {}


def revision(number: int, *images: str, owner: str = "api") -> Revision:
    return Revision("shop", f"{owner}-{number}", ("Deployment", owner), number, images, 0, None)


def seen(cluster: Cluster, *sets: Revision) -> Data:
    return rollback(t.cast(Client, cluster), "shop", "api", [NOW], sets)


def test_the_way_back_leads_to_the_newest_revision_with_other_images() -> None:
    cluster = Cluster()
    found = seen(cluster, revision(1, BEFORE), revision(2, NOW), revision(3, NOW), revision(9, "b:v0", owner="b"))
    template = {"metadata": {"labels": {"app": "api"}}, "spec": {"containers": [{"image": BEFORE}]}}
    assert cluster.changes == [[{"op": "replace", "path": "/spec/template", "value": template}]]
    assert (found["revisions"], found["earlier_releases"], found["back_to"]) == (3, 1, 1)
    assert (found["containers"], found["undo_accepted"]) == ([{"image": BEFORE}], True)


def test_a_revision_with_the_same_images_is_none_to_go_back_to() -> None:
    found = seen(Cluster(), revision(1, NOW), revision(2, NOW))
    assert (found["earlier_releases"], found["containers"], found["undo_accepted"]) == (0, [], None)
    assert found["unseen"]["undo_accepted"]["reason"] == "no_data"


def test_a_way_back_that_the_cluster_refuses() -> None:
    assert seen(Cluster(Refused("no", [])), revision(1, BEFORE))["undo_accepted"] is False


def test_a_way_back_that_nobody_may_try_is_not_seen() -> None:
    found = seen(Cluster(LookError(Reason.UNAUTHORISED, "The user lacks the right")), revision(1, BEFORE))
    assert (found["undo_accepted"], found["unseen"]["undo_accepted"]["reason"]) == (None, "unauthorised")
