# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

META = "metadata: {name: %s, namespace: n}"
DENY = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: n}\nspec: {podSelector: {}, policyTypes: [Ingress, Egress]}"
DB = "ports: [{name: sql, containerPort: 5432}]"
DNS = "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}], ports: [{protocol: UDP, port: 53}]}"


def policy(name: str, app: str, ingress: str = "", egress: str = "") -> str:
    sides = [f"  {side}: [{rules}]" for side, rules in (("ingress", ingress), ("egress", egress)) if rules]
    types = [side for side, rules in (("Ingress", ingress), ("Egress", egress)) if rules]
    head = f"apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: n}}\nspec:\n"
    return (
        head
        + f"  podSelector: {{matchLabels: {{app: {app}}}}}\n  policyTypes: [{', '.join(types)}]\n"
        + "\n".join(sides)
    )


def service(name: str = "db", app: str = "db", port: t.Any = 5432, target: t.Any = 5432, more: str = "") -> str:
    head = f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: n}}\nspec:\n"
    return head + f"  selector: {{app: {app}}}\n  ports: [{{port: {port}, targetPort: {target}}}]\n{more}"


def talker(deployment: t.Any, host: str = "db:5432") -> str:
    return str(deployment("api", f"env: [{{name: URL, value: 'postgres://{host}/x'}}]"))


def peer(app: str, port: t.Any = 5432, side: str = "from") -> str:
    return f"{{{side}: [{{podSelector: {{matchLabels: {{app: {app}}}}}}}], ports: [{{port: {port}}}]}}"


IN = policy("in", "db", ingress=peer("api"))
OUT = policy("out", "api", egress=f"{peer('db', side='to')}, {DNS}")


def flags(found: dict[str, t.Any]) -> tuple[bool, ...]:
    return tuple(found[key] for key in ("offered", "allowed_out", "allowed_in", "resolves"))


@pytest.mark.parametrize(
    ("policies", "wanted"),
    [
        ([], (True, True, True, True)),
        ([DENY], (True, False, False, False)),
        ([DENY, IN, OUT], (True, True, True, True)),
        ([DENY, OUT], (True, True, False, True)),
        ([DENY, IN], (True, False, True, False)),
        ([DENY, IN, OUT.replace("port: 53}", "port: 54}")], (True, True, True, False)),
        ([DENY, IN, OUT.replace("kubernetes.io/metadata.name", "name")], (True, True, True, False)),
        ([DENY, IN.replace("5432", "sql"), OUT], (True, True, True, True)),
        ([DENY, IN.replace("port: 5432", "port: 5000, endPort: 6000"), OUT], (True, True, True, True)),
        ([DENY, IN.replace("port: 5432", "port: 5000, endPort: 5001"), OUT], (True, True, False, True)),
        ([DENY, IN.replace("{port: 5432}", "{port: 5432, protocol: UDP}"), OUT], (True, True, False, True)),
        ([DENY, policy("all", "db", ingress="{}"), OUT], (True, True, True, True)),
        ([DENY, IN, policy("out", "api", egress="{to: [{ipBlock: {cidr: 0.0.0.0/0}}]}")], (True, True, True, True)),
        ([DENY, IN, policy("out", "api", egress="{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}")], (True, False, True, False)),
        ([DENY, IN, policy("out", "api", egress="{to: [{namespaceSelector: {}}]}")], (True, True, True, True)),
        ([DENY, IN, policy("out", "api", egress="{to: [{podSelector: {}}]}")], (True, True, True, False)),
    ],
)
def test_what_policies_let_through(
    describe: t.Any, deployment: t.Any, policies: list[str], wanted: tuple[bool, ...]
) -> None:
    (found,) = describe(talker(deployment), deployment("db", DB), service(), *policies)["connections"]
    assert found["name"] == "Deployment/api to db:5432"
    assert flags(found) == wanted


