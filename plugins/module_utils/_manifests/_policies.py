# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Network policies: whom they select, and what they let through. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects, Workload, selects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    number,
    sequence,
    text,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._services import target_of

_SIDES = {"ingress": "from", "egress": "to"}
_DNS_LABELS = {"k8s-app": "kube-dns"}
_SYSTEM = "kube-system"
_EVERYWHERE = ("0.0.0.0/0", "::/0")
_HTTPS = 443


def policy(one: Manifest, objects: Objects) -> dict[str, t.Any]:
    chosen = objects.selected(mapping(one.data, "spec", "podSelector"), one.namespace)
    dead = [found for side in _SIDES for found in _dead_peers(one, side, objects)]
    ports = _dead_ports(one, chosen)
    outside = _only_inside(one)
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "selects_nothing": not chosen,
        "selector_at": [one.place("spec", "podSelector")],
        "dead_peers": [words for words, dummy in dead],
        "dead_peers_at": [at for dummy, at in dead],
        "dead_ports": [words for words, dummy in ports],
        "dead_ports_at": [at for dummy, at in ports],
        "only_inside": bool(outside),
        "only_inside_at": outside,
    }


def denies_all(objects: Objects, side: str) -> bool:
    """Tell whether each pod is selected by a policy for *side*, so that what no rule allows is denied."""
    return bool(objects.workloads) and all(restricts(pod, side, objects) for pod in objects.workloads)


def restricts(pod: Workload, side: str, objects: Objects) -> bool:
    """Tell whether some policy restricts *pod* on *side*."""
    return bool(_of(pod, side, objects))


def lets_through(sender: Workload, receivers: list[Workload], target: t.Any, objects: Objects) -> tuple[bool, bool]:
    """Return whether the policies let *sender* send to *target* of one of the *receivers*, and the receiver take it."""
    port = target_of(target, receivers)
    out = any(_allows(sender, "egress", pod, port, objects) for pod in receivers)
    taken = any(_allows(pod, "ingress", sender, port, objects, pod) for pod in receivers)
    return out, taken


def resolves(sender: Workload, objects: Objects) -> bool:
    """Tell whether the policies let *sender* ask the cluster's name service."""
    policies = _of(sender, "egress", objects)
    labels = objects.labels_of_namespace(_SYSTEM)
    return not policies or any(
        _opens(rule, 53, "UDP", None) and _reaches(rule, "to", one.namespace, (_SYSTEM, labels, _DNS_LABELS))
        for one in policies
        for dummy, rule in mappings(one.data, "spec", "egress")
    )


def _of(pod: Workload, side: str, objects: Objects) -> list[Manifest]:
    """Return the policies that restrict *pod* on *side*."""
    return [
        one
        for one in objects.of_kind("NetworkPolicy")
        if one.namespace == pod.namespace
        and selects(mapping(one.data, "spec", "podSelector"), pod.labels)
        and side in sides_of(one)
    ]


def sides_of(one: Manifest) -> list[str]:
    """Return the sides on which a policy restricts: ingress, egress or both."""
    declared = [name.lower() for name in texts(one.data, "spec", "policyTypes")]
    return declared or ["ingress", *(["egress"] if get(one.data, "spec", "egress") else [])]


def _allows(
    pod: Workload, side: str, other: Workload, port: int | None, objects: Objects, listens: Workload | None = None
) -> bool:
    policies = _of(pod, side, objects)
    peer = (other.namespace, objects.labels_of_namespace(other.namespace), other.labels)
    return not policies or any(
        _opens(rule, port, "TCP", listens or other) and _reaches(rule, _SIDES[side], one.namespace, peer)
        for one in policies
        for dummy, rule in mappings(one.data, "spec", side)
    )


def _opens(rule: dict[str, t.Any], port: int | None, protocol: str, listens: Workload | None) -> bool:
    if not sequence(rule, "ports"):
        return True
    named = dict(listens.ports) if listens else {}
    for dummy, one in mappings(rule, "ports"):
        if (text(one, "protocol") or "TCP") != protocol:
            continue
        opened = named.get(str(one.get("port")), one.get("port"))
        last = number(one, "endPort")
        if opened is None or opened == port or (isinstance(opened, int) and last and port and opened <= port <= last):
            return True
    return False


