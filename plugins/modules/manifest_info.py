#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: manifest_info
short_description: Look at the Kubernetes manifests of a checkout
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Reads the manifests of a folder, follows its kustomization, has kustomize render it, and returns what the objects say, and whether
    they fit together, with the file and line of each.
  - A folder with a kustomization is seen as it is rendered. Where it cannot be, it is seen as it is written, and a subject of its own
    says why it was not rendered. A folder without a kustomization is seen as it is written.
  - kustomize is run without plugins, Helm and network, and may load no file from outside the folder of a kustomization. What refers to
    the network, out of the checkout, or to files that are not there, is not given to it.
  - Nothing outside the checkout is read, wherever a link leads. No value of a secret is returned.
requirements:
  - PyYAML
  - kustomize or kubectl, to render
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.images
options:
  path:
    description:
      - The checkout.
    type: path
    required: true
  folders:
    description:
      - The folders of the checkout that are applied, such as V(deployments/k8s/overlays/production).
    type: list
    elements: str
    default: [deployments/k8s/base]
  expected:
    description:
      - Whether the folders must be there. Otherwise one that is missing is taken for not declared.
    type: bool
    default: true
  program:
    description:
      - The kustomize or kubectl to render with. When it is not given, the one on the PATH, kustomize first.
    type: path
  max_bytes:
    description:
      - A larger file is not read.
    type: int
    default: 2097152
  timeout:
    description:
      - The budget of the look, in seconds.
    type: float
    default: 20.0
"""

EXAMPLES = r"""
- name: Look at the manifests of the release
  cryptofunk.readiness.manifest_info:
    path: /srv/cryptofunk
    folders: [deployments/k8s/overlays/production]
  register: manifests

- name: Judge them
  cryptofunk.readiness.assess:
    topic: infrastructure.kubernetes
    looks:
      - {of: manifests, observed: manifests}
