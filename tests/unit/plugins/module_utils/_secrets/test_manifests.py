# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._manifests import (
    is_manifest,
    literals,
    secret_objects,
)


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("docker-compose.yml", True),
        ("docker/ci/docker-compose.override.yaml", True),
        ("deployments/k8s/base/secrets.yaml", True),
        ("configs/config.yaml", True),
        (".env", True),
        (".env.production", True),
        (".env.example", False),
        ("configs/examples/paper-trading.yaml", False),
        ("deployments/README.md", False),
        ("internal/config/config.go", False),
    ],
)
def test_only_what_is_deployed_as_it_stands_is_a_manifest(path: str, wanted: bool) -> None:
    assert is_manifest(path) is wanted


def test_the_values_of_secrets_are_decoded_and_those_of_other_kinds_are_not_taken() -> None:
    text = (
        "kind: ConfigMap\ndata:\n  A: Y2hhbmdlbWU=\n---\nkind: Secret # mine\nmetadata:\n  name: x\n"
        "data:\n  # why\n  B: Y2hhbmdlbWU=  # changeme\n  C: \"\"\ntype: Opaque\nstringData:\n  D: 'plain'\n"
    )

    assert [(one.line, one.name, one.plain) for one in secret_objects(text)] == [
        (10, "B", "changeme"),
        (14, "D", "plain"),
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("POSTGRES_PASSWORD: postgres", ["POSTGRES_PASSWORD"]),
        ("token: ${VAULT_DEV_TOKEN:-dev}", ["VAULT_DEV_TOKEN"]),
        ("- name: DB_PASSWORD\n  value: admin", ["DB_PASSWORD"]),
        ("password: ${POSTGRES_PASSWORD}", []),
        ("password: ${POSTGRES_PASSWORD:?it is required}", []),
        ("password: ''", []),
        ("# password: old", []),
        ("max_tokens: 2000", []),
        ("api_key_validation: false", []),
        ("secretName: vault-token", []),
        ("- secretKey: POSTGRES_PASSWORD", []),
        ("password_file: /run/secrets/db", []),
    ],
)
def test_literals_are_values_under_the_name_of_a_secret(text: str, names: list[str]) -> None:
    assert [one.name for one in literals(text)] == names
