# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes in the Kubernetes manifests."""

from __future__ import annotations

import base64

from sandbox._edits import Change, Edit, Write
from sandbox.defects._defect import Defect

BASE = "deployments/k8s/base"
_API = "deployment-api.yaml"
_NATS = "deployment-nats.yaml"
_POLICIES = "network-policy.yaml"
_KUSTOMIZATION = f"{BASE}/kustomization.yaml"
_LAST = "  - autoscaling.yaml\n"


def _edit(name: str, items: str, says: str, file: str, right: str, wrong: str) -> Defect:
    return Defect(name, tuple(items.split()), says, (Edit(f"{BASE}/{file}", right, wrong),))


def _added(name: str, items: str, says: str, text: str) -> Defect:
    """Return the defect of an object that the release has too much."""
    changes: tuple[Change, ...] = (
        Write(f"{BASE}/{name}.yaml", text),
        Edit(_KUSTOMIZATION, _LAST, f"{_LAST}  - {name}.yaml\n"),
    )
    return Defect(f"manifests_{name}", tuple(items.split()), says, changes)


def _named(kind: str, name: str, version: str = "v1", of_namespace: bool = True) -> str:
    where = "  namespace: cryptofunk\n" if of_namespace else ""
    return f"---\napiVersion: {version}\nkind: {kind}\nmetadata:\n  name: {name}\n{where}"


_RBAC = "rbac.authorization.k8s.io/v1"
_ACCOUNT = "subjects:\n  - kind: ServiceAccount\n    name: cryptofunk-vault\n    namespace: cryptofunk\n"


def _secret(value: str) -> str:
    hidden = base64.b64encode(value.encode()).decode()
    return _named("Secret", "mail-credentials") + f"type: Opaque\ndata:\n  SMTP_PASSWORD: {hidden}\n"


_IMAGES = [
    _edit(
        "manifests_latest",
        "4.2.2 7.1.6 9.2",
        "The API's image is latest",
        "kustomization.yaml",
        "namespace: cryptofunk\n",
        "namespace: cryptofunk\nimages:\n  - name: registry.example.com/cryptofunk/api\n    newTag: latest\n",
    ),
    _edit(
        "manifests_floating_tag",
        "4.2.2",
        "The tag of Redis moves on",
        "deployment-redis.yaml",
        "redis:7.4.1-alpine",
        "redis:7-alpine",
    ),
    _edit(
        "manifests_no_tag",
        "4.2.2 7.1.6 9.2",
        "The API's image has no tag",
        _API,
        "cryptofunk/api:v1.0.0",
        "cryptofunk/api",
    ),
    _edit(
        "manifests_placeholder_registry",
        "4.2.3",
        "The registry is still to be named",
        _API,
        "registry.example.com/cryptofunk/api",
        "your-registry.io/cryptofunk/api",
    ),
    _edit(
        "manifests_no_pull_secret",
        "4.2.3",
        "The API has no pull secret",
        _API,
        "      imagePullSecrets:\n        - name: registry-credentials\n",
        "",
    ),
]

_PROGRAMS = [
    _edit("manifests_no_cpu_limit", "2.3.1 4.1.4", "The API has no CPU limit", _API, "              cpu: 1000m\n", ""),
    _edit(
        "manifests_no_memory_limit",
        "2.3.2 4.1.4",
        "The API has no memory limit",
        _API,
        "              memory: 1Gi\n",
        "",
    ),
    _edit(
        "manifests_no_requests",
        "2.3.1 2.3.2 4.1.4",
        "The migration has no resources at all",
        "job-migrate.yaml",
        "          resources:\n            requests:\n              cpu: 100m\n              memory: 128Mi\n"
        "            limits:\n              cpu: 500m\n              memory: 256Mi\n",
        "",
    ),
    _edit(
        "manifests_no_liveness",
        "5.5.2",
        "The API has no liveness probe",
        _API,
        "livenessProbe:\n            httpGet:\n              path: /\n",
        "startupProbe:\n            httpGet:\n              path: /\n",
    ),
    _edit("manifests_no_readiness", "5.5.3", "The API has no readiness probe", _API, "readinessProbe", "startupProbe"),
    _edit(
        "manifests_same_probes",
        "5.5.3",
        "An outage of the database restarts the API",
        _API,
        "              path: /\n",
        "              path: /api/v1/health\n",
    ),
    _edit(
        "manifests_probe_of_another_port",
        "5.5.2",
        "The liveness probe of the API asks the orchestrator's port",
        _API,
        "path: /\n              port: 8080",
        "path: /\n              port: 8081",
    ),
    _edit(
        "manifests_late_variable",
        "7.3.7",
        "The API's REDIS_URL is declared before what it is made of",
        _API,
        "            - name: REDIS_PASSWORD\n",
        "            - name: SESSION_URL\n              value: rediss://:$(REDIS_PASSWORD)@redis-service:6380/1\n"
        "            - name: REDIS_PASSWORD\n",
    ),
    _edit(
        "manifests_no_revisions",
        "9.2",
        "The API keeps no revision to go back to",
        _API,
        "  replicas: 3\n",
        "  replicas: 3\n  revisionHistoryLimit: 0\n",
    ),
    _edit(
        "manifests_database_url_plain",
        "1.3.1",
        "The migration's DATABASE_URL says sslmode=disable",
        "job-migrate.yaml",
        "sslmode=verify-full&sslrootcert=/certs/postgres-ca.crt",
        "sslmode=disable",
    ),
]