"""

RETURN = r"""
observation:
  description:
    - A subject for each of O(folders), and one for each file that could not be read.
  returned: always
  type: list
  elements: dict
  contains:
    subject:
      description: >-
        The folder, and whether its manifests are seen as they are rendered or as they are written; or a file that could
        not be read.
      returned: always
      type: str
      sample: "deployments/k8s/base as rendered"
    error:
      description: Why nothing could be seen, with C(reason) and C(message); null when something was seen.
      returned: always
      type: dict
      sample: null
    unseen:
      description: For each key that could not be seen, the C(reason) and a C(message).
      returned: always
      type: dict
      sample: {}
    form:
      description: V(rendered), or V(written) where nothing was rendered.
      returned: when the folder was seen
      type: str
      sample: "rendered"
    at:
      description: The kustomization.
      returned: when the folder was seen
      type: list
      elements: str
      sample: ["deployments/k8s/base/kustomization.yaml:1"]
    kustomization:
      description: The kustomization.
      returned: when the folder was seen
      type: dict
      contains:
        missing:
          description: Files that it refers to and that are not there.
          returned: always
          type: list
          elements: str
          sample: ["redis.yaml (deployments/k8s/base/kustomization.yaml:9)"]
        missing_at:
          description: Where it does.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/kustomization.yaml:9"]
        twice:
          description: Files that it lists twice.
          returned: always
          type: list
          elements: str
          sample: []
        twice_at:
          description: Where it does.
          returned: always
          type: list
          elements: str
          sample: []
        fault:
          description: Why kustomize refuses to render it; empty where it does not.
          returned: always
          type: str
          sample: ""
    containers:
      description: The containers of all workloads.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: The workload, and the container behind a slash where it has a name of its own.
          returned: always
          type: str
          sample: "Deployment/api"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        init:
          description: Whether it runs before the others.
          returned: always
          type: bool
          sample: false
        runs_on:
          description: Whether it runs on until it is stopped, and has to tell how it is.
          returned: always
          type: bool
          sample: true
        software:
          description: The known software in the image; empty for any other.
          returned: always
          type: str
          sample: "postgresql"
        image:
          description: The image.
          returned: always
          type: str
          sample: "registry.example.com/cryptofunk/api:v1.0.0"
        image_at:
          description: Where the image stands. The line of the kustomization that rewrites it comes first.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/kustomization.yaml:64"]
        tag:
          description: The tag; empty when there is none.
          returned: always
          type: str
          sample: "v1.0.0"
        latest:
          description: Whether it is whatever was pushed last, by its tag or by none.
          returned: always
          type: bool
          sample: false
        floating:
          description: Whether its tag moves on with the next release, as V(7-alpine), V(stable) and V(latest) do.
          returned: always
          type: bool
          sample: false
        by_digest:
          description: Whether it is named by its digest.
          returned: always
          type: bool
          sample: false
        placeholder_registry:
          description: Whether its registry is one of O(placeholder_registries).
          returned: always
          type: bool
          sample: false
        needs_pull_secret:
          description: Whether its registry is none of O(open_registries) and not Docker Hub.
          returned: always
          type: bool
          sample: true
        has_pull_secret:
          description: Whether its pod or the service account of its pod has a pull secret.
          returned: always
          type: bool
          sample: true
        missing_resources:
          description: Which of requests and limits for cpu and memory are not set. A limit without a request is the request, too.
          returned: always
          type: list
          elements: str
          sample: ["limits.cpu"]
        resources_at:
          description: Where they stand, or should.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:104"]
        liveness:
          description: Whether it has a liveness probe.
          returned: always
          type: bool
          sample: true
        readiness:
          description: Whether it has a readiness probe.
          returned: always
          type: bool
          sample: true
        liveness_at:
          description: Where the liveness probe stands, or should.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:111"]
        readiness_at:
          description: Where the readiness probe stands, or should.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:118"]
        depends:
          description: Whether its variables name a Service.
          returned: always
          type: bool
          sample: true
        same_probes:
          description: Whether both probes ask the same.
          returned: always
          type: bool
          sample: false
        wrong_liveness_port:
          description: Whether the liveness probe asks a port that the container does not declare, where it declares any.
          returned: always
          type: bool
          sample: false
        wrong_readiness_port:
          description: Whether the readiness probe does.
          returned: always
          type: bool
          sample: false
        privileged:
          description: Whether it is privileged.
          returned: always
          type: bool
          sample: false
        non_root:
          description: Whether it must not run as root.
          returned: always
          type: bool
          sample: true
        no_escalation:
          description: Whether it cannot gain rights.
          returned: always
          type: bool
          sample: true
        read_only:
          description: Whether its root file system is read-only.
          returned: always
          type: bool
          sample: true
        drops_all:
          description: Whether it drops all capabilities.
          returned: always
          type: bool
          sample: true
        added_capabilities:
          description: The capabilities that it is given.
          returned: always
          type: list
          elements: str
          sample: []
        host_ports:
          description: Its ports that are open on the node.
          returned: always
          type: list
          elements: str
          sample: []
        late_variables:
          description: >-
            Variables with a C($(NAME\)) that is not declared before them, so that the program gets these very
            characters.
          returned: always
          type: list
          elements: str
          sample: ["DATABASE_URL refers to POSTGRES_USER"]
        late_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:29"]
    raw_images:
      description: The images as the files have them, whatever is made of them.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Deployment/api"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        image:
          description: The image.
          returned: always
          type: str
          sample: "cryptofunk/api:v1.0.0"
        latest:
          description: As in RV(observation[].containers[].latest).
          returned: always
          type: bool
          sample: false
        floating:
          description: As in RV(observation[].containers[].floating).
          returned: always
          type: bool
          sample: false
    workloads:
      description: What makes pods.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "StatefulSet/nats"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        kind:
          description: Its kind.
          returned: always
          type: str
          sample: "StatefulSet"
        replicas:
          description: How many pods it makes.
          returned: always
          type: int
          sample: 3
        replicas_at:
          description: Where that stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-nats.yaml:10"]
        software:
          description: The known software in its images.
          returned: always
          type: list
          elements: str
          sample: ["nats"]
        stateful:
          description: Whether any of it is among O(stateful).
          returned: always
          type: bool
          sample: true
        persistent:
          description: Whether each of its containers with such software writes to storage that outlives the pod.
          returned: always
          type: bool
          sample: true
        missing_claims:
          description: Claims that it mounts and that no manifest makes.
          returned: always
          type: list
          elements: str
          sample: []
        shared_claims:
          description: Claims for one writer that several of its pods write to.
          returned: always
          type: list
          elements: str
          sample: []
        foreign_labels:
          description: Whether its selector does not select its own pods.
          returned: always
          type: bool
          sample: false
        autoscaled:
          description: Whether an autoscaler is for it.
          returned: always
          type: bool
          sample: false
        forgets_revisions:
          description: Whether it keeps no revision to go back to.
          returned: always
          type: bool
          sample: false
        removed_after:
          description: The seconds after which a finished job is removed; null when it stays.
          returned: always
          type: int
          sample: 600
        service_account:
          description: The account of its pods.
          returned: always
          type: str
          sample: "default"
        carries_token:
          description: Whether its pods carry the account's token.
          returned: always
          type: bool
          sample: false
        needless_token:
          description: Whether its pods carry the token of an account that nobody chose for them.
          returned: always
          type: bool
          sample: false
        pod_at:
          description: Where the pod is described.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-nats.yaml:20"]
        shares_with_node:
          description: Namespaces and folders of the node that the pods share.
          returned: always
          type: list
          elements: str
          sample: ["hostNetwork"]
    streams:
      description: The NATS servers.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "StatefulSet/nats"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        jetstream:
          description: Whether JetStream is on.
          returned: always
          type: bool
          sample: true
        store:
          description: Where it keeps streams.
          returned: always
          type: str
          sample: "/data"
        store_kept:
          description: Whether that outlives the pod.
          returned: always
          type: bool
          sample: true
        clustered:
          description: Whether it knows other servers.
          returned: always
          type: bool
          sample: true
        replicas:
          description: How many there are.
          returned: always
          type: int
          sample: 3
        replicas_at:
          description: Where that stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-nats.yaml:10"]
    services:
      description: The Services.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Service/api-service"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        type:
          description: The type.
          returned: always
          type: str
          sample: "ClusterIP"
        type_at:
          description: Where it stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/services.yaml:90"]
        from_outside:
          description: >-
            Whether it is reached from outside of the cluster: a node port, a load balancer that is not internal, an
            external address.
          returned: always
          type: bool
          sample: false
        selects_nothing:
          description: Whether it has a selector that selects no pod.
          returned: always
          type: bool
          sample: false
        software:
          description: The known software in the pods that it selects.
          returned: always
          type: list
          elements: str
          sample: []
        dead_ports:
          description: Ports that lead to none which the pods declare.
          returned: always
          type: list
          elements: str
          sample: ["80 leads to 8081"]
        ports_at:
          description: Where the ports stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/services.yaml:93"]
    connections:
      description: The Services and ports that the variables of containers name.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Deployment/api to nats-service:4222"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        workload:
          description: Who connects.
          returned: always
          type: str
          sample: "Deployment/api"
        job:
          description: Whether that runs to an end.
          returned: always
          type: bool
          sample: false
        offered:
          description: Whether the Service has the port.
          returned: always
          type: bool
          sample: true
        allowed_out:
          description: Whether the network policies let it out of the pods of the workload.
          returned: always
          type: bool
          sample: true
        allowed_in:
          description: Whether they let it into the pods of the Service.
          returned: always
          type: bool
          sample: true
        resolves:
          description: Whether they let the pods of the workload ask the cluster's name service.
          returned: always
          type: bool
          sample: true
    policies:
      description: The network policies.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "NetworkPolicy/api-allow"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        selects_nothing:
          description: Whether it selects no pod.
          returned: always
          type: bool
          sample: false
        selector_at:
          description: Where its selector stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/network-policy.yaml:300"]
        dead_peers:
          description: Peers in its own namespace that no pod is.
          returned: always
          type: list
          elements: str
          sample: ["ingress from app.kubernetes.io/component=agent"]
        dead_peers_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/network-policy.yaml:310"]
        dead_ports:
          description: Rules that open none of the ports on which the pods listen.
          returned: always
          type: list
          elements: str
          sample: ["8080, where the pods listen on 8081"]
        dead_ports_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/network-policy.yaml:312"]
        only_inside:
          description: "Whether it opens 443 to namespaces and to no address: pods alone are in namespaces."
          returned: always
          type: bool
          sample: false
        only_inside_at:
          description: Where it does.
          returned: always
          type: list
          elements: str
          sample: []
    ingresses:
      description: The Ingresses.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Ingress/cryptofunk-ingress"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        hosts_without_tls:
          description: Hosts for which it has no certificate.
          returned: always
          type: list
          elements: str
          sample: []
        rules_at:
          description: Where the certificates stand, or the hosts where there are none.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/ingress.yaml:17"]
        plain_http:
          description: Whether it is told not to redirect plain HTTP.
          returned: always
          type: bool
          sample: false
        origins:
          description: The foreign origins that it allows.
          returned: always
          type: list
          elements: str
          sample: []
        any_origin:
          description: Whether one of them has a star.
          returned: always
          type: bool
          sample: false
        origins_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/ingress.yaml:11"]
        all_paths_are_root:
          description: Whether it rewrites every path to the root.
          returned: always
          type: bool
          sample: false
        rewrite_at:
          description: Where it does.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/ingress.yaml:11"]
        dead_backends:
          description: Backends that are no port of a Service.
          returned: always
          type: list
          elements: str
          sample: []
        dead_backends_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: []
    database_urls:
      description: The database URLs among the variables.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Deployment/api DATABASE_URL"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        sslmode:
          description: The TLS mode; V((not stated\)) where nothing says it.
          returned: always
          type: str
          sample: "verify-full"
    secrets:
      description: The keys of Secrets. Their values are not returned.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "cryptofunk-secrets/JWT_SECRET"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        empty:
          description: Whether it has no value.
          returned: always
          type: bool
          sample: false
        needed:
          description: Whether a variable demands it.
          returned: always
          type: bool
          sample: true
        stand_in:
          description: Whether its value is a placeholder or a known default.
          returned: always
          type: bool
          sample: false
        literal:
          description: Whether there is a value at all that is no certificate.
          returned: always
          type: bool
          sample: true
        malformed:
          description: Whether its value is no base64.
          returned: always
          type: bool
          sample: false
    plain_values:
      description: >-
        Variables and entries of ConfigMaps that are secrets by their name or in a URL, and whose value stands there. It
        is not returned.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Deployment/api JWT_SECRET"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        stand_in:
          description: As in RV(observation[].secrets[].stand_in).
          returned: always
          type: bool
          sample: false
    missing_references:
      description: >-
        Variables that refer to a ConfigMap that no manifest makes, or to a key that a ConfigMap or Secret does not
        have.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Deployment/api wants the key X of the ConfigMap cryptofunk-config"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        kind:
          description: V(ConfigMap) or V(Secret).
          returned: always
          type: str
          sample: "ConfigMap"
    roles:
      description: The Roles and ClusterRoles.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "ClusterRole/reader"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        wildcard:
          description: Whether a star stands among its verbs or resources.
          returned: always
          type: bool
          sample: false
        wildcard_at:
          description: Where it does.
          returned: always
          type: list
          elements: str
          sample: []
        rises:
          description: The rights by which its holder gets the rights of others.
          returned: always
          type: list
          elements: str
          sample: ["create tokens of any service account"]
        rises_at:
          description: Where they stand.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/vault-integration.yaml:20"]
    bindings:
      description: The RoleBindings and ClusterRoleBindings.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "RoleBinding/reader"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        role:
          description: The role that is given.
          returned: always
          type: str
          sample: "reader"
        almighty:
          description: Whether that is one of the all-powerful roles that every cluster has.
          returned: always
          type: bool
          sample: false
        to_everybody:
          description: The subjects that are nobody in particular.
          returned: always
          type: list
          elements: str
          sample: ["default"]
    autoscalers:
      description: The HorizontalPodAutoscalers.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "HorizontalPodAutoscaler/api"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        target:
          description: What it scales.
          returned: always
          type: str
          sample: "Deployment/api"
        target_missing:
          description: Whether no manifest makes that.
          returned: always
          type: bool
          sample: false
        least:
          description: The least number of pods.
          returned: always
          type: int
          sample: 2
        most:
          description: The greatest number of pods.
          returned: always
          type: int
          sample: 6
        cannot_grow:
          description: Whether the greatest number is not above the least.
          returned: always
          type: bool
          sample: false
        measures:
          description: Whether it has a metric to go by.
          returned: always
          type: bool
          sample: true
        limits_at:
          description: Where the least number stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/autoscaling.yaml:15"]
    budgets:
      description: The PodDisruptionBudgets.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "PodDisruptionBudget/api"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        selects_nothing:
          description: Whether it selects no pod.
          returned: always
          type: bool
          sample: false
        evicts_nothing:
          description: Whether it keeps all pods, so that no node can be emptied.
          returned: always
          type: bool
          sample: false
        limit_at:
          description: Where its limit stands.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/autoscaling.yaml:35"]
    claims:
      description: The claims of storage.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "PersistentVolumeClaim/postgres-pvc"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        storage:
          description: How much.
          returned: always
          type: str
          sample: "50Gi"
    backup_schedules:
      description: The schedules of Velero.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "Schedule/cryptofunk"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
        paused:
          description: Whether it is paused.
          returned: always
          type: bool
          sample: false
        without_volumes:
          description: Whether it leaves out the volumes.
          returned: always
          type: bool
          sample: false
    duplicates:
      description: Objects that are made twice.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "ConfigMap/cryptofunk-config"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
    without_namespace:
      description: Objects that go to whatever namespace is the current one.
      returned: when the folder was seen
      type: list
      elements: dict
      contains:
        name:
          description: What it is.
          returned: always
          type: str
          sample: "ConfigMap/cryptofunk-config"
        at:
          description: Where it stands, as file:line.
          returned: always
          type: list
          elements: str
          sample: ["deployments/k8s/base/deployment-api.yaml:25"]
    autoscaled:
      description: The names of the workloads that have an autoscaler.
      returned: when the folder was seen
      type: list
      elements: str
      sample: ["api"]
    denies_ingress:
      description: Whether each pod is selected by a policy for what comes in, so that what no rule allows is denied.
      returned: when the folder was seen
      type: bool
      sample: true
    denies_egress:
      description: Whether each pod is selected by a policy for what goes out.
      returned: when the folder was seen
      type: bool
      sample: true
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: manifest_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 400
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**manifest.SPEC, supports_check_mode=True)
    run_module(module, "manifest_info", manifest.observe)


if __name__ == "__main__":
    main()
