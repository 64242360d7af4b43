# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The subjects about the cluster itself: its version and its nodes. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _nodes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes import _resources as r
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._lists import Lists, Wanted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes._programs import unseen
from ansible_collections.cryptofunk.readiness.plugins.module_utils._kubernetes.client import Absent, Client
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Part, Subject, subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest

Data = t.Dict[str, t.Any]

_SYSTEM = "kube-system"
_STATUS = "cluster-autoscaler-status"


def wanted(autoscaler_namespaces: t.Sequence[str]) -> list[Wanted]:
    return [
        (r.NODES, None),
        (r.NODE_METRICS, None),
        *((r.DEPLOYMENTS, place) for place in autoscaler_namespaces),
    ]


def look(client: Client, lists: Lists, autoscaler_namespaces: t.Sequence[str]) -> list[Subject]:
    """Return the subject of the cluster, and one for each node."""
    part = Part()
    part.look("server", lambda: _nodes.server(client.get("/version", "get /version")), "get the version of the server")
    minor = (part.seen["server"] or {}).get("minor")
    try:
        nodes = [(one, _nodes.node(one, minor)) for one in lists.of(r.NODES)]
        each = [subject(f"Node/{one.name}", {"kind": "node", "name": one.name, **facts}) for one, facts in nodes]
    except LookError as exc:
        nodes, each = [], [unseen("node", "the nodes", exc)]
    part.look("nodes", lambda: _fitness(lists, nodes), "list nodes")
    part.look("metrics_api", lambda: _metrics(lists), "see the metrics of nodes")
    part.look(
        "node_autoscaler", lambda: _autoscaler(client, lists, nodes, autoscaler_namespaces), "see what adds nodes"
    )
    return [subject(f"cluster {client.name}", {"kind": "cluster", **part.to_dict()}), *each]


def _fitness(lists: Lists, nodes: t.Sequence[t.Any]) -> Data:
    lists.of(r.NODES)  # lets the reason come out for which there are none to count
    return _nodes.fitness([facts for dummy, facts in nodes])


def _metrics(lists: Lists) -> Data:
    known = lists.known(r.NODE_METRICS)
    return {"known": known, "nodes": len(lists.of(r.NODE_METRICS)) if known else 0}


def _autoscaler(client: Client, lists: Lists, nodes: t.Sequence[t.Any], places: t.Sequence[str]) -> Data:
    lists.of(r.NODES)
    programs: list[Manifest] = [one for place in places for one in lists.of(r.DEPLOYMENTS, place)]
    try:
        status: Data | None = client.one(r.CONFIG_MAPS, _SYSTEM, _STATUS)
    except Absent:
        status = None
    return _nodes.node_autoscaler([facts for dummy, facts in nodes], programs, status)
