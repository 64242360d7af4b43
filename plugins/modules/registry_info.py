#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: registry_info
short_description: Look at what a registry of images holds, and at whom it lets in
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Asks a registry by the distribution API for the manifest of each image, as nobody first and then in the way that it wants, by
    password or by token. No image is pulled.
  - Told what M(cryptofunk.readiness.container_info) saw, it compares the digests with those of the images that run.
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
options:
  url:
    description:
      - The root of the registry.
    type: str
    required: true
  name:
    description:
      - What names of images call it, when that is another name than the one in O(url).
    type: str
  url_username:
    description:
      - The user to log in as. It needs the right to pull.
    type: str
  url_password:
    description:
      - The password of O(url_username). It appears in no result.
    type: str
  validate_certs:
    description:
      - Whether the certificate of the registry has to be valid.
    type: bool
    default: true
  ca_path:
    description:
      - A PEM file with the authorities to trust.
    type: path
  view:
    description:
      - What a subject is, the registry itself for V(access).
    type: str
    choices: [access, images]
    default: images
  images:
    description:
      - The names of images, as compose files and manifests have them.
    type: list
    elements: str
    default: []
  declared:
    description:
      - Observations of M(cryptofunk.readiness.compose_info) with its view of images, M(cryptofunk.readiness.manifest_info),
        M(cryptofunk.readiness.kubernetes_release_info) and M(cryptofunk.readiness.container_info), whose images are looked at, too.
      - Of a subject that was not seen, the images are not, either.
      - An image that a service only builds, without a name, is in no registry.
    type: list
    elements: dict
    default: []
  own_images:
    description:
      - A regular expression for the names of those images of O(declared) that are looked at. Without it all are.
    type: str
    default: ""
  version:
    description:
      - A tag or digest in place of that of the images of O(declared), such as the release before.
    type: str
  containers:
    description:
      - The observation of M(cryptofunk.readiness.container_info), with whose images those of the registry are compared.
    type: list
    elements: dict
    default: []
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 20.0
"""

EXAMPLES = r"""
- name: Look at the images of the release
  cryptofunk.readiness.registry_info:
    url: https://registry.example.com
    url_username: readiness_probe
    url_password: "{{ vault_registry_password }}"
    images:
      - registry.example.com/cryptofunk/api:v1.0.0
  register: images

- name: Judge them
  cryptofunk.readiness.assess:
    topic: infrastructure.registry
    looks:
      - {of: registry_images, observed: images}
"""

RETURN = r"""
observation:
  description:
    - One subject an image, or one for the registry. A key that could not be filled is null and listed in RV(observation[].unseen).
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: The name of the image, or the place of the registry.
      type: str
      sample: registry.example.com/cryptofunk/api:v1.0.0
    error:
      description: Why nothing was seen, as C(reason) and C(message); null when something was.
      type: dict
      sample: null
    unseen:
      description: The keys that could not be filled, each with C(reason) and C(message).
      type: dict
      sample: {}
    exists:
      description: Whether the registry has it.
      type: bool
      sample: true
    digest:
      description: The digest that the tag leads to; empty without one.
      type: str
      sample: sha256:722b
    media_type:
      description: What the tag leads to, a manifest or an index.
      type: str
      sample: application/vnd.oci.image.index.v1+json
    platforms:
      description: The platforms of an index.
      type: list
      elements: str
      sample: [linux/amd64, linux/arm64]
    local_digests:
      description: The digests that the engine knows for the image that runs.
      type: list
      elements: str
      sample: ["sha256:722b"]
    same_as_local:
      description: Whether the digest of the registry is one of them. It is not after the tag was given to another image.
      type: bool
      sample: true
    anonymous:
      description: V(accepted) when somebody without a login gets the first of O(images), or is let in when there are none; else V(refused).
      type: str
      sample: refused
    login:
      description: Whether the declared user is let in, V(accepted) or V(refused).
      type: str
      sample: accepted
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: registry_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 45
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import registry
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**registry.SPEC, supports_check_mode=True)
    run_module(module, "registry_info", registry.observe)


if __name__ == "__main__":
    main()
