# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ingresses: TLS, foreign origins, rewritten paths, and what is behind them. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    Place,
    get,
    mapping,
    mappings,
    text,
    texts,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._services import ports_of

_NGINX = "nginx.ingress.kubernetes.io/"


def ingress(one: Manifest, objects: Objects) -> dict[str, t.Any]:
    notes = mapping(one.data, "metadata", "annotations")
    hosts = [text(rule, "host") for dummy, rule in mappings(one.data, "spec", "rules")]
    origins = _origins(notes)
    return {
        "name": one.label,
        "at": [one.place("metadata", "name")],
        "hosts_without_tls": [host or "(every host)" for host in hosts if not _is_secured(host, one)],
        "rules_at": [one.place("spec", "tls" if get(one.data, "spec", "tls") else "rules")],
        "plain_http": _note(notes, "ssl-redirect") == "false" and _note(notes, "force-ssl-redirect") != "true",
        "origins": origins,
        "any_origin": any("*" in origin for origin in origins),
        "origins_at": [_note_place(one, "cors-allow-origin", "enable-cors")],
        "all_paths_are_root": _note(notes, "rewrite-target") == "/" and any(_is_prefix(path) for path in _paths(one)),
        "rewrite_at": [_note_place(one, "rewrite-target")],
        **_backends(one, objects),
    }


def _note(notes: dict[str, t.Any], name: str) -> str:
    return str(notes.get(_NGINX + name, "")).strip().lower()


def _note_place(one: Manifest, *names: str) -> str:
    notes = mapping(one.data, "metadata", "annotations")
    name = next((name for name in names if _NGINX + name in notes), names[0])
    return one.place("metadata", "annotations", _NGINX + name)


def _origins(notes: dict[str, t.Any]) -> list[str]:
    """Return the origins that the ingress controller allows; where it is told to do CORS and not for whom, all of them."""
    if _note(notes, "enable-cors") != "true":
        return []
    return [one.strip() for one in (_note(notes, "cors-allow-origin") or "*").split(",")]


def _is_secured(host: str, one: Manifest) -> bool:
    for dummy, tls in mappings(one.data, "spec", "tls"):
        for name in texts(tls, "hosts"):
            if name == host or (name.startswith("*.") and host.partition(".")[2] == name[2:]):
                return True
        if not texts(tls, "hosts"):
            return True
    return False


def _paths(one: Manifest) -> list[dict[str, t.Any]]:
    rules = [rule for dummy, rule in mappings(one.data, "spec", "rules")]
    return [path for rule in rules for dummy, path in mappings(rule, "http", "paths")]


def _is_prefix(path: dict[str, t.Any]) -> bool:
    """Tell whether *path* stands for more than one, all of which a rewrite to the root makes the same."""
    return text(path, "pathType") != "Exact"


def _backends(one: Manifest, objects: Objects) -> dict[str, t.Any]:
    missing, places = [], []
    for place, backend in _each_backend(one):
        name, port = text(backend, "service", "name"), mapping(backend, "service", "port")
        found = objects.find("Service", one.namespace, name)
        offered = ports_of(found) if found else []
        wanted = port.get("number", port.get("name"))
        if name and not any(wanted in (title, number) for title, number, dummy in offered):
            missing.append(f"{name}:{wanted}")
            places.append(one.place(*place))
    return {"dead_backends": missing, "dead_backends_at": places}


def _each_backend(one: Manifest) -> t.Iterator[tuple[Place, dict[str, t.Any]]]:
    yield ("spec", "defaultBackend"), mapping(one.data, "spec", "defaultBackend")
    for outer, rule in mappings(one.data, "spec", "rules"):
        for inner, path in mappings(rule, "http", "paths"):
            yield ("spec", "rules", outer, "http", "paths", inner), mapping(path, "backend")