_STORAGE = [
    _edit(
        "manifests_redis_in_memory",
        "4.1.5",
        "Redis writes to the pod's own folder",
        "deployment-redis.yaml",
        "          persistentVolumeClaim:\n            claimName: redis-pvc\n",
        "          emptyDir: {}\n",
    ),
    _edit(
        "manifests_claim_misspelt",
        "4.1.5",
        "No manifest makes the claim of the database",
        "deployment-postgres.yaml",
        "claimName: postgres-pvc",
        "claimName: postgresql-pvc",
    ),
    _edit(
        "manifests_claim_shared",
        "4.1.5",
        "Two databases write to one claim",
        "deployment-postgres.yaml",
        "  replicas: 1\n",
        "  replicas: 2\n",
    ),
    _edit(
        "manifests_streams_elsewhere",
        "4.4.3",
        "JetStream writes beside its volume",
        _NATS,
        "- /data\n",
        "- /tmp/streams\n",
    ),
    _edit("manifests_no_jetstream", "4.4.2", "JetStream is off", _NATS, "            - -js\n", ""),
    _edit(
        "manifests_single_nats", "3.4.4 4.4.4", "There is one NATS server", _NATS, "  replicas: 3\n", "  replicas: 1\n"
    ),
    _added(
        "backup_paused",
        "4.1.6",
        "The backup of the volumes is paused",
        _named("Schedule", "nightly", "velero.io/v1")
        + 'spec:\n  paused: true\n  schedule: "0 2 * * *"\n  template:\n    includedNamespaces: [cryptofunk]\n',
    ),
]

_NETWORK = [
    _edit(
        "manifests_policy_of_nobody",
        "4.1.7",
        "The policy of the agents selects a component that no pod has",
        _POLICIES,
        "  podSelector:\n    matchLabels:\n      app.kubernetes.io/component: trading-agent\n",
        "  podSelector:\n    matchLabels:\n      app.kubernetes.io/component: agent\n",
    ),
    _edit(
        "manifests_no_default_deny",
        "4.1.7",
        "What no policy names is open",
        _POLICIES,
        "  podSelector: {}\n  policyTypes:\n    - Ingress\n    - Egress\n",
        "  podSelector: {}\n  policyTypes:\n    - Egress\n",
    ),
    _edit(
        "manifests_policy_of_another_port",
        "4.1.7",
        "The policy opens a port on which Grafana does not listen",
        _POLICIES,
        "port: 3000",
        "port: 3001",
    ),
    _edit(
        "manifests_migration_locked_in",
        "4.1.7 7.3.5",
        "The migration is not let out to the database",
        _POLICIES,
        "  podSelector:\n    matchLabels:\n      app.kubernetes.io/component: migration\n",
        "  podSelector:\n    matchLabels:\n      app.kubernetes.io/name: grafana\n",
    ),
    _edit(
        "manifests_database_on_the_internet",
        "1.4.2",
        "The database has a load balancer",
        "services.yaml",
        "  selector:\n    app.kubernetes.io/name: postgres\n",
        "  type: LoadBalancer\n  selector:\n    app.kubernetes.io/name: postgres\n",
    ),
    _edit(
        "manifests_redis_on_the_nodes",
        "1.4.3",
        "Redis has a port on every node",
        "services.yaml",
        "  selector:\n    app.kubernetes.io/name: redis\n",
        "  type: NodePort\n  selector:\n    app.kubernetes.io/name: redis\n",
    ),
    _edit(
        "manifests_service_of_nobody",
        "7.3.3",
        "The service of Alertmanager selects no pod",
        "services.yaml",
        "app.kubernetes.io/name: alertmanager\n  ports",
        "app.kubernetes.io/name: alert-manager\n  ports",
    ),
    _edit(
        "manifests_service_to_another_port",
        "7.3.3",
        "The service of Grafana leads to a port on which it does not listen",
        "services.yaml",
        "targetPort: 3000",
        "targetPort: 3001",
    ),
    _edit(
        "manifests_wrong_orchestrator_port",
        "3.4.5 7.3.3",
        "The programs look for the orchestrator on another port than its own",
        "configmap.yaml",
        "ORCHESTRATOR_PORT: '8081'",
        "ORCHESTRATOR_PORT: '8080'",
    ),
    _edit(
        "manifests_no_certificate",
        "1.3.2",
        "The ingress has no certificate for the API",
        "ingress.yaml",
        "        - api.cryptofunk.example.com\n        - grafana",
        "        - grafana",
    ),
    _edit(
        "manifests_any_origin",
        "1.5.6 8.6.4",
        "The ingress allows every origin",
        "ingress.yaml",
        "    nginx.ingress.kubernetes.io/limit-rps: '100'\n",
        "    nginx.ingress.kubernetes.io/limit-rps: '100'\n    nginx.ingress.kubernetes.io/enable-cors: 'true'\n",
    ),
    _edit(
        "manifests_rewritten_paths",
        "5.5.1",
        "The ingress rewrites every path to the root",
        "ingress.yaml",
        "    nginx.ingress.kubernetes.io/limit-rps: '100'\n",
        "    nginx.ingress.kubernetes.io/limit-rps: '100'\n    nginx.ingress.kubernetes.io/rewrite-target: /\n",
    ),
]

