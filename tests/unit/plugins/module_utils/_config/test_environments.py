# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._environments import (
    expand,
    is_unexpanded,
    scalar,
    url_part,
    variables,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._yaml import load

URL = "postgresql://app:s3cr%40t@db.internal:5432/x?sslmode=verify-full&sslrootcert=/c"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("${A}", "1"),
        ("$A-$A", "1-1"),
        ("${A:-x}", "1"),
        ("${B:-x}", "x"),
        ("${B:-}", ""),
        ("${EMPTY:-x}", "x"),
        ("${EMPTY-x}", ""),
        ("${A:+y}", "y"),
        ("${B:+y}", ""),
        ("$$A", "$A"),
        ("${B}", "${B}"),
        ("${B:?it is required}", "${B:?it is required}"),
    ],
)
def test_references_are_replaced_as_compose_does_it(text: str, wanted: str) -> None:
    assert expand(text, {"A": "1", "EMPTY": ""}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("${A}", True), ("$(A)", True), ("a$b", False), ("{{ a }}", False), (1, False)]
)
def test_a_reference_that_is_left_is_seen(text: object, wanted: bool) -> None:
    assert is_unexpanded(text) is wanted


@pytest.mark.parametrize(
    "text",
    [
        "env: {A: '1', B: true, C: null}",
        "env: [A=1, B=true, C]",
        "env: [{name: A, value: 1}, {name: B, value: true}, {name: C, valueFrom: {}}]",
    ],
    ids=["a mapping", "texts", "elements"],
)
def test_variables_are_read_however_they_are_written(text: str) -> None:
    (tree,) = load(text.encode(), "file")

    assert [(one.name, one.value) for one in variables(tree, "env", "file", None)] == [("A", "1"), ("B", "true")]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [("sslmode", "verify-full"), ("host", "db.internal"), ("port", "5432"), ("user", "app"), ("has_password", True)],
)
def test_the_parts_of_a_url_are_told_without_its_password(part: str, wanted: object) -> None:
    assert url_part(URL, part) == wanted


@pytest.mark.parametrize(
    ("url", "part", "wanted"),
    [
        ("postgres://db/x", "sslmode", None),
        ("host=db sslmode=require password=x", "sslmode", "require"),
        ("postgres://$(U):$(P)@h/x?sslmode=disable", "sslmode", "disable"),
        ("postgres://db/x", "has_password", False),
        ("nonsense", "host", None),
    ],
)
def test_a_part_that_is_not_there_is_unknown(url: str, part: str, wanted: object) -> None:
    assert url_part(url, part) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("true", True),
        ("TRUE", "TRUE"),
        ("0.10", 0.1),
        ("12", 12),
        ("012", "012"),
        ("-3", -3),
        ("live", "live"),
        ("", ""),
    ],
)
def test_the_text_of_a_variable_is_read_as_what_it_says(text: str, wanted: object) -> None:
    assert scalar(text) == wanted
    assert type(scalar(text)) is type(wanted)


@pytest.mark.parametrize(
    ("env", "value"),
    [
        ("[{name: A, value: x}, {name: U, value: 'h:$(A)'}]", "h:x"),
        ("[{name: U, value: 'h:$(A)'}, {name: A, value: x}]", "h:$(A)"),
        ("[{name: A, valueFrom: {configMapKeyRef: {name: c, key: K}}}, {name: U, value: 'h:$(A)'}]", "h:from the map"),
        ("[{name: A, valueFrom: {secretKeyRef: {name: c, key: K}}}, {name: U, value: 'h:$(A)'}]", "h:$(A)"),
        ("[{name: A, valueFrom: {configMapKeyRef: {name: c, key: X}}}, {name: U, value: 'h:$(A)'}]", "h:$(A)"),
    ],
    ids=["above", "below", "of a map", "secret", "unknown key"],
)
def test_kubernetes_replaces_what_stands_above(env: str, value: str) -> None:
    (tree,) = load(f"env: {env}".encode(), "d.yaml")

    assert [one.value for one in variables(tree, "env", "d.yaml", None, {"K": "from the map"}) if one.name == "U"] == [
        value
    ]


@pytest.mark.parametrize(
    ("url", "part", "value"),
    [
        ("nats://NATS:4222", "authority", "nats:4222"),
        ("nats://user:pass@nats", "authority", "nats:4222"),
        ("http://o", "port", "80"),
        ("http://o:$(PORT)/x", "port", "$(PORT)"),
        ("other://o", "port", None),
    ],
)
def test_host_and_port_of_a_url(url: str, part: str, value: str | None) -> None:
    assert url_part(url, part) == value
