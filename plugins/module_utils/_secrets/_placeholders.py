# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tell a secret from what only stands in its place. Pure. This is a private part of the collection."""

from __future__ import annotations

import math
import re
from collections import Counter

# A word of four letters must begin the secret or follow a separator: one in 64 random letters is no rarity.
_STAND_IN = re.compile(
    r"(?:^|[^a-z0-9])(?:your|fake|mock|todo)|change.?me|change.?this|changeit|example|placeholder|dummy|sample|redact|replace|insert|"
    r"abc123|x{5}|foobar|keyhere|notreal|process\.env|getenv"
)
_TEMPLATE = re.compile(
    r"\$\{|\$\(|\{\{|\}\}|<[^>]*>|%[sdv]|%\(|^\$\w+$|^\{\w*\}$|\.\.\.|…|\*\*\*|^[.*x•_-]+$", re.IGNORECASE
)
_RUN = re.compile(r"(.)\1{5,}")
_SEQUENCES = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789" * 2,
    "qwertyuiopasdfghjklzxcvbnm",
    "zyxwvutsrqponmlkjihgfedcba",
    "9876543210",
)

KNOWN_DEFAULTS = frozenset(
    re.findall(
        r"\w+",
        "admin administrator changeme cryptofunk default grafana guest letmein minioadmin nats pass password postgres postgresql "
        "prometheus qwerty redis root secret test trust user vault welcome",
    )
)


def is_placeholder(secret: str) -> bool:
    """Tell whether *secret* is a template, a word in place of a secret, or too regular to be one."""
    lower = secret.lower()
    if lower in KNOWN_DEFAULTS or _TEMPLATE.search(secret) or _STAND_IN.search(lower):
        return True
    return bool(_RUN.search(secret)) or _has_sequence(lower) or entropy(secret) < 2.0


def is_words(secret: str) -> bool:
    """Tell whether *secret* is made of words and numbers joined by separators: a name, a path, an address or an identifier."""
    if re.fullmatch(r"[A-Z][A-Z0-9]{0,15}(?:_[A-Z0-9]{1,15})+", secret):
        return True  # the name of an environment variable
    parts = [part for part in re.split(r"[-_./:@#?&=+~,;\\]+", secret) if part]
    return all(
        re.fullmatch(r"[A-Z]?[a-z]+|[A-Z]+|\d+|v\d+|(?:[A-Z]?[a-z]+){2,}\d{0,2}|[A-Z]+[a-z]+\d?", part)
        for part in parts
    )


def looks_random(secret: str) -> bool:
    """Tell whether *secret* reads like a generated key, or like a password of mixed characters."""
    classes = sum(bool(re.search(pattern, secret)) for pattern in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]"))
    if len(secret) < 16:
        return classes >= 3 and entropy(secret) >= 2.75
    return bool(re.search("[0-9]", secret)) and classes >= 2 and entropy(secret) >= 3.25


def is_mixed(secret: str) -> bool:
    """Tell whether *secret* has lower case, upper case and digits."""
    return all(re.search(pattern, secret) for pattern in ("[a-z]", "[A-Z]", "[0-9]"))


def entropy(text: str) -> float:
    """Shannon's entropy in bits a character."""
    return -sum(count / len(text) * math.log2(count / len(text)) for count in Counter(text).values()) if text else 0.0


def _has_sequence(lower: str) -> bool:
    plain = re.sub("[^a-z0-9]", "", lower)
    return any(plain[start : start + 8] in sequence for sequence in _SEQUENCES for start in range(len(plain) - 7))
