# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The variables of a container, as the kubelet makes them. Pure. This is a private part of the collection.

``$(NAME)`` is replaced only where NAME was declared before; otherwise the program gets these very characters. What comes out of a
Secret is never known here: ``HIDDEN`` stands for it.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._object import Manifest
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._objects import Container, Objects
from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._plain import (
    get,
    mapping,
    mappings,
    sequence,
    text,
)

HIDDEN = "hidden"
_REFERENCE = re.compile(r"\$\$|\$\((?P<name>[^()\s]+)\)")
_OF_A_SERVICE = re.compile(r"[A-Z0-9_]+_(?:SERVICE_HOST|SERVICE_PORT|PORT)(?:_\w+)?")  # the kubelet sets these
_SECRET_KINDS = ("Secret", "ExternalSecret", "SealedSecret")


@dataclass
class Environment:
    """What a container's variables are, and what is wrong with them."""

    meant: dict[str, str] = field(default_factory=dict)  # with each reference replaced, whatever the order
    literal: dict[str, str] = field(default_factory=dict)  # those whose value stands in the manifest
    late: dict[str, str] = field(default_factory=dict)  # variable → a name that it refers to before it is declared
    gaps: list[tuple[str, str, str]] = field(default_factory=list)  # kind of object, what is missing, where
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Keys:
    """The keys of a Secret or ConfigMap; None when they cannot be known."""

    known: dict[str, str | None] | None


def environment(container: Container, objects: Objects) -> Environment:
    found = Environment()
    raw: dict[str, str] = {}
    for number, one in mappings(container.data, "envFrom"):
        _take_all(found, raw, container, number, one, objects)
    declared = list(raw)
    entries = mappings(container.data, "env")
    later = {text(one, "name") for dummy, one in entries}
    for number, one in entries:
        name = text(one, "name")
        found.places[name] = container.place("env", number)
        raw[name] = _value(found, container, number, one, objects)
        missed = [ref for ref in references(text(one, "value")) if ref not in declared]
        if missed and (missed[0] in later or not _OF_A_SERVICE.fullmatch(missed[0])):
            found.late[name] = missed[0]
        if isinstance(one.get("value"), str):
            found.literal[name] = one["value"]
        declared.append(name)
    found.meant = {name: _expand(value, raw) for name, value in raw.items()}
    return found


def references(value: str) -> list[str]:
    """Return the names that *value* refers to; ``$$(NAME)`` is no reference."""
    return [match.group("name") for match in _REFERENCE.finditer(value) if match.group("name")]


def _expand(value: str, raw: dict[str, str], depth: int = 0) -> str:
    if depth > 5:
        return value
    return _REFERENCE.sub(
        lambda match: (
            _expand(raw[match.group("name")], raw, depth + 1) if match.group("name") in raw else match.group()
        ),
        value,
    )


def _value(found: Environment, container: Container, number: int, one: dict[str, t.Any], objects: Objects) -> str:
    if isinstance(one.get("value"), (str, int, float)):
        return str(one["value"])
    for key, kind in (("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")):
        ref = mapping(one, "valueFrom", key)
        if ref:
            at = container.place("env", number)
            return _look_up(found, kind, ref, (container.workload.namespace, at), objects)
    return ""


def _look_up(found: Environment, kind: str, ref: dict[str, t.Any], where: tuple[str, str], objects: Objects) -> str:
    """Return the value that *ref* refers to; note the key or the ConfigMap that is not there."""
    namespace, at = where
    name, key = text(ref, "name"), text(ref, "key")
    keys = keys_of(objects, kind, namespace, name)
    is_optional = ref.get("optional") is True
    if keys is None:
        if kind == "ConfigMap" and not is_optional:
            found.gaps.append((kind, f"the ConfigMap {name}", at))
    elif keys.known is not None and key not in keys.known and not is_optional:
        found.gaps.append((kind, f"the key {key} of the {kind} {name}", at))
    elif keys.known is not None and kind == "ConfigMap":
        return keys.known.get(key) or ""
    return HIDDEN if kind == "Secret" else ""


def _take_all(
    found: Environment, raw: dict[str, str], container: Container, number: int, one: dict[str, t.Any], objects: Objects
) -> None:
    for key, kind in (("configMapRef", "ConfigMap"), ("secretRef", "Secret")):
        name = text(one, key, "name")
        if not name:
            continue
        keys = keys_of(objects, kind, container.workload.namespace, name)
        at = container.place("envFrom", number)
        if keys is None and kind == "ConfigMap" and get(one, key, "optional") is not True:
            found.gaps.append((kind, f"the ConfigMap {name}", at))
        for own, value in (keys.known or {}).items() if keys else ():
            name_of = f"{text(one, 'prefix')}{own}"
            raw[name_of] = HIDDEN if kind == "Secret" else value or ""
            found.places[name_of] = at


def keys_of(objects: Objects, kind: str, namespace: str, name: str) -> _Keys | None:
    """Return the keys of a ConfigMap or Secret, or None when no manifest makes it."""
    if (kind, name) in objects.outside:
        return _Keys(None)
    makers = [objects.find(one, namespace, name) for one in (_SECRET_KINDS if kind == "Secret" else (kind,))]
    found = [_keys_in(one) for one in makers if one]
    if kind == "Secret":
        found += [
            _keys_in(one) for one in objects.of_kind("ExternalSecret") if _target(one) == name and one.name != name
        ]
    if not found:
        return None
    if any(one.known is None for one in found):
        return _Keys(None)
    return _Keys({key: value for one in found for key, value in (one.known or {}).items()})


def _target(external: Manifest) -> str:
    return text(external.data, "spec", "target", "name") or external.name


def _keys_in(one: Manifest) -> _Keys:
    if one.kind in ("ConfigMap", "Secret"):
        plain = mapping(one.data, "data" if one.kind == "ConfigMap" else "stringData")
        other = mapping(one.data, "binaryData" if one.kind == "ConfigMap" else "data")
        return _Keys({**dict.fromkeys(other), **{key: _scalar(value) for key, value in plain.items()}})
    if one.kind == "SealedSecret":
        return _Keys(dict.fromkeys(mapping(one.data, "spec", "encryptedData")))
    template = mapping(one.data, "spec", "target", "template")
    if sequence(one.data, "spec", "dataFrom") or template.get("templateFrom"):
        return _Keys(None)
    if mapping(template, "data"):
        return _Keys(dict.fromkeys(mapping(template, "data")))
    return _Keys({text(entry, "secretKey"): None for dummy, entry in mappings(one.data, "spec", "data")})


def _scalar(value: t.Any) -> str | None:
    return str(value) if isinstance(value, (str, int, float)) else None
