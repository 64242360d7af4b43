# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import base64
import json
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import (
    _base64_words,
    detect,
)

LETTERS = string.ascii_letters + string.digits


def word(length: int, letters: str = LETTERS) -> str:
    """A fresh random word; one of letters and digits has both cases and a digit."""
    made = "".join(random.Random().choices(letters, k=length))
    return made if letters != LETTERS else f"a9Z{made[3:]}"


def rules(text: str, path: str = "notes.txt") -> list[str]:
    return [hit.rule for hit in detect(text, path)]


def token() -> str:
    parts = ({"alg": "HS256"}, {"sub": word(24)})
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        + f".{word(43)}"
    )


def private_key(newline: str) -> str:
    return newline.join(["-----BEGIN RSA " + "PRIVATE KEY-----", *(word(64) for dummy in range(4)), "-----END"])


FOUND = [
    ("binance-key", lambda: f"BINANCE_API_SECRET={word(64)}"),
    ("binance-key", lambda: f"binance:\n  # production\n  api_key: '{word(64)}'"),
    ("binance-key", lambda: f"curl -H 'X-MBX-APIKEY: {word(64)}'"),
    ("bybit-key", lambda: f"bybit:\n  api_key: {word(18)}"),
    ("bybit-key", lambda: f"BYBIT_API_SECRET={word(36)}"),
    ("okx-key", lambda: f"OKX_API_KEY={'-'.join(word(n, '0123456789abcdef') for n in (8, 4, 4, 4, 12))}"),
    ("okx-key", lambda: f"OKX_SECRET_KEY={word(32, '0123456789ABCDEF')}"),
    ("okx-passphrase", lambda: f"okx:\n  passphrase: '{word(10)}!'"),
    ("aws-access-key", lambda: f"AKIA{word(16, string.ascii_uppercase + '234567')}"),
    ("aws-secret-key", lambda: f"aws_secret_access_key = {word(40)}"),
    ("github-token", lambda: f"ghp_{word(36)}"),
    ("gitlab-token", lambda: f"glpat-{word(20)}"),
    ("slack-token", lambda: f"xoxb-{word(12, string.digits)}-{word(24)}"),
    ("slack-webhook", lambda: f"https://hooks.slack.com/services/T{word(9)}/B{word(9)}/{word(24)}"),
    ("stripe-key", lambda: f"sk_live_{word(24)}"),
    ("anthropic-key", lambda: f"sk-ant-api03-{word(80)}"),
    ("openai-key", lambda: f"sk-proj-{word(60)}"),
    ("openai-key", lambda: f"sk-{word(48)}"),
    ("google-key", lambda: f"AIza{word(35)}"),
    ("telegram-token", lambda: f"739104826:AA{word(33)}"),
    ("coingecko-key", lambda: f"CG-{word(24)}"),
    ("private-key", lambda: private_key("\n")),
    ("private-key", lambda: private_key("\\n")),
    ("json-web-token", token),
    ("url-credentials", lambda: f"postgres://app:{word(12)}@db.internal/app"),
    ("url-credentials", lambda: "redis://:correct-horse-battery@cache:6379"),
    ("authorization-header", lambda: f'curl -H "Authorization: Bearer {word(40)}"'),
    ("assigned-secret", lambda: f"POSTGRES_PASSWORD={word(9)}!#"),
    ("assigned-secret", lambda: f"JWT_SECRET={word(64, '0123456789abcdef')}"),
    ("assigned-secret", lambda: f'"{{\\"api_key\\": \\"{word(32)}\\"}}"'),
    ("assigned-secret", lambda: f"export API_TOKEN='{word(30)}'\r\n"),
    ("github-token", lambda: "data: " + base64.b64encode(f"ghp_{word(36)}".encode()).decode()),
    ("kubernetes-secret", lambda: f"kind: Secret\nstringData:\n  url: {word(20)}\n"),
]


@pytest.mark.parametrize(
    ("rule", "make"), FOUND, ids=[f"{number} {rule}" for number, (rule, dummy) in enumerate(FOUND)]
)
def test_a_secret_is_found_by_its_most_telling_rule(rule: str, make: object) -> None:
    text = make()  # type: ignore[operator]

    assert rules(text) == [rule]


NOT_FOUND = {
    "placeholders": "BINANCE_API_KEY=your_binance_api_key\nANTHROPIC_API_KEY=sk-ant-api03-your-anthropic-api-key\n",
    "a word to change": "POSTGRES_PASSWORD=CHANGE_ME_TO_SECURE_PASSWORD\nJWT_SECRET=changeme_in_production_1\n",
    "references": "password: ${POSTGRES_PASSWORD}\nurl: postgres://app:$(DB_PASSWORD)@db/app\ntoken: {{ vault_token }}\n",
    "the checklist's own examples": 'grep -r "AKIA" .  # AWS keys\ngrep -r "sk_live" .  # Stripe keys\n',
    "the example of a vendor": "AKIAIOSFODNN7EXAMPLE",
    "a webhook to fill in": "https://hooks.slack.com/services/YOUR/WEBHOOK/URL https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
    "a hash beside an exchange": "binance image: sha256:" + "0123456789abcdef" * 4,
    "an encoded placeholder": "kind: Secret\ndata:\n  POSTGRES_PASSWORD: Y2hhbmdlbWU=\n",
    "an expression of a program": "password := cfg.Database.Password2x\n",
    "the name of a variable": "key: BINANCE_API_SECRET\nsecretKeyRef: VAULT_K8S_ROLE\n",
    "a local default": "postgres://postgres:cryptofunk_dev_password@localhost:5432/cryptofunk",
    "a known default": "postgres://postgres:postgres@db:5432/x redis://:password@cache",
    "a header of a key": "-----BEGIN " + "PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
    "a path": "token_url: 8080/api/v1/decisions/similar2\n",
}


@pytest.mark.parametrize("text", NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_what_stands_in_place_of_a_secret_is_not_found(text: str) -> None:
    assert rules(text, "main.go") == []


def test_a_hit_has_its_line_and_its_name() -> None:
    (hit,) = detect(f"one\ntwo\n  api_secret: '{word(40)}'\n")

    assert (hit.line, hit.name) == (3, "api_secret")


def test_two_secrets_in_a_line_are_two_hits() -> None:
    assert len(detect(f'binance.NewClient("{word(64)}", "{word(64)}")')) == 2


@given(st.binary(max_size=300))
def test_any_bytes_are_searched_without_an_exception(content: bytes) -> None:
    detect(content.decode("latin-1"), "any")


@given(st.text(alphabet="kindSecret:data \n-_=\"'`/@.eyJKEYpass", max_size=200))
def test_any_text_of_telling_letters_is_searched_without_an_exception(text: str) -> None:
    detect(text, "any.yaml")


def test_words_of_base64_are_taken_whole_and_by_their_length() -> None:
    first, last, longest = word(24), word(30), word(4096)
    text = f"{first} {word(23)} ü{longest}\n{word(4097)}={first};{last}"
    assert _base64_words(text) == {first, longest, last}
