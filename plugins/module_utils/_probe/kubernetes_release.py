# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare a Kubernetes cluster with the manifests of a checkout, and try the way back to the release before.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._argspec import timeout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._image import is_run_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import (
    _access,
    _applied,
    _conditions,
    _declared,
    _pods,
    _rollback,
    _secrets,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._declared import Declared
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import Lists, collect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._rollout import COMPLETE, rollout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Absent, Client, connect
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    number,
    text,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

ASPECTS = ("objects", "secrets", "rollbacks")
_OF_MANIFESTS = ("path", "folders", "program", "max_bytes")
_OPTIONS = manifest.SPEC["argument_spec"]

SPEC: dict[str, t.Any] = {
    **_access.OPTIONS,
    "argument_spec": {
        **_access.OPTIONS["argument_spec"],
        **{name: _OPTIONS[name] for name in _OF_MANIFESTS},
        "namespace": {"type": "str", "default": "cryptofunk"},
        "own_images": {"type": "str", "default": "(^|/)cryptofunk/"},
        "aspects": {"type": "list", "elements": "str", "choices": list(ASPECTS), "default": list(ASPECTS)},
        **timeout(30.0),
    },
}

Data = t.Dict[str, t.Any]
_AT_ONCE = 6
_GONE = LookError(Reason.NO_DATA, "The cluster has no such object")


def observe(options: Data, deadline: Deadline) -> Observation:
    """Return a subject for each object of the manifests, each Secret they need, and the way back of each Deployment."""
    objects = Objects(_declared.manifests(Folder(options["path"]), options, deadline))
    cluster = _Cluster(connect(options, deadline), objects, deadline)
    declared = _declared.declared(objects, options["own_images"])
    own = [one for one in declared if one.part == _declared.APPLICATION and one.manifest.kind == "Deployment"]
    jobs: list[tuple[str, str, t.Callable[[], Data]]] = []
    if "objects" in options["aspects"]:
        jobs += [(one.part, _label(one.manifest), functools.partial(cluster.object, one)) for one in declared]
    if "secrets" in options["aspects"]:
        wanted = _declared.secrets(objects)
        jobs += [
            ("secret", f"{one.namespace} Secret/{one.name}", functools.partial(cluster.secret, one)) for one in wanted
        ]
    if "rollbacks" in options["aspects"]:
        jobs += [("rollback", _label(one.manifest), functools.partial(cluster.rollback, one)) for one in own]
    found = run_all([job for dummy, dummy, job in jobs], _AT_ONCE, deadline)
    return [_subject(kind, name, one) for (kind, name, dummy), one in zip(jobs, found)]


def _subject(kind: str, name: str, seen: Data | LookError) -> Subject:
    if isinstance(seen, LookError):
        return {**unseen_subject(name, seen), "kind": kind}
    return subject(name, {"kind": kind, **seen})


def _label(one: Manifest) -> str:
    return f"{one.namespace} {one.label}" if one.namespace else one.label


