# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Objects of Kubernetes from text, as the tests write them."""

from __future__ import annotations

import textwrap
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests import _facts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._containers import SOFTWARE, Names
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml

NAMES = Names(SOFTWARE, ["your-registry.*"], ["quay.io"])
Facts = t.Dict[str, t.Any]
Describe = t.Callable[..., Facts]


def objects_of(text: str) -> Objects:
    trees = _yaml.load(textwrap.dedent(text).encode(), "m.yaml")
    return Objects([one for tree in trees for one in objects(tree, "m.yaml")])


def describe_text(*texts: str) -> Facts:
    text = "\n---\n".join(textwrap.dedent(one) for one in texts)
    return _facts.describe(objects_of(text), NAMES, ["postgresql", "redis", "nats"])


@pytest.fixture
def describe() -> Describe:
    """Return what describes manifests that are given as texts."""
    return describe_text


def deployment_text(name: str, container: str = "", pod: str = "", spec: str = "", image: str = "a/b:1.0") -> str:
    def inner(text: str, depth: int) -> str:
        return textwrap.indent(textwrap.dedent(text).strip("\n"), " " * depth) + "\n" if text else ""

    return (
        "apiVersion: apps/v1\nkind: Deployment\n"
        f"metadata: {{name: {name}, namespace: n}}\nspec:\n  selector: {{matchLabels: {{app: {name}}}}}\n{inner(spec, 2)}"
        f"  template:\n    metadata: {{labels: {{app: {name}}}}}\n    spec:\n{inner(pod, 6)}"
        f"      containers:\n        - name: {name}\n          image: {image}\n{inner(container, 10)}"
    )


@pytest.fixture
def deployment() -> t.Callable[..., str]:
    """Return what writes a Deployment with one container."""
    return deployment_text