@pytest.mark.parametrize(
    ("env", "wanted"),
    [
        ("[{name: URL, value: 'http://db:8080/x'}]", ["Deployment/api to db:8080"]),
        ("[{name: URL, value: 'http://db/x'}]", ["Deployment/api to db:80"]),
        ("[{name: URL, value: 'nats://db.n.svc.cluster.local:5432'}]", ["Deployment/api to db:5432"]),
        ("[{name: DB_HOST, value: db}, {name: DB_PORT, value: '5433'}]", ["Deployment/api to db:5433"]),
        ("[{name: DB_HOST, value: db}]", ["Deployment/api to db:5432"]),
        ("[{name: DB_NAME, value: mydb}]", []),
        ("[{name: URL, value: 'http://db.example.com:80'}]", []),
        ("[{name: URL, value: 'http://my-db:80'}]", []),
    ],
)
def test_which_services_the_variables_name(describe: t.Any, deployment: t.Any, env: str, wanted: list[str]) -> None:
    found = describe(deployment("api", f"env: {env}"), deployment("db", DB), service())["connections"]
    assert [one["name"] for one in found] == wanted


def test_a_port_that_the_service_does_not_have_is_not_offered(describe: t.Any, deployment: t.Any) -> None:
    (found,) = describe(talker(deployment, "db:5433"), deployment("db", DB), service())["connections"]
    assert found["offered"] is False


@pytest.mark.parametrize(
    ("target", "container", "wanted"),
    [
        (5432, DB, []),
        ("sql", DB, []),
        ("web", DB, ["5432 leads to web"]),
        (5433, DB, ["5432 leads to 5433"]),
        (5433, "", []),  # pods that declare no ports are believed
        ("web", "", ["5432 leads to web"]),
    ],
)
def test_ports_of_a_service(
    describe: t.Any, deployment: t.Any, target: t.Any, container: str, wanted: list[str]
) -> None:
    (found,) = describe(deployment("db", container), service(target=target))["services"]
    assert found["dead_ports"] == wanted


@pytest.mark.parametrize(
    ("more", "outside"),
    [
        ("", False),
        ("  type: LoadBalancer", True),
        ("  type: NodePort", True),
        ("  externalIPs: [192.0.2.1]", True),
    ],
)
def test_a_service_from_outside(describe: t.Any, deployment: t.Any, more: str, outside: bool) -> None:
    (found,) = describe(deployment("db", image="postgres:17.2"), service(more=more))["services"]
    assert (found["from_outside"], found["software"]) == (outside, ["postgresql"])


def test_an_internal_load_balancer_is_not_outside(describe: t.Any, deployment: t.Any) -> None:
    note = "annotations: {service.beta.kubernetes.io/aws-load-balancer-internal: 'true'}"
    text = service(more="  type: LoadBalancer").replace("namespace: n}", f"namespace: n, {note}}}")
    assert describe(deployment("db"), text)["services"][0]["from_outside"] is False


def test_a_service_without_a_selector_selects_elsewhere(describe: t.Any) -> None:
    assert describe(service().replace("  selector: {app: db}\n", ""))["services"][0]["selects_nothing"] is False
    assert describe(service())["services"][0]["selects_nothing"] is True


def test_a_policy_of_nobody_and_for_nobody(describe: t.Any, deployment: t.Any) -> None:
    found = describe(
        deployment("db", DB), policy("a", "nobody", ingress="{}"), policy("b", "db", ingress=peer("agent"))
    )
    nobody, for_nobody = found["policies"]
    assert nobody["selects_nothing"] is True
    assert for_nobody["dead_peers"] == ["ingress from app=agent"]


