# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How each part of the cluster is started."""

from __future__ import annotations

from pathlib import Path

from sandbox._certificates import Pair
from sandbox._sandbox import INTERNAL, Sandbox

NAME = "kubernetes"
PORTS = {
    "etcd": 400,
    "etcd_peer": 401,
    "api": 402,
    "controllers": 403,
    "scheduler": 404,
    "nodes": 405,
    "metrics": 406,
}


def _pair(home: Path, name: str = "server") -> tuple[str, ...]:
    pair = Pair(home / f"{name}.crt", home / f"{name}.key")
    return (f"--tls-cert-file={pair.certificate}", f"--tls-private-key-file={pair.key}")


def etcd(sandbox: Sandbox) -> list[str]:
    clients, peers = (f"http://{INTERNAL}:{sandbox.port(PORTS[word])}" for word in ("etcd", "etcd_peer"))
    return [
        f"--data-dir={sandbox.home(NAME) / 'etcd'}",
        f"--listen-client-urls={clients}",
        f"--advertise-client-urls={clients}",
        f"--listen-peer-urls={peers}",
        f"--initial-advertise-peer-urls={peers}",
        f"--initial-cluster=default={peers}",
        "--unsafe-no-fsync",
        "--log-level=warn",
    ]


def apiserver(sandbox: Sandbox) -> list[str]:
    home = sandbox.home(NAME)
    return [
        f"--etcd-servers=http://{INTERNAL}:{sandbox.port(PORTS['etcd'])}",
        f"--bind-address={INTERNAL}",
        f"--advertise-address={INTERNAL}",
        f"--secure-port={sandbox.port(PORTS['api'])}",
        *_pair(home),
        f"--client-ca-file={home}/ca/ca.crt",
        f"--service-account-key-file={home}/accounts.crt",
        f"--service-account-signing-key-file={home}/accounts.key",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--authorization-mode=Node,RBAC",
        "--service-cluster-ip-range=10.96.0.0/16",
        "--allow-privileged",
        "--endpoint-reconciler-type=none",
        f"--requestheader-client-ca-file={home}/ca/ca.crt",
        "--requestheader-allowed-names=admin",
        "--requestheader-extra-headers-prefix=X-Remote-Extra-",
        "--requestheader-group-headers=X-Remote-Group",
        "--requestheader-username-headers=X-Remote-User",
        f"--proxy-client-cert-file={home}/admin.crt",
        f"--proxy-client-key-file={home}/admin.key",
    ]


def controllers(sandbox: Sandbox) -> list[str]:
    home = sandbox.home(NAME)
    return [
        f"--kubeconfig={home}/admin.conf",
        f"--service-account-private-key-file={home}/accounts.key",
        f"--root-ca-file={home}/ca/ca.crt",
        "--use-service-account-credentials",
        "--leader-elect=false",
        f"--bind-address={INTERNAL}",
        f"--secure-port={sandbox.port(PORTS['controllers'])}",
        *_pair(home),
        "--pvclaimbinder-sync-period=2s",
        "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
        "--horizontal-pod-autoscaler-sync-period=3s",
        "--kube-api-qps=200",
        "--kube-api-burst=400",
    ]


def scheduler(sandbox: Sandbox) -> list[str]:
    home = sandbox.home(NAME)
    return [
        f"--kubeconfig={home}/admin.conf",
        "--leader-elect=false",
        f"--bind-address={INTERNAL}",
        f"--secure-port={sandbox.port(PORTS['scheduler'])}",
        *_pair(home),
    ]


def kwok(sandbox: Sandbox, stages: Path) -> list[str]:
    home = sandbox.home(NAME)
    port = sandbox.port(PORTS["nodes"])
    return [
        f"--kubeconfig={home}/admin.conf",
        "--manage-all-nodes=true",
        "--node-lease-duration-seconds=40",
        f"--node-ip={INTERNAL}",
        f"--node-port={port}",
        f"--server-address={INTERNAL}:{port}",
        *_pair(home),
        f"--config={stages}",
    ]


def metrics(sandbox: Sandbox) -> list[str]:
    home = sandbox.home(NAME)
    return [
        *(f"--{word}kubeconfig={home}/admin.conf" for word in ("", "authentication-", "authorization-")),
        f"--bind-address={INTERNAL}",
        f"--secure-port={sandbox.port(PORTS['metrics'])}",
        *_pair(home),
        "--kubelet-insecure-tls",
        "--kubelet-use-node-status-port",
        "--kubelet-preferred-address-types=InternalIP",
        "--metric-resolution=10s",
        "--kubelet-request-timeout=5s",
    ]
