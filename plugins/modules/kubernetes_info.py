#!/usr/bin/python

# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: kubernetes_info
short_description: Look at a Kubernetes cluster, its nodes, and what runs in some of its namespaces
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - Lists the objects of the namespaces by the API, several kinds at a time and page by page, and returns summaries of them. Nothing is
    changed, and no value of a Secret is kept. About 25 requests are sent for a namespace, and one more for each page of 500 objects,
    for each Secret that a workload refers to, and for each of O(forbidden) and each service account.
  - There are subjects of several kinds. RV(observation[].kind) tells which, and O(aspects) which of them are looked for.
  - What a workload says of itself is told by the same rules as for its manifest by M(cryptofunk.readiness.manifest_info).
  - C(docs/grants/kubernetes.yaml) of the collection has a service account with the least rights that are needed. A right that is missing
    is named where something could not be seen for it.
requirements:
  - kubernetes (the Python library) 25 or newer where the probe runs
extends_documentation_fragment:
  - cryptofunk.readiness._attributes
  - cryptofunk.readiness._options.kubernetes
  - cryptofunk.readiness._options.images
options:
  namespaces:
    description:
      - The namespaces to look at.
    type: list
    elements: str
    default: [cryptofunk]
  aspects:
    description:
      - What to look for. V(nodes) gives subjects of the kinds V(cluster) and V(node); V(workloads) gives V(workload); V(network) gives
        V(policy); V(scaling) gives V(autoscaler); V(volumes) gives V(claim) and V(backup_schedule); V(access) gives V(account); V(jobs)
        gives V(job) and V(cron_job); V(secrets) gives V(secret); V(certificates) gives V(certificate) and V(external_secret). There is
        always a subject V(namespace) for each of O(namespaces).
    type: list
    elements: str
    choices: [nodes, workloads, network, scaling, volumes, access, jobs, secrets, certificates]
    default: [nodes, workloads, network, scaling, volumes, access, jobs, secrets, certificates]
  window:
    description:
      - How many seconds lie between two looks at the pods, whose difference in restarts is RV(observation[].pods.restarts_in_window).
        With V(0) there is one look.
    type: float
    default: 0.0
  recent_hours:
    description:
      - How many hours ago a container may have ended for RV(observation[].pods.recent_restarts).
    type: float
    default: 1.0
  passing_pods:
    description:
      - The labels of pods that come and go, such as those of a job that removes itself after its end. A policy that is for them, or lets
        them in, is no policy for nothing while they are away.
    type: list
    elements: dict
    default: []
  forbidden:
    description:
      - What no service account of a workload may do, as verb and resource with its group and part, like C(create pods/exec). The server
        is asked whether it would let it.
    type: list
    elements: str
    default:
      - list secrets
      - create pods
      - create pods/exec
      - delete deployments.apps
      - create rolebindings.rbac.authorization.k8s.io
      - create clusterrolebindings.rbac.authorization.k8s.io
      - escalate clusterroles.rbac.authorization.k8s.io
      - impersonate users
      - "* *.*"
  autoscaler_namespaces:
    description:
      - The namespaces in which the program that adds nodes may run.
    type: list
    elements: str
    default: [kube-system]
  velero_namespace:
    description:
      - The namespace of Velero.
    type: str
    default: velero
  timeout:
    description:
      - The budget of the whole look, in seconds.
    type: float
    default: 30.0
"""

EXAMPLES = r"""
- name: Look at the cluster
  cryptofunk.readiness.kubernetes_info:
    kubeconfig: /etc/readiness/kubeconfig
    namespaces: [cryptofunk]
    aspects: [nodes, workloads]
  register: cluster

