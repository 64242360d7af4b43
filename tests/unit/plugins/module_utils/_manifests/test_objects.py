# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import typing as t

import pytest

CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c, namespace: n}\nspec: {accessModes: [%s]}"
MOUNTED = "volumeMounts: [{name: data, mountPath: /data}]"
VOLUME = "volumes: [{name: data, %s}]"
OF_CLAIM = VOLUME % "persistentVolumeClaim: {claimName: c}"


def first(describe: t.Any, kind: str, *texts: str) -> dict[str, t.Any]:
    found: dict[str, t.Any] = describe(*texts)[kind][0]
    return found


@pytest.mark.parametrize(
    ("pod", "container", "kept"),
    [
        (OF_CLAIM, MOUNTED, True),
        (VOLUME % "emptyDir: {}", MOUNTED, False),
        (VOLUME % "secret: {secretName: s}", MOUNTED, False),
        (OF_CLAIM, "", False),
        (OF_CLAIM, MOUNTED.replace("}]", ", readOnly: true}]"), False),
        ("", MOUNTED, False),
    ],
)
def test_what_a_database_writes_is_kept(
    describe: t.Any, deployment: t.Any, pod: str, container: str, kept: bool
) -> None:
    found = first(describe, "workloads", deployment("a", container, pod, image="redis:7.4.1"))
    assert (found["stateful"], found["persistent"]) == (True, kept)


def test_templates_of_claims_keep_it(describe: t.Any, deployment: t.Any) -> None:
    text = deployment("a", MOUNTED, spec="volumeClaimTemplates: [{metadata: {name: data}}]", image="nats:2.10.1")
    assert first(describe, "workloads", text.replace("Deployment", "StatefulSet"))["persistent"] is True


@pytest.mark.parametrize(
    ("mode", "replicas", "wanted"),
    [("ReadWriteOnce", 2, ["c"]), ("ReadWriteOnce", 1, []), ("ReadWriteMany", 2, [])],
)
def test_a_claim_for_one_writer(
    describe: t.Any, deployment: t.Any, mode: str, replicas: int, wanted: list[str]
) -> None:
    found = first(describe, "workloads", deployment("a", MOUNTED, OF_CLAIM, f"replicas: {replicas}"), CLAIM % mode)
    assert (found["shared_claims"], found["missing_claims"]) == (wanted, [])


def test_a_claim_that_nobody_makes(describe: t.Any, deployment: t.Any) -> None:
    assert first(describe, "workloads", deployment("a", MOUNTED, OF_CLAIM))["missing_claims"] == ["c"]


@pytest.mark.parametrize(
    ("command", "pod", "jetstream", "store", "kept"),
    [
        ("args: [-js]", OF_CLAIM, True, "/tmp/nats/jetstream", False),
        ("args: [-js, -sd, /data]", OF_CLAIM, True, "/data", True),
        ("args: [-js, --store_dir=/data/js]", OF_CLAIM, True, "/data/js", True),
        ("args: [-js, -sd, /database]", OF_CLAIM, True, "/database", False),
        ("args: [-js, -sd, /data]", VOLUME % "emptyDir: {}", True, "/data", False),
        ("args: [-m, '8222']", "", False, "/tmp/nats/jetstream", False),
    ],
)
def test_streams(
    describe: t.Any, deployment: t.Any, command: str, pod: str, jetstream: bool, store: str, kept: bool
) -> None:
    found = first(describe, "streams", deployment("a", f"{command}\n{MOUNTED}", pod, image="nats:2.10.1"))
    assert (found["jetstream"], found["store"], found["store_kept"]) == (jetstream, store, kept)


def test_streams_of_a_configuration_file(describe: t.Any, deployment: t.Any) -> None:
    text = 'jetstream { store_dir: "/data" }\ncluster { routes: [ nats://a:6222 ] }\n# store_dir: /tmp'
    config = f"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: f, namespace: n}}\ndata: {{nats.conf: {text!r}}}"
    pod = "volumes: [{name: data, persistentVolumeClaim: {claimName: c}}, {name: f, configMap: {name: f}}]"
    found = first(describe, "streams", deployment("a", MOUNTED, pod, image="nats:2.10.1"), config)
    assert (found["jetstream"], found["store_kept"], found["clustered"]) == (True, True, True)


@pytest.mark.parametrize(
    ("pod", "account", "needless"),
    [
        ("", "", True),
        ("automountServiceAccountToken: false", "", False),
        (
            "",
            "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: n}\nautomountServiceAccountToken: false",
            False,
        ),
        ("serviceAccountName: own", "", False),
    ],
)
def test_tokens_that_nobody_needs(describe: t.Any, deployment: t.Any, pod: str, account: str, needless: bool) -> None:
    texts = [deployment("a", pod=pod), *([account] if account else [])]
    assert first(describe, "workloads", *texts)["needless_token"] is needless


def test_what_pods_share_with_their_node(describe: t.Any, deployment: t.Any) -> None:
    pod = "hostNetwork: true\nvolumes: [{name: d, hostPath: {path: /var/run/docker.sock}}]"
    found = first(describe, "workloads", deployment("a", pod=pod))
    assert found["shares_with_node"] == ["hostNetwork", "the folder /var/run/docker.sock"]


@pytest.mark.parametrize(
    ("rule", "wildcard", "rises"),
    [
        ("{resources: [pods], verbs: [get]}", False, []),
        ("{resources: ['*'], verbs: [get]}", True, []),
        ("{resources: [pods], verbs: ['*']}", True, []),
        ("{resources: [serviceaccounts/token], verbs: [create]}", False, ["create tokens of any service account"]),
        ("{resources: [serviceaccounts/token], verbs: [create], resourceNames: [a]}", False, []),
        ("{resources: [roles], verbs: [escalate]}", False, ["escalate roles"]),
        ("{resources: [pods/exec], verbs: [create]}", False, ["create pods/exec"]),
    ],
)
def test_roles(describe: t.Any, rule: str, wildcard: bool, rises: list[str]) -> None:
    text = f"apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: r}}\nrules: [{rule}]"
    found = first(describe, "roles", text)
    assert (found["wildcard"], found["rises"]) == (wildcard, rises)


