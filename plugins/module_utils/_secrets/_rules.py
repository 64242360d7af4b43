# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a secret looks like. Pure data. This is a private part of the collection.

A rule matches the secret in its last group that took part, or in the whole match when it has none. An exchange's keys are plain
letters and digits, so that only their surroundings tell them from a hash: they are searched behind a keyword, and ``near`` must
stand right ahead of them.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One kind of secret."""

    name: str
    title: str
    keywords: tuple[str, ...]  # lower case; a text with none of them is not searched
    pattern: t.Pattern[str]
    is_behind_keyword: bool = False  # search only in what follows a keyword
    assigns: t.Pattern[str] | None = None  # must follow a keyword, in lower case; the pattern begins where it ends
    near: t.Pattern[str] | None = None
    is_mixed: bool = False  # the secret has lower case, upper case and digits
    is_generic: bool = False  # tells by its surroundings alone, so that test code is full of it


def _rule(name: str, title: str, keywords: str, pattern: str, **more: t.Any) -> Rule:
    return Rule(name, title, tuple(keywords.split()), re.compile(pattern), **more)


_KEY_NAME = r"(?i:api|access|secret|private|key|sign)[\w.\- ]{0,24}[\"'`]?\s{0,4}(?::=|=>|[:=,(])\s{0,4}[\"'`]?\s*$"
_ASSIGNED = re.compile(r"(?:[\"'`]|[:=]\s{0,4})$")
_HEADER_OR_KEY = re.compile(
    rf"(?:{_KEY_NAME[:-1]}|(?i:x-mbx-apikey|x-bapi-api-key|ok-access-key)[\"'`]?\s*[:=,]\s*[\"'`]?)$"
)
_KEYS = " ".join(
    f"{kind}{joint}key"
    for kind in ("api", "private", "access", "encryption", "signing", "master", "service", "client", "auth")
    for joint in ("", "_", "-")
)
_ALONE = r"(?<![A-Za-z0-9+/_-]){}(?![A-Za-z0-9+/_=-])"


def _alone(pattern: str) -> str:
    return _ALONE.replace("{}", pattern)


EXCHANGES = (
    _rule(
        "binance-key",
        "Binance API key or secret",
        "binance x-mbx-apikey",
        _alone(r"[A-Za-z0-9]{64}"),
        is_behind_keyword=True,
        near=_ASSIGNED,
        is_mixed=True,
    ),
    _rule(
        "bybit-key",
        "Bybit API key or secret",
        "bybit x-bapi",
        _alone(r"(?:[A-Za-z0-9]{36}|[A-Za-z0-9]{18})"),
        is_behind_keyword=True,
        near=_HEADER_OR_KEY,
        is_mixed=True,
    ),
    _rule(
        "okx-key",
        "OKX API key or secret",
        "okx okex ok-access",
        _alone(r"(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-F]{32})"),
        is_behind_keyword=True,
        near=_HEADER_OR_KEY,
    ),
    _rule(
        "okx-passphrase",
        "OKX API passphrase",
        "okx okex ok-access",
        r"(?i:pass[_-]?phrase)[\w.\-]{0,12}[\\\"'`\]]{0,4}\s{0,4}(?::=|=>|[:=,])\s{0,4}[\\\"'`]{0,2}([^\s\"'`\\]{8,64})",
        is_behind_keyword=True,
    ),
)

PROVIDERS = (
    _rule("aws-access-key", "AWS access key id", "akia asia", r"\b(?:AKIA|ASIA)[A-Z2-7]{16}\b"),
    _rule(
        "aws-secret-key",
        "AWS secret access key",
        "aws",
        _alone(r"[A-Za-z0-9/+]{40}"),
        is_behind_keyword=True,
        near=re.compile(r"(?i:secret)[\w.\- ]{0,24}[\"'`]?\s{0,4}(?::=|=>|[:=,(])\s{0,4}[\"'`]?$"),
        is_mixed=True,
    ),
    _rule(
        "github-token",
        "GitHub token",
        "ghp_ gho_ ghu_ ghs_ ghr_ github_pat_",
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_\w{60,240})\b",
    ),
    _rule("gitlab-token", "GitLab token", "glpat-", r"\bglpat-[\w-]{20,60}"),
    _rule("slack-token", "Slack token", "xox xapp-", r"\b(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{20,250}"),
    _rule(
        "slack-webhook",
        "Slack webhook",
        "hooks.slack.com",
        r"hooks\.slack\.com/(?:services|workflows)/(T\w{6,}/[BA]\w{6,}/[\w/]{20,})",
    ),
    _rule("stripe-key", "Stripe live key", "sk_live_ rk_live_", r"\b[rs]k_live_[A-Za-z0-9]{16,247}"),
    _rule("anthropic-key", "Anthropic API key", "sk-ant-", r"\bsk-ant-[a-z0-9]{3,12}-[\w-]{20,200}"),
    _rule(
        "openai-key",
        "OpenAI API key",
        "sk-",
        r"sk-(?<![A-Za-z0-9_-]sk-)(?!ant-)(?:(?:proj|svcacct|admin)-[\w-]{20,250}|[A-Za-z0-9]{32,64}\b)",
    ),
    _rule("google-key", "Google API key", "aiza", r"\bAIza[\w-]{35}(?![\w-])"),
    _rule("telegram-token", "Telegram bot token", ":aa", r"(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])"),
    _rule("coingecko-key", "CoinGecko API key", "cg-", r"\bCG-[A-Za-z0-9]{24}\b", is_mixed=True),
    _rule("sendgrid-key", "SendGrid API key", "sg.", r"\bSG\.[\w-]{20,24}\.[\w-]{39,50}"),
    _rule("vault-token", "Vault token", "hvs. hvb.", r"\bhv[sb]\.[\w-]{24,300}"),
    _rule("npm-token", "npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b", is_mixed=True),
    _rule("pypi-token", "PyPI token", "pypi-", r"\bpypi-AgE[\w-]{50,300}"),
    _rule(
        "private-key",
        "Private key",
        "private key",
        r"-----BEGIN[ A-Z0-9]{0,20}PRIVATE KEY(?: BLOCK)?-----(?:[\s\"'`+,\\]|\\[nr]){1,12}(?:[A-Za-z-]{4,20}: [^\n\\]{1,80}(?:\s|\\n)+)*"
        r"((?:[A-Za-z0-9+/=]|[\s\"'`+,]|\\[nr]){64,})",
    ),
    _rule("json-web-token", "JSON web token", "eyj", r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{16,}"),
)

GENERIC = (
    _rule(
        "url-credentials",
        "Password in a URL",
        "://",
        r"://[^\s:@/\"'`<>()]{0,80}:([^\s@\"'`<>]{3,128})@[\w.\[$({-]",
        is_generic=True,
    ),
    _rule(
        "authorization-header",
        "Credentials in an HTTP header",
        "authorization",
        r"[aA]uthorization[\\\"'`]{0,2}\s{0,4}[:=,]\s{0,4}[\\\"'`]{0,2}(?:[bB]earer|[bB]asic|[tT]oken)\s{1,4}([\w.~+/=-]{16,512})",
        is_generic=True,
    ),
    _rule(
        "assigned-secret",
        "Secret assigned to a name",
        f"secret passw pwd phrase token credential {_KEYS}",
        r"\\?[\"'`]([^\s\"'`\\]{8,256})\\?[\"'`]|([^\s\"'`,;()\[\]{}<>$]{8,256})(?=[\s,;]|\\n|$)",
        assigns=re.compile(r"[\w.\-]{0,24}[\\\"'`\]]{0,4}[ \t]{0,8}(?::=|=>|[:=])[ \t]{0,8}"),
        is_generic=True,
    ),
)

OWN = EXCHANGES + PROVIDERS + GENERIC
# The most telling first. The values of a Kubernetes Secret are no matter of a pattern.
TITLES = {
    **{rule.name: rule.title for rule in EXCHANGES + PROVIDERS},
    "kubernetes-secret": "Value of a Kubernetes Secret",
}
TITLES.update({rule.name: rule.title for rule in GENERIC})