@pytest.mark.parametrize(
    ("port", "wanted"),
    [
        (5432, []),
        (6379, ["6379, where the pods listen on 5432"]),
        ("{port: 6379}, {port: 5432}", []),  # one of them is right
    ],
)
def test_a_policy_that_opens_a_dead_port(describe: t.Any, deployment: t.Any, port: t.Any, wanted: list[str]) -> None:
    rule = f"{{ports: [{port if isinstance(port, str) else f'{{port: {port}}}'}]}}"
    found = describe(deployment("db", DB), policy("a", "db", ingress=rule))
    assert found["policies"][0]["dead_ports"] == wanted


@pytest.mark.parametrize(
    ("egress", "wanted"),
    [
        ("{to: [{namespaceSelector: {}}], ports: [{port: 443}]}", True),
        ("{to: [{namespaceSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 443}]}", False),
        ("{to: [{namespaceSelector: {matchLabels: {a: b}}}], ports: [{port: 443}]}", False),
        ("{ports: [{port: 443}]}", False),
    ],
)
def test_https_to_namespaces_alone_goes_nowhere_outside(
    describe: t.Any, deployment: t.Any, egress: str, wanted: bool
) -> None:
    assert describe(deployment("db"), policy("a", "db", egress=egress))["policies"][0]["only_inside"] is wanted


def test_default_deny_is_of_each_side(describe: t.Any, deployment: t.Any) -> None:
    found = describe(deployment("a"), DENY.replace("[Ingress, Egress]", "[Egress]"))
    assert (found["denies_ingress"], found["denies_egress"]) == (False, True)
    found = describe(deployment("a"), deployment("b"), policy("x", "a", ingress="{}"))
    assert (found["denies_ingress"], found["denies_egress"]) == (False, False)


INGRESS = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: i, namespace: n, annotations: {%s}}
spec:
  rules:
    - host: api.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: db, port: {number: 5432}}}}]}
"""
NGINX = "nginx.ingress.kubernetes.io/"


@pytest.mark.parametrize(
    ("notes", "key", "wanted"),
    [
        ("", "any_origin", False),
        (f"{NGINX}enable-cors: 'true'", "any_origin", True),
        (f"{NGINX}enable-cors: 'true', {NGINX}cors-allow-origin: '*'", "any_origin", True),
        (f"{NGINX}enable-cors: 'true', {NGINX}cors-allow-origin: 'https://a.example.com'", "any_origin", False),
        (f"{NGINX}enable-cors: 'false', {NGINX}cors-allow-origin: '*'", "any_origin", False),
        (f"{NGINX}rewrite-target: /", "all_paths_are_root", True),
        (f"{NGINX}rewrite-target: /$1", "all_paths_are_root", False),
        (f"{NGINX}ssl-redirect: 'false'", "plain_http", True),
        (f"{NGINX}ssl-redirect: 'true'", "plain_http", False),
    ],
)
def test_what_an_ingress_is_told(describe: t.Any, notes: str, key: str, wanted: bool) -> None:
    assert describe(INGRESS % notes)["ingresses"][0][key] is wanted


@pytest.mark.parametrize(
    ("tls", "wanted"),
    [
        ("", ["api.example.com"]),
        ("  tls: [{hosts: [api.example.com], secretName: s}]", []),
        ("  tls: [{hosts: ['*.example.com'], secretName: s}]", []),
        ("  tls: [{hosts: [www.example.com], secretName: s}]", ["api.example.com"]),
        ("  tls: [{secretName: s}]", []),
    ],
)
def test_hosts_without_a_certificate(describe: t.Any, tls: str, wanted: list[str]) -> None:
    assert describe(INGRESS % "" + tls)["ingresses"][0]["hosts_without_tls"] == wanted


def test_backends_must_be_ports_of_services(describe: t.Any) -> None:
    assert describe(INGRESS % "")["ingresses"][0]["dead_backends"] == ["db:5432"]
    assert describe(INGRESS % "", service())["ingresses"][0]["dead_backends"] == []
    assert describe(INGRESS % "", service(port=80))["ingresses"][0]["dead_backends"] == ["db:5432"]