- name: Judge its nodes
  cryptofunk.readiness.assess:
    topic: infrastructure.kubernetes
    looks:
      - {of: kubernetes_nodes, observed: cluster, kind: node}
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
        - "What the subject is: V(cluster), V(node), V(namespace), V(workload), V(policy), V(autoscaler), V(claim), V(backup_schedule), V(account),
          V(job), V(cron_job), V(secret), V(certificate) or V(external_secret). The other keys are those of some kinds only."
      type: str
      sample: workload
    name:
      description: The name of the object, mostly with its kind in Kubernetes.
      type: str
      sample: Deployment/api
    namespace:
      description: The namespace of the object.
      type: str
      sample: cryptofunk
    server:
      description: "Of the cluster: its version."
      type: dict
      contains:
        version:
          description: The whole version.
          type: str
          sample: v1.36.3
        major:
          description: The first number of it.
          type: int
          sample: 1
        minor:
          description: The second number of it.
          type: int
          sample: 36
    nodes:
      description: "Of the cluster: how many nodes there are."
      type: dict
      contains:
        count:
          description: All of them.
          type: int
          sample: 3
        ready:
          description: Those that are ready.
          type: int
          sample: 3
        usable:
          description: Those that are ready and take new pods.
          type: int
          sample: 3
    metrics_api:
      description: "Of the cluster: what measures nodes and pods."
      type: dict
      contains:
        known:
          description: Whether the API for measurements is there.
          type: bool
          sample: true
        nodes:
          description: How many nodes are measured.
          type: int
          sample: 3
    node_autoscaler:
      description: "Of the cluster: what adds nodes."
      type: dict
      contains:
        found:
          description: Whether a program for it runs, or nodes are of a pool that grows by itself.
          type: bool
          sample: true
        programs:
          description: The programs for it that are deployed.
          type: list
          elements: str
          sample: [cluster-autoscaler]
        running:
          description: Those of them that run.
          type: list
          elements: str
          sample: [cluster-autoscaler]
        status:
          description: What it says of itself in its ConfigMap; empty without one.
          type: str
          sample: Healthy
        pools:
          description: The providers of pools that the labels of nodes tell.
          type: list
          elements: str
          sample: [GKE]
    ready:
      description: "Of a node, a certificate or a secret of a store: whether it is ready."
      type: bool
      sample: true
    ready_condition:
      description: "Of a node: the status of its condition Ready."
      type: str
      sample: "True"
    ready_reason:
      description: "Of a certificate or a secret of a store: the reason that it gives for its condition Ready."
      type: str
      sample: Ready
    cordoned:
      description: "Of a node: whether it takes no new pods."
      type: bool
      sample: false
    pressures:
      description: "Of a node: the conditions of pressure that hold."
      type: list
      elements: str
      sample: []
    unknown_conditions:
      description: "Of a node: the conditions of which the cluster does not know whether they hold."
      type: list
      elements: str
      sample: []
    taints:
      description: "Of a node: the taints that keep pods away."
      type: list
      elements: str
      sample: []
    kubelet_version:
      description: "Of a node: the version of its kubelet."
      type: str
      sample: v1.36.3
    minors_behind:
      description: "Of a node: how many minor versions that is behind the server."
      type: int
      sample: 0
    pool:
      description: "Of a node: the provider of the pool that it is of, by its labels; empty where none tells."
      type: str
      sample: GKE
    exists:
      description: "Of a namespace or a Secret: whether there is one."
      type: bool
      sample: true
    isolation:
      description: "Of a namespace: what no policy restricts."
      type: dict
      contains:
        workloads:
          description: How many workloads there are.
          type: int
          sample: 21
        open_ingress:
          description: Those to which everybody may send.
          type: list
          elements: str
          sample: []
        open_egress:
          description: Those that may send to everybody.
          type: list
          elements: str
          sample: []
        denies_ingress:
          description: Whether a policy that selects every pod opens nothing to it.
          type: bool
          sample: true
        denies_egress:
          description: The same for what pods send.
          type: bool
          sample: true
    autoscaled_workloads:
      description: "Of a namespace: the workloads that an autoscaler is for."
      type: list
      elements: str
      sample: [api]
    autoscaled:
      description: "Of a workload: whether an autoscaler is for it."
      type: bool
      sample: true
    budgets:
      description: "Of a namespace: its budgets for disruptions."
      type: list
      elements: dict
      contains:
        name:
          description: The name.
          type: str
          sample: api
        selects_nothing:
          description: Whether it is for no pod.
          type: bool
          sample: false
        evicts_nothing:
          description: Whether it lets no pod be evicted.
          type: bool
          sample: false
        allowed:
          description: How many pods may be evicted now.
          type: int
          sample: 1
    type:
      description: "Of a workload: its kind in Kubernetes."
      type: str
      sample: Deployment
    ends:
      description: "Of a workload: whether it runs to an end."
      type: bool
      sample: false
    replicas:
      description: "Of a workload: how many pods it wants."
      type: int
      sample: 3
    software:
      description: "Of a workload: the software in its images that is known."
      type: list
      elements: str
      sample: [postgresql]
    stateful:
      description: "Of a workload: whether that needs a volume."
      type: bool
      sample: false
    persistent:
      description: "Of a workload: whether such software has a volume that outlives its pod."
      type: bool
      sample: true
    missing_claims:
      description: "Of a workload: the claims that it names and that there are not."
      type: list
      elements: str
      sample: []
    shared_claims:
      description: "Of a workload: the claims for one writer that several of its pods write to."
      type: list
      elements: str
      sample: []
    service_account:
      description: "Of a workload: the service account that it runs as."
      type: str
      sample: default
    carries_token:
      description: "Of a workload: whether its pods carry the token of that."
      type: bool
      sample: false
    needless_token:
      description: "Of a workload: whether that is the token of the default account."
      type: bool
      sample: false
    shares_with_node:
      description: "Of a workload: what it shares with its node."
      type: list
      elements: str
      sample: []
    containers:
      description: "Of a workload: its containers, by the rules for manifests."
      type: list
      elements: dict
      contains:
        name:
          description: The workload and the container.
          type: str
          sample: Deployment/api
        init:
          description: Whether it runs before the others.
          type: bool
          sample: false
        runs_on:
          description: Whether it is meant to run on.
          type: bool
          sample: true
        image:
          description: The image.
          type: str
          sample: registry.example.com/cryptofunk/api:1.0.0
        tag:
          description: The tag of it.
          type: str
          sample: 1.0.0
        latest:
          description: Whether that is the latest one.
          type: bool
          sample: false
        floating:
          description: Whether it moves on with the next release.
          type: bool
          sample: false
        by_digest:
          description: Whether the image is named by its digest.
          type: bool
          sample: false
        placeholder_registry:
          description: Whether its registry is still to be named.
          type: bool
          sample: false
        needs_pull_secret:
          description: Whether its registry needs a login.
          type: bool
          sample: true
        has_pull_secret:
          description: Whether the pod or its account names a pull secret; null where accounts were not seen.
          type: bool
          sample: true
        missing_resources:
          description: The requests and limits that are missing.
          type: list
          elements: str
          sample: [limits.cpu]
        liveness:
          description: Whether there is a liveness probe.
          type: bool
          sample: true
        readiness:
          description: Whether there is a readiness probe.
          type: bool
          sample: true
        depends:
          description: Whether it talks to a Service by its variables; null where these were not seen.
          type: bool
          sample: true
        same_probes:
          description: Whether both probes ask the same.
          type: bool
          sample: false
        wrong_liveness_port:
          description: Whether the liveness probe asks a port that is not declared.
          type: bool
          sample: false
        wrong_readiness_port:
          description: The same of the readiness probe.
          type: bool
          sample: false
        privileged:
          description: Whether it is privileged.
          type: bool
          sample: false
        non_root:
          description: Whether it may not run as root.
          type: bool
          sample: true
        no_escalation:
          description: Whether it may not get further rights.
          type: bool
          sample: true
        read_only:
          description: Whether its root file system is read only.
          type: bool
          sample: true
        drops_all:
          description: Whether it drops all capabilities.
          type: bool
          sample: true
        added_capabilities:
          description: The capabilities that it adds.
          type: list
          elements: str
          sample: []
    blocked_connections:
      description: "Of a workload, with the aspect V(network): the connections named by its variables that policies block."
      type: list
      elements: str
      sample: []
    resolves:
      description: "Of a workload, with the aspect V(network): whether the policies let it ask the name service."
      type: bool
      sample: true
    rollout:
      description: "Of a workload: how far its newest version is rolled out."
      type: dict
      contains:
        desired:
          description: How many pods are wanted.
          type: int
          sample: 3
        updated:
          description: How many are of the newest version.
          type: int
          sample: 3
        ready:
          description: How many are ready.
          type: int
          sample: 3
        available:
          description: How many have been ready for long enough.
          type: int
          sample: 3
        old:
          description: How many of older versions are still there.
          type: int
          sample: 0
        complete:
          description: Whether nothing is missing.
          type: bool
          sample: true
        says:
          description: The same in words.
          type: str
          sample: complete
    pull_secrets:
      description: "Of a workload: the pull secrets that it or its account names."
      type: list
      elements: str
      sample: [registry-credentials]
    missing_pull_secrets:
      description: "Of a workload, with the aspect V(secrets): those of them that do not exist, or are no pull secrets."
      type: list
      elements: str
      sample: []
    pods:
      description: "Of a workload: its pods."
      type: dict
      contains:
        count:
          description: How many there are, without those that are being removed.
          type: int
          sample: 3
        not_running:
          description: Those that do not run, with the reason.
          type: list
          elements: str
          sample: ["api-5f7d-x2v9k: Pending"]
        unready:
          description: Those that run and are not ready.
          type: list
          elements: str
          sample: []
        waiting:
          description: Those with a container that waits, with the reason.
          type: list
          elements: str
          sample: ["api-5f7d-x2v9k: CrashLoopBackOff"]
        restarts:
          description: How often their containers were started again.
          type: int
          sample: 0
        restarts_in_window:
          description: How often that was during the O(window); null without one.
          type: int
          sample: 0
        recent_restarts:
          description: How many containers were started again and ended within O(recent_hours).
          type: int
          sample: 0
    running_images:
      description: "Of a workload: the images that its pods run."
      type: list
      elements: dict
      contains:
        image:
          description: The name of the image.
          type: str
          sample: registry.example.com/cryptofunk/api:1.0.0
        digest:
          description: Its digest, where the node tells one.
          type: str
          sample: "sha256:0a1b"
        latest:
          description: Whether its tag is the latest one.
          type: bool
          sample: false
        floating:
          description: Whether its tag moves on with the next release.
          type: bool
          sample: false
    revisions:
      description: "Of a Deployment: its revisions, the newest first."
      type: list
      elements: dict
      contains:
        revision:
          description: The number.
          type: int
          sample: 2
        images:
          description: The images of its containers.
          type: list
          elements: str
          sample: ["registry.example.com/cryptofunk/api:1.0.0"]
        pods:
          description: How many pods of it there are.
          type: int
          sample: 3
    selects_nothing:
      description: "Of a policy: whether it selects no pod."
      type: bool
      sample: false
    dead_peers:
      description: "Of a policy: the peers that no pod is."
      type: list
      elements: str
      sample: []
    dead_ports:
      description: "Of a policy: the ports that it opens and on which no selected pod listens."
      type: list
      elements: str
      sample: []
    only_inside:
      description: "Of a policy: whether it opens HTTPS to namespaces alone, in which nothing outside is."
      type: bool
      sample: false
    target:
      description: "Of an autoscaler: what it is for. Of a secret of a store: the Secret that is made of it."
      type: str
      sample: Deployment/api
    target_missing:
      description: "Of an autoscaler: whether there is no such thing."
      type: bool
      sample: false
    least:
      description: "Of an autoscaler: the fewest pods."
      type: int
      sample: 3
    most:
      description: "Of an autoscaler: the most pods."
      type: int
      sample: 10
    cannot_grow:
      description: "Of an autoscaler: whether the most are not more than the fewest."
      type: bool
      sample: false
    measures:
      description: "Of an autoscaler: whether it has a metric to go by."
      type: bool
      sample: true
    scaling_active:
      description: "Of an autoscaler: whether it gets the metrics, by its condition."
      type: bool
      sample: true
    scaling_reason:
      description: "Of an autoscaler: the reason of that condition."
      type: str
      sample: ValidMetricFound
    able_to_scale:
      description: "Of an autoscaler: whether it can set the number of pods."
      type: bool
      sample: true
    limited:
      description: "Of an autoscaler: whether it wants more or fewer pods than it may have."
      type: bool
      sample: false
    measured:
      description: "Of an autoscaler: how many metrics it has a value of."
      type: int
      sample: 1
    current:
      description: "Of an autoscaler: how many pods there are."
      type: int
      sample: 3
    bound:
      description: "Of a claim: whether it has a volume."
      type: bool
      sample: true
    phase:
      description: "Of a claim: its phase."
      type: str
      sample: Bound
    storage_class:
      description: "Of a claim: its storage class."
      type: str
      sample: standard
    size:
      description: "Of a claim: how large its volume is."
      type: str
      sample: 10Gi
    copies:
      description: "Of a claim: how many snapshots and backups by Velero there are of it."
      type: int
      sample: 3
    incomplete_copies:
      description: "Of a claim: those of them that are not complete."
      type: list
      elements: str
      sample: []
    backed_up:
      description: "Of a claim: whether one of them is complete."
      type: bool
      sample: true
    backup:
      description: "Of a claim: the newest complete one."
      type: str
      sample: VolumeSnapshot/postgres-20261125
    backup_age_hours:
      description: "Of a claim: how many hours old that is."
      type: float
      sample: 6.2
    paused:
      description: "Of a schedule for backups: whether it is paused."
      type: bool
      sample: false
    without_volumes:
      description: "Of a schedule for backups: whether it leaves out volumes."
      type: bool
      sample: false
    enabled:
      description: "Of a schedule for backups: whether Velero goes by it."
      type: bool
      sample: true
    last_backup_age_hours:
      description: "Of a schedule for backups: how many hours ago its newest complete backup ended; null without one."
      type: float
      sample: 6.2
    account:
      description: "Of a service account: its name."
      type: str
      sample: default
    bindings:
      description: "Of a service account: what binds roles to it or to a group that it is in."
      type: list
      elements: str
      sample: [RoleBinding/api]
    almighty:
      description: "Of a service account: those of them that give an all-powerful role."
      type: list
      elements: str
      sample: []
    wildcards:
      description: "Of a service account: its roles with a star for verbs or resources."
      type: list
      elements: str
      sample: []
    rises:
      description: "Of a service account: by which of its rights it can get those of others."
      type: list
      elements: str
      sample: []
    reads_secrets:
      description: "Of a service account: its roles that read any Secret."
      type: list
      elements: str
      sample: []
    token_carried_by:
      description: "Of a service account: the workloads that carry its token."
      type: list
      elements: str
      sample: [Deployment/orchestrator]
    needlessly_carried_by:
      description: "Of a service account: those of them that nobody gave it to."
      type: list
      elements: str
      sample: []
    open_to_anybody:
      description: "Of a service account: the bindings of the cluster that let somebody do something without a login."
      type: list
      elements: str
      sample: []
    allowed_acts:
      description: "Of a service account: which of O(forbidden) the server would let it do."
      type: list
      elements: str
      sample: []
    complete:
      description: "Of a job: whether it came to its end."
      type: bool
      sample: true
    failed:
      description: "Of a job: whether it was given up."
      type: bool
      sample: false
    failed_reason:
      description: "Of a job: the reason for that."
      type: str
      sample: BackoffLimitExceeded
    active:
      description: "Of a job: how many of its pods run."
      type: int
      sample: 0
    failures:
      description: "Of a job: how many of its pods failed."
      type: int
      sample: 0
    completed_hours_ago:
      description: "Of a job: how many hours ago it came to its end; null when it did not."
      type: float
      sample: 0.2
    removed_after:
      description: "Of a job: how many seconds after its end it is removed; null when it stays."
      type: int
      sample: 600
    schedule:
      description: "Of a CronJob: when it starts."
      type: str
      sample: "0 2 * * *"
    suspended:
      description: "Of a CronJob: whether it starts nothing."
      type: bool
      sample: false
    succeeded_hours_ago:
      description: "Of a CronJob: how many hours ago it succeeded last; null when it never did."
      type: float
      sample: 7.5
    secret_type:
      description: "Of a Secret: its type."
      type: str
      sample: Opaque
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
      description: "Of a Secret: the keys that pods need, and that it has not."
      type: list
      elements: str
      sample: []
    empty_needed_keys:
      description: "Of a Secret: the keys that pods need, and whose value is empty."
      type: list
      elements: str
      sample: []
    days_left:
      description: "Of a certificate: in how many days it ends."
      type: float
      sample: 61.5
    renews_in_days:
      description: "Of a certificate: in how many days it is to be renewed."
      type: float
      sample: 31.5
    renews_in_time:
      description: "Of a certificate: whether that is before its end."
      type: bool
      sample: true
    refreshed_hours_ago:
      description: "Of a secret of a store: how many hours ago it was last read there."
      type: float
      sample: 0.5
probe:
  description: The name of the probe.
  returned: always
  type: str
  sample: kubernetes_info
time:
  description: When the look began, in UTC.
  returned: always
  type: str
  sample: "2026-11-25T08:00:00Z"
duration_ms:
  description: How long the look took, in milliseconds.
  returned: always
  type: int
  sample: 360
"""

import typing as t

from ansible.module_utils.basic import AnsibleModule

from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import kubernetes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._run import run_module


def main() -> t.NoReturn:
    module = AnsibleModule(**kubernetes.SPEC, supports_check_mode=True)
    run_module(module, "kubernetes_info", kubernetes.observe)


if __name__ == "__main__":
    main()
