# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The subjects about what runs: workloads, their jobs and their secrets. This is a private part of the collection."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _conditions, _secrets, _workloads
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._release import Release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Absent, Client, Resource
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part, Subject, subject, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Workload
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all

Data = t.Dict[str, t.Any]
Held = t.Dict[t.Tuple[str, str], t.Union[_secrets.Secret, LookError]]  # by namespace and name
Before = t.Optional[t.Dict[str, int]]  # restarts of each pod, by uid, when the window began

_AT_ONCE = 4

# Which lists a fact comes from. Where one of them was not seen, the fact is not known either.
_NEEDS: dict[str, tuple[Resource, ...]] = {
    "blocked_connections": (r.POLICIES, r.SERVICES, r.CONFIG_MAPS, r.NAMESPACES),
    "resolves": (r.POLICIES, r.NAMESPACES, r.SERVICES, r.CONFIG_MAPS),
    "missing_claims": (r.CLAIMS,),
    "shared_claims": (r.CLAIMS,),
    "autoscaled": (r.AUTOSCALERS,),
    "carries_token": (r.ACCOUNTS,),
    "needless_token": (r.ACCOUNTS,),
    "pull_secrets": (r.ACCOUNTS,),
    "missing_pull_secrets": (r.ACCOUNTS,),
}
_OF_CONTAINERS: dict[str, tuple[Resource, ...]] = {
    "depends": (r.SERVICES, r.CONFIG_MAPS),
    "has_pull_secret": (r.ACCOUNTS,),
}


def unseen(kind: str, name: str, error: LookError) -> Subject:
    """Return a subject of *kind* of which nothing was seen."""
    return {**unseen_subject(name, error), "kind": kind}


class Judged(t.NamedTuple):
    """By which names and limits facts are told."""

    names: Names
    stateful: t.Collection[str]
    now: float
    recent_hours: float


def workloads(
    release: Release, by: Judged, before: Before, aspects: t.Collection[str], held: Held | None
) -> list[Subject]:
    """Return a subject for each thing that makes pods."""
    found: list[Subject] = []
    for place in release.namespaces:
        error = release.without_workloads(place)
        own = [one for one in release.objects.workloads if one.namespace == place]
        if not own and not error:
            error = LookError(Reason.NO_DATA, f"There is no workload in the namespace {place}")
        if error:
            found.append(unseen("workload", f"workloads of {place}", error))
        else:
            pods = release.pods(place)
            found += [_workload(one, release, by, pods, before, aspects, held) for one in own]
    return found


def _workload(
    one: Workload,
    release: Release,
    by: Judged,
    pods: t.Mapping[t.Any, t.Any],
    before: Before,
    aspects: t.Collection[str],
    held: Held | None,
) -> Subject:
    place = one.namespace
    part = Part()
    part.seen.update(_workloads.written(one, release.objects, by.names, by.stateful), name=one.label)
    part.seen.update(
        _workloads.running(pods.get((place, (one.manifest.kind, one.name)), []), before, by.now, by.recent_hours)
    )
    part.seen["revisions"] = _workloads.history(one, release.of(r.REPLICA_SETS, place))
    if "network" not in aspects:
        for key in ("blocked_connections", "resolves"):
            del part.seen[key]
    if held is not None:
        look = functools.partial(_missing, part.seen["pull_secrets"], held, place)
        part.look("missing_pull_secrets", look, "see the Secrets")
    for key, needed in _NEEDS.items():
        error = release.gap(place, *needed)
        if error and key in part.seen:
            part.miss(key, error)
    for container in part.seen["containers"]:
        container.update({key: None for key, needed in _OF_CONTAINERS.items() if release.gap(place, *needed)})
    return subject(f"{place} {one.label}", {"kind": "workload", **part.to_dict()})


def _missing(named: list[str], held: Held, namespace: str) -> list[str]:
    """Return the pull secrets that are named, and do not exist or are of another type."""
    found = []
    for name in named:
        one = held[namespace, name]
        if isinstance(one, LookError) and not isinstance(one, Absent):
            raise one
        if isinstance(one, LookError) or one.type not in _secrets.PULL_TYPES:
            found.append(name)
    return found


def jobs(release: Release, now: float) -> list[Subject]:
    found: list[Subject] = []
    for place in release.namespaces:
        for resource, describe, kind in (
            (r.JOBS, _conditions.job, "job"),
            (r.CRON_JOBS, _conditions.cron_job, "cron_job"),
        ):
            found += each_of(release, resource, place, kind, lambda one, describe=describe: describe(one, now))  # type: ignore[misc]
    return found


def secrets(release: Release, held: Held) -> list[Subject]:
    """Return each Secret that a workload refers to."""
    found: list[Subject] = []
    for place in release.namespaces:
        error = release.without_workloads(place)
        if error:
            found.append(unseen("secret", f"secrets of {place}", error))
    needed = {place: _secrets.needed_in(place, release.objects) for place in release.namespaces}
    for (place, name), one in held.items():
        label = f"{place} Secret/{name}"
        if isinstance(one, LookError) and not isinstance(one, Absent):
            found.append({**unseen("secret", label, one), "namespace": place, "name": f"Secret/{name}"})
        else:
            seen = None if isinstance(one, LookError) else one
            facts = _secrets.describe(name, seen, needed[place])
            found.append(subject(label, {"kind": "secret", "namespace": place, "name": f"Secret/{name}", **facts}))
    return found


def hold(release: Release, client: Client, deadline: Deadline) -> Held:
    """Ask for each Secret that a workload refers to, by its name."""
    wanted = sorted(
        {
            (one.namespace, name)
            for one in release.objects.workloads
            for name in (*_secrets.referred(one), *_workloads.pull_secrets(one, release.objects))
        }
    )
    jobs = [functools.partial(_held, client, place, name) for place, name in wanted]
    return dict(zip(wanted, run_all(jobs, _AT_ONCE, deadline)))


def _held(client: Client, namespace: str, name: str) -> _secrets.Secret:
    return _secrets.secret(client.one(r.SECRETS, namespace, name))


def each_of(
    release: Release, resource: Resource, namespace: str, kind: str, describe: t.Callable[[t.Any], Data]
) -> list[Subject]:
    """Return a subject for each object of a list, or one that says why there is none."""
    error = release.gap(namespace, resource)
    if error:
        return [unseen(kind, f"{resource.name} of {namespace}", error)]
    return [
        subject(
            f"{namespace} {resource.kind}/{one.name}",
            {"kind": kind, "name": f"{resource.kind}/{one.name}", **describe(one)},
        )
        for one in release.of(resource, namespace)
    ]
