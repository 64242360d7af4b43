# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether a Deployment can go back to the release before. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import Revision
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Client, Refused
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mapping

Data = t.Dict[str, t.Any]

_HASH = "pod-template-hash"  # the controller's own mark of a revision


def rollback(client: Client, namespace: str, name: str, images: list[str], sets: t.Iterable[Revision]) -> Data:
    """Return which revision has other *images* than now, and whether the cluster would take its pods again.

    A revision with the same images, as a restart makes one, is none to go back to.
    """
    own = sorted(
        (one for one in sets if (one.namespace, one.owner) == (namespace, ("Deployment", name))),
        key=lambda one: -one.revision,
    )
    earlier = [one for one in own if sorted(one.images) != sorted(images)]
    part = Part()
    part.seen.update(
        revisions=len(own),
        earlier_releases=len({tuple(sorted(one.images)) for one in earlier}),
        back_to=earlier[0].revision if earlier else 0,
        containers=[{"image": image} for image in (earlier[0].images if earlier else ())],
    )
    if earlier:
        part.look("undo_accepted", lambda: _is_accepted(client, namespace, name, earlier[0]), "try the way back")
    else:
        part.miss("undo_accepted", LookError(Reason.NO_DATA, "There is no revision with other images to go back to"))
    return part.to_dict()


def _is_accepted(client: Client, namespace: str, name: str, earlier: Revision) -> bool:
    """Do what ``kubectl rollout undo --to-revision`` does, in a dry run."""
    kept = client.one(r.REPLICA_SETS, namespace, earlier.name)
    template = dict(mapping(kept, "spec", "template"))
    metadata = dict(mapping(template, "metadata"))
    labels = {key: value for key, value in mapping(metadata, "labels").items() if key != _HASH}
    template["metadata"] = {**metadata, "labels": labels}
    change = [{"op": "replace", "path": "/spec/template", "value": template}]
    try:
        client.tried(r.DEPLOYMENTS, namespace, name, change)
    except Refused:
        return False
    return True
