# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import typing as t

import pytest

CONFIG = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: n}\ndata: {HOST: db, PORT: '5432'}"
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: keys, namespace: n}\ndata: {PASSWORD: aGlkZGVuLXZhbHVl}"
EXTERNAL = """
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata: {name: of-vault, namespace: n}
spec: {target: {name: keys}, data: [{secretKey: PASSWORD}]}
"""
URL = "postgresql://u:$(PASSWORD)@$(HOST):$(PORT)/x?sslmode=disable"


def config(name: str, key: str, more: str = "") -> str:
    return f"- {{name: {name}, valueFrom: {{configMapKeyRef: {{name: settings, key: {key}{more}}}}}}}"


def secret(name: str, key: str, more: str = "") -> str:
    return f"- {{name: {name}, valueFrom: {{secretKeyRef: {{name: keys, key: {key}{more}}}}}}}"


def env(*lines: str) -> str:
    return "env:\n" + "\n".join(f"  {line}" for line in lines)


def test_a_reference_to_a_later_variable_stays_as_it_is_written(describe: t.Any, deployment: t.Any) -> None:
    late = env(
        f"- {{name: URL, value: '{URL}'}}",
        secret("PASSWORD", "PASSWORD"),
        config("HOST", "HOST"),
        config("PORT", "PORT"),
    )
    (container,) = describe(deployment("a", late), CONFIG, SECRET)["containers"]
    assert container["late_variables"] == ["URL refers to PASSWORD"]
    assert container["late_at"] == ["m.yaml:13"]


@pytest.mark.parametrize(
    "entries",
    [
        [
            secret("PASSWORD", "PASSWORD"),
            config("HOST", "HOST"),
            config("PORT", "PORT"),
            f"- {{name: URL, value: '{URL}'}}",
        ],
        ["- {name: PRICE, value: '$$(NOT_A_REFERENCE)'}"],
        ["- {name: URL, value: 'http://$(API_SERVICE_HOST):$(API_SERVICE_PORT)'}"],
    ],
    ids=["declared before", "escaped", "made by the kubelet"],
)
def test_what_arrives_replaced_is_no_fault(describe: t.Any, deployment: t.Any, entries: list[str]) -> None:
    (container,) = describe(deployment("a", env(*entries)), CONFIG, SECRET)["containers"]
    assert container["late_variables"] == []


def test_a_reference_to_nothing_at_all_is_late_for_ever(describe: t.Any, deployment: t.Any) -> None:
    (container,) = describe(deployment("a", env("- {name: URL, value: '$(NOWHERE)'}")))["containers"]
    assert container["late_variables"] == ["URL refers to NOWHERE"]


def test_a_variable_of_envfrom_is_there_before_all_others(describe: t.Any, deployment: t.Any) -> None:
    both = "envFrom: [{configMapRef: {name: settings}}]\n" + env("- {name: URL, value: 'x://$(HOST):$(PORT)'}")
    assert describe(deployment("a", both), CONFIG)["containers"][0]["late_variables"] == []


@pytest.mark.parametrize(
    ("entry", "manifests", "wanted"),
    [
        (config("A", "NONE"), [CONFIG], ["Deployment/a wants the key NONE of the ConfigMap settings"]),
        (config("A", "HOST"), [], ["Deployment/a wants the ConfigMap settings"]),
        (config("A", "NONE", ", optional: true"), [CONFIG], []),
        (secret("A", "NONE"), [SECRET], ["Deployment/a wants the key NONE of the Secret keys"]),
        (secret("A", "NONE"), [EXTERNAL], ["Deployment/a wants the key NONE of the Secret keys"]),
        (secret("A", "PASSWORD"), [EXTERNAL], []),
        (secret("A", "NONE"), [EXTERNAL.replace("data: [", "dataFrom: [{}], data: [")], []),
        (secret("A", "NONE"), [], []),  # made by hand: nothing can be told
    ],
)
def test_references_that_lead_nowhere(
    describe: t.Any, deployment: t.Any, entry: str, manifests: list[str], wanted: list[str]
) -> None:
    found = describe(deployment("a", env(entry)), *manifests)["missing_references"]
    assert [one["name"] for one in found] == wanted


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://u@h/x?sslmode=disable", "disable"),
        ("postgres://u@h/x", "(not stated)"),
        ("postgresql+asyncpg://u@h/x?a=1&sslmode=verify-full", "verify-full"),
    ],
)
def test_the_tls_mode_of_a_database_url(describe: t.Any, deployment: t.Any, url: str, wanted: str) -> None:
    found = describe(deployment("a", env(f"- {{name: DATABASE_URL, value: '{url}'}}")))["database_urls"]
    assert found == [{"name": "Deployment/a DATABASE_URL", "sslmode": wanted, "at": ["m.yaml:13"]}]


def test_the_mode_is_seen_through_references_in_any_order(describe: t.Any, deployment: t.Any) -> None:
    entries = env("- {name: DATABASE_URL, value: '$(BASE)?sslmode=require'}", "- {name: BASE, value: 'postgres://h/x'}")
    assert describe(deployment("a", entries))["database_urls"][0]["sslmode"] == "require"


def test_references_in_a_circle_come_to_an_end(describe: t.Any, deployment: t.Any) -> None:
    entries = env("- {name: A, value: '$(B)$(B)'}", "- {name: B, value: '$(A)$(A)'}")
    assert describe(deployment("a", entries))["containers"][0]["late_variables"] == ["A refers to B"]


def test_a_literal_secret_is_named_and_never_shown(describe: t.Any, deployment: t.Any) -> None:
    entries = env(
        "- {name: JWT_SECRET, value: 7hUp3rS3cr3tV4lu3}",
        "- {name: CACHE, value: 'redis://:7hUp3rS3cr3tV4lu3@h:6379'}",
        "- {name: TOKEN, value: /run/secrets/token}",
        "- {name: API_KEY, value: $(KEY)}",
    )
    facts = describe(deployment("a", entries), SECRET)
    assert [one["name"] for one in facts["plain_values"]] == ["Deployment/a JWT_SECRET", "Deployment/a CACHE"]
    assert "7hUp3rS3cr3tV4lu3" not in str(facts)
    assert "hidden-value" not in str(facts)