@pytest.mark.parametrize(
    ("kind", "role", "subject", "almighty", "everybody"),
    [
        ("ClusterRoleBinding", "cluster-admin", "{kind: ServiceAccount, name: own}", True, []),
        ("ClusterRoleBinding", "edit", "{kind: ServiceAccount, name: own}", True, []),
        ("RoleBinding", "edit", "{kind: ServiceAccount, name: own}", False, []),
        ("RoleBinding", "own", "{kind: Group, name: 'system:authenticated'}", False, ["system:authenticated"]),
        ("RoleBinding", "own", "{kind: ServiceAccount, name: default}", False, ["default"]),
    ],
)
def test_bindings(describe: t.Any, kind: str, role: str, subject: str, almighty: bool, everybody: list[str]) -> None:
    head = f"apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: b, namespace: n}}\n"
    found = first(describe, "bindings", f"{head}roleRef: {{kind: ClusterRole, name: {role}}}\nsubjects: [{subject}]")
    assert (found["almighty"], found["to_everybody"]) == (almighty, everybody)


@pytest.mark.parametrize(
    ("limit", "stuck"),
    [
        ("minAvailable: 1", False),
        ("minAvailable: 2", True),
        ("minAvailable: 100%", True),
        ("maxUnavailable: 0", True),
        ("maxUnavailable: 1", False),
    ],
)
def test_budgets_that_keep_every_pod(describe: t.Any, deployment: t.Any, limit: str, stuck: bool) -> None:
    head = "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: b, namespace: n}\n"
    text = f"{head}spec: {{{limit}, selector: {{matchLabels: {{app: a}}}}}}"
    assert first(describe, "budgets", deployment("a", spec="replicas: 2"), text)["evicts_nothing"] is stuck


def test_an_autoscaler_of_nothing_that_cannot_grow(describe: t.Any) -> None:
    head = "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: n}\n"
    text = f"{head}spec: {{scaleTargetRef: {{kind: Deployment, name: gone}}, minReplicas: 2, maxReplicas: 2}}"
    found = first(describe, "autoscalers", text)
    assert (found["target_missing"], found["cannot_grow"], found["measures"]) == (True, True, False)


@pytest.mark.parametrize(
    ("value", "stand_in"),
    [
        ("changeme", True),
        ("changeme_in_production", True),
        ("cryptofunk_grafana", True),
        ("Q7f!zR2m#Lw9_tVx", False),
        ("your_secure_password", True),
    ],
)
def test_values_of_secrets_are_told_apart_and_not_shown(describe: t.Any, value: str, stand_in: bool) -> None:
    hidden = base64.b64encode(value.encode()).decode()
    text = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: n}}\ndata: {{KEY: {hidden}}}"
    facts = describe(text)
    assert facts["secrets"][0]["stand_in"] is stand_in
    assert facts["secrets"][0]["literal"] is True
    assert value not in str(facts) and hidden not in str(facts)


def test_keys_without_a_value_and_without_base64(describe: t.Any) -> None:
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: n}\ndata: {EMPTY: '', RAW: 'not base64!', ca.crt: YQ==}"
    found = {one["name"]: one for one in describe(text)["secrets"]}
    assert found["s/EMPTY"]["empty"] and not found["s/EMPTY"]["literal"]
    assert found["s/RAW"]["malformed"] is True
    assert found["s/ca.crt"]["literal"] is False


def test_objects_made_twice_and_objects_without_a_namespace(describe: t.Any) -> None:
    one = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n}"
    found = describe(
        one, one, one.replace(", namespace: n", ""), "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}"
    )
    assert found["duplicates"] == [
        {"name": "ConfigMap/c", "at": ["m.yaml:3"]},
        {"name": "ConfigMap/c", "at": ["m.yaml:7"]},
    ]
    assert [each["at"] for each in found["without_namespace"]] == [["m.yaml:11"]]


NONSENSE = ["nonsense", "[]", "7", "null", "{a: {b: [1]}}"]


@pytest.mark.parametrize("value", NONSENSE)
@pytest.mark.parametrize(
    "kind",
    [
        "Deployment",
        "StatefulSet",
        "CronJob",
        "Pod",
        "Service",
        "NetworkPolicy",
        "Ingress",
        "Secret",
        "ConfigMap",
        "ClusterRole",
        "RoleBinding",
        "HorizontalPodAutoscaler",
        "PodDisruptionBudget",
        "ExternalSecret",
        "SealedSecret",
        "PersistentVolumeClaim",
    ],
)
def test_an_object_of_another_shape_does_not_stop_the_look(describe: t.Any, kind: str, value: str) -> None:
    group = "networking.k8s.io/v1" if kind in ("Ingress", "NetworkPolicy") else "v1"
    text = f"apiVersion: {group}\nkind: {kind}\nmetadata: {{name: x, namespace: n, annotations: {value}}}\nspec: {value}\ndata: {value}"
    text += f"\nrules: {value}\nsubjects: {value}\nroleRef: {value}\nstringData: {value}"
    nested = text.replace(
        f"spec: {value}", f"spec: {{template: {value}, selector: {value}, rules: {value}, ports: {value}}}"
    )
    assert describe(text, nested, "apiVersion: v1\nkind: List\nitems: nonsense")["containers"] == []