def _reaches(rule: dict[str, t.Any], key: str, own: str, peer: tuple[str, dict[str, t.Any], dict[str, t.Any]]) -> bool:
    """Tell whether a rule of a policy in the namespace *own* means *peer*: its namespace, that one's labels, its own labels."""
    if not sequence(rule, key):
        return True
    namespace, labels_of_namespace, labels = peer
    for dummy, one in mappings(rule, key):
        if "ipBlock" in one:
            if text(one, "ipBlock", "cidr") in _EVERYWHERE and not sequence(one, "ipBlock", "except"):
                return True
            continue
        is_there = (
            selects(one["namespaceSelector"], labels_of_namespace) if "namespaceSelector" in one else own == namespace
        )
        if is_there and selects(one.get("podSelector"), labels):
            return True
    return False


def _dead_peers(one: Manifest, side: str, objects: Objects) -> list[tuple[str, str]]:
    """Return the peers of the policy's own namespace that no pod is."""
    found = []
    for number_of_rule, rule in mappings(one.data, "spec", side):
        for number_of_peer, peer in mappings(rule, _SIDES[side]):
            selector = mapping(peer, "podSelector")
            if "namespaceSelector" in peer or not selector or selector_is_dns(selector):
                continue
            if not objects.selected(selector, one.namespace):
                place = one.place("spec", side, number_of_rule, _SIDES[side], number_of_peer)
                found.append((f"{side} {_SIDES[side]} {_in_words(selector, objects)}", place))
    return found


def selector_is_dns(selector: dict[str, t.Any]) -> bool:
    """Tell whether the name service is meant, which no release brings: whether it is reached is asked for each pod."""
    return mapping(selector, "matchLabels").get("k8s-app") == _DNS_LABELS["k8s-app"]


def _in_words(selector: dict[str, t.Any], objects: Objects) -> str:
    """Return the labels that are asked for, and of these only such as no pod has, if there are any."""
    asked = mapping(selector, "matchLabels").items()
    nobodys = [
        (key, value) for key, value in asked if not any(pod.labels.get(key) == value for pod in objects.workloads)
    ]
    named = [f"{key}={value}" for key, value in nobodys or asked]
    return ", ".join(named + [text(each, "key") for dummy, each in mappings(selector, "matchExpressions")])


def _dead_ports(one: Manifest, chosen: list[Workload]) -> list[tuple[str, str]]:
    """Return the rules that open none of the ports which the selected pods declare. Pods without declared ports are believed."""
    declared = sorted({port for pod in chosen for dummy, port in pod.ports})
    if not declared or "ingress" not in sides_of(one):
        return []
    found = []
    for position, rule in mappings(one.data, "spec", "ingress"):
        protocols = {text(each, "protocol") or "TCP" for dummy, each in mappings(rule, "ports")}
        is_open = any(
            _opens(rule, port, protocol, pod) for port in declared for protocol in protocols for pod in chosen
        )
        if protocols and not is_open:
            opened = ", ".join(str(each.get("port")) for dummy, each in mappings(rule, "ports"))
            listening = ", ".join(map(str, declared))
            found.append((f"{opened}, where the pods listen on {listening}", one.place("spec", "ingress", position)))
    return found


def _only_inside(one: Manifest) -> list[str]:
    """Return where 443 is opened to namespaces alone, in a policy that lets nothing out of the cluster: pods of namespaces
    are all inside of it, and what is meant by such a rule is outside."""
    rules = mappings(one.data, "spec", "egress")
    if any(
        not sequence(rule, "to") or any("ipBlock" in peer for dummy, peer in mappings(rule, "to"))
        for dummy, rule in rules
    ):
        return []
    return [
        one.place("spec", "egress", position)
        for position, rule in rules
        if any(number(port, "port") == _HTTPS for dummy, port in mappings(rule, "ports"))
        and any(
            peer.get("namespaceSelector") == {} and "podSelector" not in peer for dummy, peer in mappings(rule, "to")
        )
    ]
