# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _rights, _secrets
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects


def role(name: str, *rules: dict[str, t.Any], kind: str = "ClusterRole", namespace: str = "") -> Manifest:
    return Manifest({"kind": kind, "metadata": {"name": name, "namespace": namespace}, "rules": list(rules)}, "")


def rule(verbs: str, resources: str, **more: t.Any) -> dict[str, t.Any]:
    return {"apiGroups": [""], "verbs": verbs.split(), "resources": resources.split(), **more}


def binding(given: str, *subjects: dict[str, str], kind: str = "RoleBinding", to: str = "ClusterRole") -> Manifest:
    metadata = {"name": f"to-{given}", "namespace": "shop" if kind == "RoleBinding" else ""}
    return Manifest(
        {"kind": kind, "metadata": metadata, "roleRef": {"kind": to, "name": given}, "subjects": list(subjects)}, ""
    )


API = {"kind": "ServiceAccount", "name": "api", "namespace": "shop"}


def account(roles: list[Manifest], bindings: list[Manifest]) -> dict[str, t.Any]:
    return _rights.account("api", "shop", _rights.Rules(roles, bindings), [])


@pytest.mark.parametrize(
    ("subject", "is_bound"),
    [
        pytest.param(API, True, id="itself"),
        pytest.param({"kind": "ServiceAccount", "name": "api"}, True, id="of the binding's namespace"),
        pytest.param({**API, "namespace": "other"}, False, id="of another namespace"),
        pytest.param({"kind": "User", "name": "system:serviceaccount:shop:api"}, True, id="as a user"),
        pytest.param({"kind": "Group", "name": "system:serviceaccounts:shop"}, True, id="all of its namespace"),
        pytest.param({"kind": "Group", "name": "system:serviceaccounts:other"}, False, id="all of another namespace"),
        pytest.param({"kind": "Group", "name": "system:authenticated"}, True, id="everybody"),
        pytest.param({"kind": "Group", "name": "operators"}, False, id="people"),
    ],
)
def test_who_is_meant_by_a_binding(subject: dict[str, str], is_bound: bool) -> None:
    assert account([], [binding("reader", subject)])["bindings"] == (["RoleBinding/to-reader"] if is_bound else [])


@pytest.mark.parametrize(
    ("own", "key"),
    [
        (rule("*", "pods"), "wildcards"),
        (rule("get", "*"), "wildcards"),
        (rule("escalate", "roles"), "rises"),
        (rule("impersonate", "users"), "rises"),
        (rule("create", "pods/exec"), "rises"),
        (rule("list", "secrets"), "reads_secrets"),
        (rule("get", "secrets"), "reads_secrets"),
    ],
)
def test_what_is_too_much_of_a_role(own: dict[str, t.Any], key: str) -> None:
    assert account([role("r", own)], [binding("r", API)])[key] != []
    assert account([role("r", rule("get", "configmaps"))], [binding("r", API)])[key] == []


def test_a_secret_that_is_named_may_be_read() -> None:
    assert (
        account([role("r", rule("get", "secrets", resourceNames=["own"]))], [binding("r", API)])["reads_secrets"] == []
    )


def test_a_role_of_another_namespace_by_the_same_name_is_not_taken_for_it() -> None:
    roles = [role("r", rule("*", "*"), kind="Role", namespace="other"), role("r", rule("*", "*"))]
    assert account(roles, [binding("r", API, to="Role")])["wildcards"] == []


def test_an_almighty_role_is_told() -> None:
    assert account([], [binding("cluster-admin", API, kind="ClusterRoleBinding")])["almighty"] == [
        "ClusterRoleBinding/to-cluster-admin"
    ]


def test_who_has_not_logged_in_may_do_nothing() -> None:
    rules = _rights.Rules([], [binding("r", {"kind": "Group", "name": "system:unauthenticated"}), binding("r", API)])
    assert _rights.of_anybody(rules) == ["RoleBinding/to-r"]


@pytest.mark.parametrize(
    ("act", "attributes"),
    [
        ("list secrets", {"verb": "list", "resource": "secrets"}),
        ("create pods/exec", {"verb": "create", "resource": "pods", "subresource": "exec"}),
        ("delete deployments.apps", {"verb": "delete", "resource": "deployments", "group": "apps"}),
        (
            "create rolebindings.rbac.authorization.k8s.io",
            {"verb": "create", "resource": "rolebindings", "group": "rbac.authorization.k8s.io"},
        ),
        ("* *.*", {"verb": "*", "resource": "*", "group": "*"}),
    ],
)
def test_an_act_in_words(act: str, attributes: dict[str, str]) -> None:
    assert _rights.asked(act) == attributes


def test_no_value_of_a_secret_is_kept() -> None:
    values = {"PASSWORD": "correct horse", "EMPTY": "", "LEFT": "changeme"}
    data = {"metadata": {"name": "s", "namespace": "shop"}, "type": "Opaque"}
    seen = _secrets.secret(
        {**data, "data": {key: base64.b64encode(one.encode()).decode() for key, one in values.items()}}
    )
    assert (seen.keys, seen.empty, seen.stand_ins) == (("PASSWORD", "EMPTY", "LEFT"), ("EMPTY",), ("LEFT",))
    assert "correct" not in str(seen)
    facts = _secrets.describe("s", seen, {("s", "EMPTY"), ("s", "GONE"), ("other", "KEY")})
    assert (facts["missing_keys"], facts["empty_needed_keys"], facts["exists"]) == (["GONE"], ["EMPTY"], True)


def test_a_secret_that_there_is_not_lacks_all_its_keys() -> None:
    assert _secrets.describe("s", None, {("s", "KEY")})["missing_keys"] == ["KEY"]


def test_the_secrets_that_a_workload_refers_to() -> None:
    container = {
        "name": "api",
        "envFrom": [{"secretRef": {"name": "all"}}, {"secretRef": {"name": "perhaps", "optional": True}}],
        "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "one", "key": "k"}}}],
    }
    volumes = [
        {"name": "t", "secret": {"secretName": "tls"}},
        {"name": "p", "projected": {"sources": [{"secret": {"name": "part"}}]}},
        {"name": "o", "secret": {"secretName": "other", "optional": True}},
    ]
    pod = Manifest(
        {"kind": "Pod", "metadata": {"name": "p"}, "spec": {"containers": [container], "volumes": volumes}}, ""
    )
    (workload,) = Objects([pod]).workloads
    assert _secrets.referred(workload) == {"all", "one", "tls", "part"}