_ACCESS = [
    _edit(
        "manifests_token",
        "4.1.8",
        "The API carries the token of the default account",
        _API,
        "      automountServiceAccountToken: false\n",
        "",
    ),
    _edit(
        "manifests_privileged",
        "4.1.8",
        "The API is privileged",
        _API,
        "            runAsNonRoot: true\n",
        "            privileged: true\n",
    ),
    _added(
        "cluster_admin",
        "4.1.8",
        "The orchestrator is administrator of the cluster",
        _named("ClusterRoleBinding", "cryptofunk-vault", _RBAC, of_namespace=False)
        + "roleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: cluster-admin\n"
        + _ACCOUNT,
    ),
    _added(
        "role_of_everything",
        "4.1.8",
        "A role allows everything",
        _named("Role", "operator", _RBAC) + 'rules:\n  - apiGroups: [""]\n    resources: ["*"]\n    verbs: ["*"]\n',
    ),
    _edit(
        "manifests_autoscaler_of_one",
        "4.1.3",
        "The autoscaler goes down to one API",
        "autoscaling.yaml",
        "  minReplicas: 3\n",
        "  minReplicas: 1\n",
    ),
    _edit(
        "manifests_autoscaler_misspelt",
        "4.1.3",
        "The autoscaler is for a workload that there is not",
        "autoscaling.yaml",
        "    kind: Deployment\n    name: api\n",
        "    kind: Deployment\n    name: api-server\n",
    ),
    _edit(
        "manifests_no_eviction",
        "4.1.2",
        "No pod of the API may be evicted",
        "autoscaling.yaml",
        "  minAvailable: 1\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: api\n",
        "  maxUnavailable: 0\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: api\n",
    ),
]

_VALUES = [
    _added("secret_with_a_default", "1.1.2 1.2.7 7.3.2", "A Secret has a known default", _secret("changeme")),
    _edit(
        "manifests_secret_key_missing",
        "7.3.2",
        "The API wants a key that the Secret will not have",
        _API,
        "                  key: JWT_SECRET\n",
        "                  key: JWT_SIGNING_KEY\n",
    ),
    _edit(
        "manifests_setting_missing",
        "7.3.1",
        "The API wants a key that the ConfigMap does not have",
        _API,
        "                  key: CORS_ORIGINS\n",
        "                  key: ALLOWED_ORIGINS\n",
    ),
    _edit(
        "manifests_file_missing",
        "7.3.1 7.3.2 7.3.3",
        "The kustomization refers to a file that is not there",
        "kustomization.yaml",
        _LAST,
        f"{_LAST}  - monitoring.yaml\n",
    ),
    _edit(
        "manifests_made_twice",
        "7.3.1 7.3.2 7.3.3",
        "A Service is made twice, which kustomize refuses",
        "services.yaml",
        "  name: grafana-service\n",
        "  name: prometheus-service\n",
    ),
]

DEFECTS = [*_IMAGES, *_PROGRAMS, *_STORAGE, *_NETWORK, *_ACCESS, *_VALUES]
