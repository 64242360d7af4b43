# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Options that several probes share. Their documentation is ``plugins/doc_fragments/_options.py``: keep the two in step.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import typing as t


def timeout(default: float) -> dict[str, t.Any]:
    """The budget of a whole probe, in seconds."""
    return {"timeout": {"type": "float", "default": default}}


def login(port: int) -> dict[str, t.Any]:
    """Where and as whom to log in to a server."""
    return {
        "login_host": {"type": "str", "required": True},
        "login_port": {"type": "int", "default": port},
        "login_user": {"type": "str"},
        "login_password": {"type": "str", "no_log": True},
    }


def database() -> dict[str, t.Any]:
    """Where and as whom to log in to a database of PostgreSQL, and how to use TLS for it."""
    return {
        **login(5432),
        "login_db": {"type": "str", "default": "postgres"},
        "ssl_mode": {
            "type": "str",
            "choices": ["disable", "allow", "prefer", "require", "verify-ca", "verify-full"],
            "default": "prefer",
        },
        "ca_cert": {"type": "path"},
        "ssl_cert": {"type": "path"},
        "ssl_key": {"type": "path", "no_log": False},
    }


def signing() -> dict[str, t.Any]:
    """With which keys to sign requests to AWS, or to a store with its API."""
    return {
        "access_key": {"type": "str", "no_log": False},
        "secret_key": {"type": "str", "no_log": True},
        "session_token": {"type": "str", "no_log": True},
    }


def of_images() -> dict[str, t.Any]:
    """What is known of images and of the registries that they come from."""
    return {
        "software": {"type": "dict", "default": {}},
        "stateful": _texts("postgresql", "redis", "nats", "prometheus", "grafana"),
        "placeholder_registries": _texts("your-registry.*", "registry.your*", "my-registry.*", "*.changeme.*"),
        "open_registries": _texts(
            "docker.io",
            "index.docker.io",
            "quay.io",
            "registry.k8s.io",
            "k8s.gcr.io",
            "public.ecr.aws",
            "mcr.microsoft.com",
            "*.dkr.ecr.*.amazonaws.com",
            "*.pkg.dev",
            "*gcr.io",
            "*.azurecr.io",
        ),
    }


def _texts(*default: str) -> dict[str, t.Any]:
    return {"type": "list", "elements": "str", "default": list(default)}
