# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import random
import string

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._manifests._stand_ins import is_stand_in

_ALPHABET = string.ascii_letters + string.digits + "+/"
_BODY = "AAAAAAAA" + "".join(random.Random(7).choices(_ALPHABET, k=56))  # a key begins with zeros of its own
_LONG = "".join(random.Random(8).choices(string.ascii_letters + string.digits, k=24))


def pem(body: str, label: str = "PRIVATE KEY") -> str:
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----\n"


def login(**keys: str) -> str:
    return json.dumps({"auths": {"registry.example.com": keys}})


def packed(password: str) -> str:
    return base64.b64encode(f"robot:{password}".encode()).decode()


@pytest.mark.parametrize(
    "plain",
    [
        "",
        _LONG,
        pem(_BODY),
        pem(_BODY, "CERTIFICATE") + pem(_BODY),
        pem(f"Proc-Type: 4,ENCRYPTED\n\n{_BODY}", "EC PRIVATE KEY"),
        login(auth=packed(_LONG)),
        login(username="robot", password=_LONG),
        login(identitytoken=_LONG),
        "{not json: " + _LONG,
    ],
)
def test_what_holds_a_secret_is_none(plain: str) -> None:
    assert not is_stand_in(plain)


@pytest.mark.parametrize(
    "plain",
    [
        "changeme",
        "admin-password",
        "${POSTGRES_PASSWORD}",
        pem("your private key here"),
        pem("MIIE..."),
        pem(_BODY, "CERTIFICATE") + pem("<paste it here>"),
        login(auth=packed("changeme")),
        login(auth=packed("")),
        login(auth="no base64", username="robot"),
        login(password="your-password"),
        json.dumps({"auths": {}}),
    ],
)
def test_what_holds_none_is_one(plain: str) -> None:
    assert is_stand_in(plain)
