#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: kubernetes_release_info
short_description: Compare a Kubernetes cluster with the manifests of a checkout, and try the way back
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Renders the manifests of a checkout as C(kubectl apply -k) does, and compares each object with the one in the cluster. The server is
    asked in a dry run what its object would become, so that defaults and what admission plugins add make no difference. Nothing is
    changed, no value of a Secret is kept, and of a difference the places are told and never what stands there.
  - About two requests are sent for each object, one for each Secret, and two for each Deployment of the release's own.
  - A dry run needs the right to patch, which C(docs/grants/kubernetes.yaml) of the collection gives together with a policy that refuses
    everything else than a dry run. Where that right is missing, what needed it is unseen, and the right is named.
requirements:
  - kubernetes (the Python library) 25 or newer where the probe runs
  - kustomize or kubectl where the probe runs, for manifests with a kustomization
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.kubernetes
options:
  path:
    description:
      - The checkout of the release.
    type: path
    required: true
  folders:
    description:
      - The folders with manifests below O(path).
    type: list
    elements: str
    default: [deployments/k8s/base]
  program:
    description:
      - The program that renders, kustomize or kubectl. Without it the one on the PATH is taken.
    type: path
  max_bytes:
    description:
      - The largest file that is read.
    type: int
    default: 2097152
  namespace:
    description:
      - The namespace of objects that name none.
    type: str
    default: cryptofunk
  own_images:
    description:
      - A regular expression for the names of the images that the release builds itself. What runs one of these is the application, what
        runs others its infrastructure.
    type: str
    default: (^|/)cryptofunk/
  aspects:
    description:
      - What to look at. V(objects) gives subjects of the kinds V(config), V(infrastructure), V(application), V(job) and V(object);
        V(secrets) gives V(secret); V(rollbacks) gives V(rollback).
    type: list
    elements: str
    choices: [objects, secrets, rollbacks]
    default: [objects, secrets, rollbacks]
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Compare the cluster with the release
  cryptofunk.readiness.kubernetes_release_info:
    kubeconfig: /etc/readiness/kubeconfig
    path: /srv/cryptofunk
    aspects: [objects]
  register: release

- name: Judge the settings
  cryptofunk.readiness.assess:
    topic: deployment.kubernetes_deployment
    looks:
      - {of: release_config, observed: release, kind: config}
"""

RETURN = r"""
observation:
  description:
    - One subject for each thing that was looked at. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The thing looked at, with its namespace.
      type: str
      sample: cryptofunk Deployment/api
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    kind:
      description:
        - What the subject is.
        - V(config) is a ConfigMap, V(infrastructure) a claim or what runs images of others, V(application) what runs the release's own,
          V(job) a job, V(secret) a Secret, V(object) another object, V(rollback) the way back of a Deployment.
      type: str
      sample: application
    namespace:
      description: The namespace; empty for an object that is in none.
      type: str
      sample: cryptofunk
    name:
      description: The kind and the name of the object.
      type: str
      sample: Deployment/api
    at:
      description: "Of an object: where it stands in the checkout."
      type: list
      elements: str
      sample: ["deployments/k8s/base/deployment-api.yaml:5"]
    exists:
      description: Whether the cluster has it.
      type: bool
      sample: true
    differs:
      description: "Of an object other than a job: the places at which it is not as the release has it."
      type: list
      elements: str
      sample: ["spec.template.spec.containers[api].env[TRADING_MODE].value"]
    says:
      description: "Of V(application) and V(infrastructure): what it lacks to be ready, in words."
      type: str
      sample: complete
    other_images:
      description: "Of V(application): the images that its pods run and that the release does not have."
      type: list
      elements: str
      sample: []
    state:
      description:
        - Of a job, how it stands.
        - One of V(complete), V(complete, with other images), V(running), V(failed), V(removed) where it is not there and removes itself
          after its end, V(missing) where it should be.
      type: str
      sample: complete
    secret_type:
      description: "Of a Secret: its type."
      type: str
      sample: Opaque
    type_fits:
      description: "Of a Secret: whether it is of a type that images can be pulled with, where pods want that of it."
      type: bool
      sample: true
    keys_held:
      description: "Of a Secret: its keys."
      type: list
      elements: str
      sample: [POSTGRES_PASSWORD]
    empty_keys:
      description: "Of a Secret: the keys whose value is empty."
      type: list
      elements: str
      sample: []
    stand_ins:
      description: "Of a Secret: the keys whose value is a placeholder or a known default."
      type: list
      elements: str
      sample: []
    missing_keys:
      description: "Of a Secret: the keys that the manifests declare or need, and that it has not."
      type: list
      elements: str
      sample: []
    empty_needed_keys:
      description: "Of a Secret: the keys that the manifests declare or need, and whose value is empty."
      type: list
      elements: str
      sample: []
    revisions:
      description: "Of a way back: how many revisions the cluster has of the Deployment."
      type: int
      sample: 3
    earlier_releases:
      description: "Of a way back: how many of these, counted by their images, are of other releases."
      type: int
      sample: 1
    back_to:
      description: "Of a way back: the newest of them; 0 without one."
      type: int
      sample: 2
    containers:
      description: "Of a way back: the containers of that revision."
      type: list
      elements: dict
      contains:
        image:
          description: The name of the image.
          type: str
          sample: registry.example.com/cryptofunk/api:v0.9.0
    undo_accepted:
      description: "Of a way back: whether the cluster accepts it in a dry run."
      type: bool
      sample: true
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: kubernetes_release_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 450
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import kubernetes_release
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**kubernetes_release.SPEC, supports_check_mode=True)
    run_module(module, "kubernetes_release_info", kubernetes_release.observe)


if __name__ == "__main__":
    main()
