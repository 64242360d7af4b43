# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Documentation of options that several probes have: keep it in step with the argument specs. This is a private part of the collection."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
"""

    # login() of plugins/module_utils/_argspec.py
    LOGIN = r"""
options:
  login_host:
    description:
      - The host name or address of the server.
    type: str
    required: true
  login_user:
    description:
      - The user to log in as.
    type: str
  login_password:
    description:
      - The password of O(login_user). It appears in no result.
    type: str
"""

    # what database() of plugins/module_utils/_argspec.py adds to login()
    DATABASE = r"""
options:
  login_port:
    description:
      - The port of the server, or of a pooler in front of it.
    type: int
    default: 5432
  login_db:
    description:
      - The database.
    type: str
    default: postgres
  ssl_mode:
    description:
      - How to use TLS, in the words of libpq.
    type: str
    choices:
      - disable
      - allow
      - prefer
      - require
      - verify-ca
      - verify-full
    default: prefer
  ca_cert:
    description:
      - A PEM file with the authorities to trust. V(verify-ca) and V(verify-full) need it.
    type: path
  ssl_cert:
    description:
      - A PEM file with the certificate to show to the server.
    type: path
  ssl_key:
    description:
      - The file with the key of O(ssl_cert).
    type: path
"""

    # OPTIONS of plugins/module_utils/_kubernetes/_access.py
    KUBERNETES = r"""
options:
  kubeconfig:
    description:
      - The kubeconfig with the way to the API server. Without it, O(kubeconfig_content), O(url) and O(in_cluster), that of the user is read.
    type: path
  kubeconfig_content:
    description:
      - The text of a kubeconfig in place of a file. It appears in no result.
    type: str
  context:
    description:
      - The context of the kubeconfig. Without it, its current one.
    type: str
  in_cluster:
    description:
      - Whether the probe runs in a pod of the cluster, and comes in with the token of that.
    type: bool
    default: false
  url:
    description:
      - The root of the API in place of a kubeconfig.
    type: str
  token:
    description:
      - The token to come in with, together with O(url). It appears in no result.
    type: str
  ca_path:
    description:
      - A PEM file with the authorities to trust, together with O(url). Without it those of the system are trusted.
    type: path
  client_cert:
    description:
      - A PEM file with the certificate to come in with, together with O(url).
    type: path
  client_key:
    description:
      - A PEM file with the key of O(client_cert).
    type: path
  validate_certs:
    description:
      - Whether the certificate of the server has to be valid.
    type: bool
    default: true
"""

    # signing() of plugins/module_utils/_argspec.py
    AWS = r"""
options:
  access_key:
    description:
      - The access key to sign with. Without it those are taken that botocore finds where the probe runs, like the role of a machine.
    type: str
  secret_key:
    description:
      - The secret of O(access_key). It appears in no result.
    type: str
  session_token:
    description:
      - The token of credentials that are temporary. It appears in no result, and is not sent over a network in plain text.
    type: str
"""

    # of_images() of plugins/module_utils/_argspec.py
    IMAGES = r"""
options:
  software:
    description:
      - How images are recognised, by the last part of the repository. The keys are V(postgresql), V(redis), V(nats), V(prometheus),
        V(alertmanager), V(grafana), V(vault) or of your own, the values regular expressions for the whole part. They are added to the
        known ones, or replace them.
    type: dict
    default: {}
  stateful:
    description:
      - The software that has to keep what it writes.
    type: list
    elements: str
    default: [postgresql, redis, nats, prometheus, grafana]
  placeholder_registries:
    description:
      - Registries that stand for one still to be named. A star stands for any text.
    type: list
    elements: str
    default: ["your-registry.*", "registry.your*", "my-registry.*", "*.changeme.*"]
  open_registries:
    description:
      - Registries that give their images to everybody, or to the nodes of a cluster by their identity. Docker Hub is one of them.
    type: list
    elements: str
    default:
      - docker.io
      - index.docker.io
      - quay.io
      - registry.k8s.io
      - k8s.gcr.io
      - public.ecr.aws
      - mcr.microsoft.com
      - "*.dkr.ecr.*.amazonaws.com"
      - "*.pkg.dev"
      - "*gcr.io"
      - "*.azurecr.io"
"""
