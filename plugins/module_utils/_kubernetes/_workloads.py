# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One workload of the cluster: what is written in it, by the rules for manifests, and what its pods are. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _image
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._pods import Pod, Ran, Revision
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._rollout import rollout
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _facts, _workloads
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._environment import environment
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import mappings, text

Data = t.Dict[str, t.Any]

_HOUR = 3600.0
_SECRET_OF_ACCOUNT = "ServiceAccount"


def without_places(value: t.Any) -> t.Any:
    """Drop the places in files that facts carry: an object of the cluster stands in none."""
    if isinstance(value, dict):
        return {key: without_places(one) for key, one in value.items() if key != "at" and not str(key).endswith("_at")}
    return [without_places(one) for one in value] if isinstance(value, list) else value


def written(one: Workload, objects: Objects, names: Names, stateful: t.Collection[str]) -> Data:
    """Return what the object says: the facts that the probe of manifests gives, by the same rules."""
    containers, links = [], []
    for each in one.containers:
        facts, talks = _facts.program(each, environment(each, objects), objects, names)
        containers.append(facts)
        links += talks
    facts = _workloads.workload(one, objects, names, stateful)
    blocked = [link["name"] for link in links if not (link["allowed_out"] and link["allowed_in"])]
    return {
        "namespace": one.namespace,
        "type": one.manifest.kind,
        "ends": one.ends,
        "replicas": facts["replicas"],
        **{key: facts[key] for key in _KEPT},
        "containers": [{key: value for key, value in each.items() if key in _OF_A_CONTAINER} for each in containers],
        "blocked_connections": sorted(set(blocked)),
        "resolves": all(link["resolves"] for link in links),
        "rollout": rollout(one.manifest.data),
        "pull_secrets": sorted(set(pull_secrets(one, objects))),
    }


_KEPT = (
    "software",
    "stateful",
    "persistent",
    "missing_claims",
    "shared_claims",
    "autoscaled",
    "service_account",
    "carries_token",
    "needless_token",
    "shares_with_node",
)
_OF_A_CONTAINER = (
    "name",
    "init",
    "runs_on",
    "image",
    "tag",
    "latest",
    "floating",
    "by_digest",
    "placeholder_registry",
    "needs_pull_secret",
    "has_pull_secret",
    "missing_resources",
    "liveness",
    "readiness",
    "depends",
    "same_probes",
    "wrong_liveness_port",
    "wrong_readiness_port",
    "privileged",
    "non_root",
    "no_escalation",
    "read_only",
    "drops_all",
    "added_capabilities",
)


def pull_secrets(one: Workload, objects: Objects) -> list[str]:
    """Return the names of the Secrets with which a workload pulls its images."""
    account = objects.find(_SECRET_OF_ACCOUNT, one.namespace, text(one.pod, "serviceAccountName") or "default")
    given = mappings(one.pod, "imagePullSecrets") + (mappings(account.data, "imagePullSecrets") if account else [])
    return [text(each, "name") for dummy, each in given]


def running(pods: list[Pod], before: dict[str, int] | None, now: float, recent_hours: float) -> Data:
    """Return what the pods of a workload are; *before* is how often each, by uid, had been restarted when the window began."""
    staying = [one for one in pods if not one.leaving]
    containers = [each for one in staying for each in one.containers]
    grown = [_grown(one, before) for one in staying]
    return {
        "pods": {
            "count": len(staying),
            "not_running": [f"{one.name}: {one.reason or one.phase}" for one in staying if one.phase not in _FINE],
            "unready": [
                one.name for one in staying if one.phase == "Running" and not one.ready and one.owner[0] != "Job"
            ],
            "waiting": sorted(
                {f"{one.name}: {each.waits}" for one in staying for each in one.containers if each.waits}
            ),
            "restarts": sum(one.restarts for one in staying),
            "restarts_in_window": None if before is None else sum(grown),
            "recent_restarts": sum(1 for each in containers if _is_recent(each, now, recent_hours)),
        },
        "running_images": _images(containers),
    }


_FINE = ("Running", "Succeeded")


def _grown(one: Pod, before: dict[str, int] | None) -> int:
    """Return how often a pod was restarted since *before*; of one that is new, each restart is one since then."""
    return one.restarts - (before or {}).get(one.uid, 0)


def _is_recent(one: Ran, now: float, hours: float) -> bool:
    return bool(one.restarts) and one.ended is not None and now - one.ended < hours * _HOUR


def _images(containers: list[Ran]) -> list[Data]:
    found: dict[tuple[str, str], Data] = {}
    for one in containers:
        image = _image.parse(one.image)
        found[one.image, one.digest] = {
            "image": one.image,
            "digest": one.digest,
            "latest": image.is_latest,
            "floating": image.is_floating,
        }
    return [found[key] for key in sorted(found)]


def history(one: Workload, sets: t.Iterable[Revision]) -> list[Data]:
    """Return the revisions of a Deployment, the newest first, each with its images: what a rollback can go back to."""
    own = [each for each in sets if each.namespace == one.namespace and each.owner == (one.manifest.kind, one.name)]
    return [
        {"revision": each.revision, "images": list(each.images), "pods": each.replicas}
        for each in sorted(own, key=lambda each: -each.revision)
    ]
