# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the accounts of workloads may do: by the rules that are bound to them, and by the server's own word. Pure but for the asking.

This is a private part of the collection.
"""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Client
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _access
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    mapping,
    mappings,
    text,
    texts,
)

Data = t.Dict[str, t.Any]

_READS = ("get", "list", "watch", "*")
_ANYBODY = ("system:unauthenticated", "system:anonymous")


@dataclass(frozen=True)
class Rules:
    """All roles and bindings that were seen."""

    roles: t.Sequence[Manifest]
    bindings: t.Sequence[Manifest]

    def of(self, account: str, namespace: str) -> list[tuple[Manifest, Manifest | None]]:
        """Return what is bound to a service account or to a group that it is in: each binding with its role."""
        found = [
            one for one in self.bindings if any(_is_meant(one, each, account, namespace) for each in subjects(one))
        ]
        return [(one, self._role(one)) for one in found]

    def _role(self, binding: Manifest) -> Manifest | None:
        kind, name = text(binding.data, "roleRef", "kind"), text(binding.data, "roleRef", "name")
        place = binding.namespace if kind == "Role" else ""
        return next((one for one in self.roles if (one.kind, one.name, one.namespace) == (kind, name, place)), None)


def subjects(binding: Manifest) -> list[Data]:
    return [one for dummy, one in mappings(binding.data, "subjects")]


def _is_meant(binding: Manifest, subject: Data, account: str, namespace: str) -> bool:
    kind, name = text(subject, "kind"), text(subject, "name")
    if kind == "ServiceAccount":
        return (name, text(subject, "namespace") or binding.namespace) == (account, namespace)
    if kind == "User":
        return name == user_of(account, namespace)
    return name in groups_of(namespace)


def user_of(account: str, namespace: str) -> str:
    return f"system:serviceaccount:{namespace}:{account}"


def groups_of(namespace: str) -> list[str]:
    return ["system:serviceaccounts", f"system:serviceaccounts:{namespace}", "system:authenticated"]


def account(name: str, namespace: str, rules: Rules, workloads: list[Data]) -> Data:
    """Return what is bound to a service account, what of that is too much, and who carries its token."""
    bound = rules.of(name, namespace)
    roles = [(binding, _access.role(role)) for binding, role in bound if role]
    return {
        "namespace": namespace,
        "account": name,
        "bindings": sorted(binding.label for binding, dummy in bound),
        "almighty": sorted(binding.label for binding, dummy in bound if _access.binding(binding)["almighty"]),
        "wildcards": sorted({role["name"] for dummy, role in roles if role["wildcard"]}),
        "rises": sorted({words for dummy, role in roles for words in role["rises"]}),
        "reads_secrets": sorted({role.label for dummy, role in bound if role and reads_secrets(role)}),
        "token_carried_by": sorted(one["name"] for one in workloads if one["carries_token"]),
        "needlessly_carried_by": sorted(one["name"] for one in workloads if one["needless_token"]),
    }


def reads_secrets(role: Manifest) -> bool:
    """Tell whether a role reads all Secrets of where it is bound; one that names them is meant."""
    return any(
        set(texts(rule, "resources")) & {"secrets", "*"}
        and set(texts(rule, "verbs")) & set(_READS)
        and not texts(rule, "resourceNames")
        and set(texts(rule, "apiGroups")) & {"", "*"}
        for dummy, rule in mappings(role.data, "rules")
    )


def of_anybody(rules: Rules) -> list[str]:
    """Return the bindings by which somebody who has not logged in may do something, but for those that Kubernetes makes."""
    return sorted(
        one.label
        for one in rules.bindings
        if not one.name.startswith("system:") and any(text(each, "name") in _ANYBODY for each in subjects(one))
    )


def allowed(client: Client, name: str, namespace: str, forbidden: t.Sequence[str]) -> list[str]:
    """Return which of the *forbidden* acts, like C(list secrets), the server would let a service account do in its namespace."""
    return [act for act in forbidden if _is_allowed(client, name, namespace, act)]


def _is_allowed(client: Client, name: str, namespace: str, act: str) -> bool:
    review = {
        "apiVersion": r.ACCESS_REVIEWS.api_version,
        "kind": r.ACCESS_REVIEWS.kind,
        "spec": {
            "user": user_of(name, namespace),
            "groups": groups_of(namespace),
            "resourceAttributes": {"namespace": namespace, **asked(act)},
        },
    }
    answer = client.post(f"{r.ACCESS_REVIEWS.path()}?dryRun=All", review, r.ACCESS_REVIEWS.right("create"))
    return mapping(answer, "status").get("allowed") is True


def asked(act: str) -> dict[str, str]:
    """Return the attributes of an act in words: C(create pods/exec), C(create rolebindings.rbac.authorization.k8s.io)."""
    verb, dummy, thing = act.partition(" ")
    resource, dummy, group = thing.partition(".")
    name, dummy, part = resource.partition("/")
    found = {"verb": verb, "resource": name, "group": group, "subresource": part}
    return {key: value for key, value in found.items() if value}
