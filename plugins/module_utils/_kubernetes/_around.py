# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The subjects about what surrounds the workloads: namespaces, policies, autoscalers, volumes, accounts, certificates.

This is a private part of the collection.
"""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import (
    _conditions,
    _rights,
    _rules,
    _volumes,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import Lists
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._programs import (
    each_of,
    unseen,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._release import Release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Client
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part, Subject, subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all

Data = t.Dict[str, t.Any]

_AT_ONCE = 4


def namespaces(release: Release, lists: Lists, aspects: t.Collection[str]) -> list[Subject]:
    """Return what holds of each namespace as a whole."""
    found = []
    for place in release.namespaces:
        part = Part()
        part.look("exists", functools.partial(_exists, place, lists), "list namespaces")
        if "network" in aspects:
            _look(part, ("isolation",), release.without_workloads(place) or release.gap(place, r.POLICIES))
            if "isolation" not in part.unseen:
                part.seen["isolation"] = _rules.isolation(place, release.objects)
        if "scaling" in aspects:
            part.look("autoscaled_workloads", functools.partial(_autoscaled, release, place), "list autoscalers")
            part.look("budgets", functools.partial(_budgets, release, place), "list budgets")
        found.append(subject(f"Namespace/{place}", {"kind": "namespace", "name": place, **part.to_dict()}))
    return found


def _exists(namespace: str, lists: Lists) -> bool:
    return namespace in [one.name for one in lists.of(r.NAMESPACES)]


def _look(part: Part, keys: t.Iterable[str], error: LookError | None) -> None:
    for key in keys:
        if error:
            part.miss(key, error)


def _autoscaled(release: Release, namespace: str) -> list[str]:
    return sorted({_rules.target_of(one) for one in release.of(r.AUTOSCALERS, namespace)})


def _budgets(release: Release, namespace: str) -> list[Data]:
    error = release.without_workloads(namespace)
    if error:
        raise error
    return [_rules.budget(one, release.objects) for one in release.of(r.BUDGETS, namespace)]


def policies(release: Release, passing: t.Sequence[Data]) -> list[Subject]:
    """Return each policy, as if there were pods with the labels *passing*, too: those that come and go may be away just now."""
    objects = _rules.with_pods(release.objects, release.namespaces, passing)
    return _by_workloads(release, r.POLICIES, "policy", lambda one, dummy: _rules.policy(one, objects))


def autoscalers(release: Release) -> list[Subject]:
    return _by_workloads(release, r.AUTOSCALERS, "autoscaler", _rules.autoscaler)


def _by_workloads(release: Release, resource: t.Any, kind: str, describe: t.Callable[..., Data]) -> list[Subject]:
    """Return a subject for each object that is meant for workloads, if these were seen."""
    found: list[Subject] = []
    for place in release.namespaces:
        error = release.without_workloads(place)
        if error:
            found.append(unseen(kind, f"{resource.name} of {place}", error))
        else:
            found += each_of(release, resource, place, kind, lambda one: describe(one, release.objects))
    return found


def claims(release: Release, lists: Lists, velero: str, now: float) -> list[Subject]:
    """Return each claim with its newest copy. What makes copies and was not seen is only missed where there is no copy else."""
    found: list[Subject] = []
    backups, error = _or_error(lists, r.BACKUPS, velero)
    for place in release.namespaces:
        snapshots, other = _or_error(lists, r.SNAPSHOTS, place)
        describe = functools.partial(_volumes.claim, snapshots=snapshots, backups=backups, now=now)
        for one in each_of(release, r.CLAIMS, place, "claim", describe):
            missed = other or error
            if missed and one["error"] is None and not one["backed_up"]:
                reason = {key: missed.to_dict() for key in _COPIES}
                one.update(dict.fromkeys(_COPIES), unseen=reason)
            found.append(one)
    return found


_COPIES = ("copies", "incomplete_copies", "backed_up", "backup", "backup_age_hours")


def _or_error(lists: Lists, resource: t.Any, namespace: str) -> tuple[list[Manifest], LookError | None]:
    try:
        return lists.of(resource, namespace), None
    except LookError as exc:
        return [], exc


def schedules(lists: Lists, velero: str, now: float) -> list[Subject]:
    backups, error = _or_error(lists, r.BACKUPS, velero)
    found, other = _or_error(lists, r.SCHEDULES, velero)
    if error or other:
        return [unseen("backup_schedule", f"schedules of {velero}", t.cast(LookError, error or other))]
    return [
        subject(f"{velero} Schedule/{one.name}", {"kind": "backup_schedule", **_volumes.schedule(one, backups, now)})
        for one in found
    ]


def certificates(release: Release, now: float) -> list[Subject]:
    found: list[Subject] = []
    for place in release.namespaces:
        found += each_of(release, r.CERTIFICATES, place, "certificate", lambda one: _conditions.certificate(one, now))
        found += each_of(
            release, r.EXTERNAL_SECRETS, place, "external_secret", lambda one: _conditions.external_secret(one, now)
        )
    return found


def accounts(
    release: Release, lists: Lists, workloads: list[Subject], client: Client, forbidden: list[str], deadline: Deadline
) -> list[Subject]:
    """Return each service account that a workload runs as."""
    found: list[Subject] = [unseen("account", one["subject"], _error(one)) for one in workloads if one["error"]]
    seen = [one for one in workloads if not one["error"]]
    each = sorted({(one["namespace"], one["service_account"]) for one in seen})
    asks = [functools.partial(_rights.allowed, client, name, place, forbidden) for place, name in each]
    for (place, name), answer in zip(each, run_all(asks, _AT_ONCE, deadline)):
        own = [one for one in seen if (one["namespace"], one["service_account"]) == (place, name)]
        found.append(_account(release, lists, name, place, own, answer))
    return found


def _error(one: Subject) -> LookError:
    return LookError(Reason(one["error"]["reason"]), one["error"]["message"])


def _account(
    release: Release, lists: Lists, name: str, place: str, own: list[Subject], answer: list[str] | LookError
) -> Subject:
    part = Part()
    kinds = [(r.ROLES, place), (r.CLUSTER_ROLES, None), (r.BINDINGS, place), (r.CLUSTER_BINDINGS, None)]
    gaps = [error for dummy, error in (_or_error(lists, *one) for one in kinds) if error]  # type: ignore[arg-type]
    held = [[] if gaps else lists.of(*one) for one in kinds]
    rules = _rights.Rules([*held[0], *held[1]], [*held[2], *held[3]])
    part.seen.update(_rights.account(name, place, rules, own), open_to_anybody=_rights.of_anybody(rules))
    if gaps:
        _look(part, _FROM_RULES, gaps[0])
    error = release.gap(place, r.ACCOUNTS)
    _look(part, _FROM_ACCOUNTS, error)
    if isinstance(answer, LookError):
        part.miss("allowed_acts", answer)
    else:
        part.seen["allowed_acts"] = answer
    return subject(f"{place} ServiceAccount/{name}", {"kind": "account", **part.to_dict()})


_FROM_RULES = ("bindings", "almighty", "wildcards", "rises", "reads_secrets", "open_to_anybody")
_FROM_ACCOUNTS = ("token_carried_by", "needlessly_carried_by")