class _Cluster:
    """The cluster, as far as a release is concerned. Its methods may be called from several threads."""

    def __init__(self, client: Client, objects: Objects, deadline: Deadline) -> None:
        client.get("/version", "get /version")  # so that a server that is not there is one error, not many
        self._client = client
        self._objects = objects
        self._kinds = _applied.kinds(client, objects.all)
        self._scaled = _declared.autoscaled(objects)
        places = sorted({one.namespace for one in objects.workloads})
        self._lists: Lists = collect(
            client, [(kind, place) for place in places for kind in (r.PODS, r.REPLICA_SETS)], deadline
        )

    def object(self, one: Declared) -> Data:
        """Return whether an object is there and as it is declared, and what is to be known of one of its part."""
        wanted, part = one.manifest, Part()
        live = _applied.present(self._client, self._kinds, wanted)
        part.seen.update(namespace=wanted.namespace, name=wanted.label, at=[wanted.place("metadata", "name")])
        part.seen["exists"] = live is not None
        if one.part == _declared.JOB:
            part.seen.update(_job(one, live, self._client.now()))
            return part.to_dict()
        resource = _applied.resource_of(self._kinds, wanted) if live else None
        if live is None or resource is None:
            part.miss("differs", _GONE)
        else:
            is_scaled = (wanted.kind, wanted.namespace, wanted.name) in self._scaled
            drift = functools.partial(_applied.drift, self._client, resource, wanted, live, is_scaled)
            part.look("differs", drift, "compare it with the manifests")
        if one.part in (_declared.INFRASTRUCTURE, _declared.APPLICATION):
            part.look("says", lambda: _says(wanted.kind, live), "see its condition")
        if one.part == _declared.APPLICATION:
            part.look("other_images", lambda: self._other_images(one), "see the images of its pods")
        return part.to_dict()

    def _other_images(self, one: Declared) -> list[str]:
        """Return the images that its pods run and that the release does not have."""
        place = one.manifest.namespace
        pods = _pods.owners(self._lists.of(r.PODS, place), self._lists.of(r.REPLICA_SETS, place))
        own = pods.get((place, (one.manifest.kind, one.manifest.name)), [])
        if not own and one.workload and not one.workload.ends:
            raise LookError(Reason.NO_DATA, "It has no pods")
        run = [each for pod in own if not pod.leaving for each in pod.containers]
        return sorted(
            {each.image for each in run if not any(is_run_as(image, each.image, each.digest) for image in one.images)}
        )

    def secret(self, wanted: _declared.Wanted) -> Data:
        """Return whether a Secret is there with the keys that are wanted of it."""
        try:
            held = _secrets.secret(self._client.one(r.SECRETS, wanted.namespace, wanted.name))
        except Absent:
            held = None
        facts = _secrets.describe(wanted.name, held, {(wanted.name, key) for key in wanted.keys})
        fits = not wanted.pulls or (held is not None and held.type in _secrets.PULL_TYPES)
        return {"namespace": wanted.namespace, "name": f"Secret/{wanted.name}", **facts, "type_fits": fits}

    def rollback(self, one: Declared) -> Data:
        """Return which way back a Deployment has."""
        place, name = one.manifest.namespace, one.manifest.name
        try:
            live = self._client.one(r.DEPLOYMENTS, place, name)
        except Absent:
            raise _GONE from None
        images = [text(each, "image") for dummy, each in mappings(live, "spec", "template", "spec", "containers")]
        seen = _rollback.rollback(self._client, place, name, images, self._lists.of(r.REPLICA_SETS, place))
        return {"namespace": place, "name": one.manifest.label, **seen}


def _says(kind: str, live: Data | None) -> str:
    """Return in words what an object lacks to be ready, or that it is complete."""
    if live is None:
        raise _GONE
    if kind == "PersistentVolumeClaim":
        phase = text(live, "status", "phase")
        return COMPLETE if phase == "Bound" else f"the claim is {phase or 'without a phase'}"
    return str(rollout({**live, "kind": kind})["says"])


def _job(one: Declared, live: Data | None, now: float) -> Data:
    """Return how far a job has come. One that removes itself after its end is gone by then, and one without that should be there."""
    if live is None:
        kept = number(one.manifest.data, "spec", "ttlSecondsAfterFinished") is None
        return {"state": "missing" if kept else "removed"}
    facts = _conditions.job(Manifest({**live, "kind": "Job", "apiVersion": "batch/v1"}, ""), now)
    if facts["failed"]:
        return {"state": "failed"}
    if not facts["complete"]:
        return {"state": "running"}
    pod = mapping(live, "spec", "template", "spec")
    ran = [text(each, "image") for key in ("initContainers", "containers") for dummy, each in mappings(pod, key)]
    return {"state": "complete" if ran == one.images else "complete, with other images"}
