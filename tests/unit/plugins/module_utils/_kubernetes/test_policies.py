# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _rules
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects

API = {"app": "api"}


def deployment(labels: dict[str, str]) -> Manifest:
    spec = {"template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "c"}]}}}
    metadata = {"name": labels["app"], "namespace": "shop"}
    return Manifest({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec}, "")


def policy(selector: dict[str, t.Any] | None, **spec: t.Any) -> Manifest:
    chosen = {} if selector is None else {"matchLabels": selector}
    data = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "p", "namespace": "shop"},
        "spec": {"podSelector": chosen, "policyTypes": ["Ingress"], **spec},
    }
    return Manifest(data, "")


@pytest.mark.parametrize(
    ("selector", "passing", "selects_nothing"),
    [
        pytest.param(API, [], False, id="pods that there are"),
        pytest.param({"app": "old"}, [], True, id="pods that there are not"),
        pytest.param({"app": "migrate"}, [{"app": "migrate"}], False, id="pods that come and go"),
        pytest.param({"app": "old"}, [{"app": "migrate"}], True, id="others than those that come and go"),
    ],
)
def test_whom_a_policy_is_for(selector: dict[str, str], passing: list[dict[str, str]], selects_nothing: bool) -> None:
    one = policy(selector)
    objects = _rules.with_pods(Objects([deployment(API), one]), ["shop"], passing)
    assert _rules.policy(one, objects)["selects_nothing"] is selects_nothing


@pytest.mark.parametrize(("passing", "dead"), [([], 1), ([{"app": "migrate"}], 0), ([{"app": "other"}], 1)])
def test_whom_a_policy_lets_in(passing: list[dict[str, str]], dead: int) -> None:
    one = policy(API, ingress=[{"from": [{"podSelector": {"matchLabels": {"app": "migrate"}}}]}])
    objects = _rules.with_pods(Objects([deployment(API), one]), ["shop"], passing)
    assert len(_rules.policy(one, objects)["dead_peers"]) == dead


@pytest.mark.parametrize(
    ("one", "denies", "open_"),
    [
        pytest.param(policy(None), True, [], id="nothing comes in anywhere"),
        pytest.param(policy(API), False, [], id="nothing comes in to those that there are today"),
        pytest.param(policy({"app": "old"}), False, ["Deployment/api"], id="a policy for nothing"),
        pytest.param(policy(None, ingress=[{}]), False, [], id="a policy that lets everything in"),
    ],
)
def test_isolation(one: Manifest, denies: bool, open_: list[str]) -> None:
    found = _rules.isolation("shop", Objects([deployment(API), one]))
    assert (found["denies_ingress"], found["open_ingress"]) == (denies, open_)
