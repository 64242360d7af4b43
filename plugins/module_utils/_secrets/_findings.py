# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make findings of hits: where each secret stands, since when, and whether it counts. This is a private part of the collection."""

from __future__ import annotations

import fnmatch
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import show
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._worktree import WorkTree
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._allow import AllowList, Fingerprints
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._detect import Hit
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._gitleaks import Leak
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._rules import TITLES
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._scan import Scan

Sightings = t.Dict[str, t.Dict[bytes, t.Tuple[int, str]]]
_SHORTEST = 6  # a shorter secret is not worth the garbled words that wiping it would make


@dataclass
class Secret:
    """One secret at one path, with everything known of its whereabouts."""

    hit: Hit
    path: bytes
    age: int = -1
    commit: str | None = None
    is_current: bool = False
    objects: set[str] = field(default_factory=set)


def gather(scan: Scan, tree: WorkTree, sightings: Sightings) -> list[Secret]:
    """Return each secret once a path and rule: the oldest commit that has it, and its line today if it still stands."""
    found: dict[tuple[bytes, str, str], Secret] = {}
    for path, hit in scan.in_files:
        found.setdefault((path, hit.rule, hit.secret), Secret(hit, path)).is_current = True
    for name, hits in scan.by_object.items():
        if name not in scan.listing.hints:
            continue
        places = sightings.get(name) or {scan.listing.hints[name] or b"(message of %s)" % name.encode(): (0, "")}
        for path, (age, commit) in places.items():
            for hit in hits:
                _merge(found.setdefault((path, hit.rule, hit.secret), Secret(hit, path)), name, hit, age, commit, tree)
    return sorted(found.values(), key=lambda secret: (secret.path, secret.hit.line, secret.hit.rule))


def _merge(secret: Secret, name: str, hit: Hit, age: int, commit: str, tree: WorkTree) -> None:
    if tree.tracked.get(secret.path) == name:
        secret.is_current = True
    if age > secret.age:
        secret.age, secret.commit = age, commit or None
        if not secret.is_current:
            secret.hit = hit
    secret.objects.add(name)


def add_leaks(
    secrets: list[Secret], leaks: t.Iterable[Leak], still_there: t.Callable[[bytes, str], bool]
) -> list[Secret]:
    """Add what only gitleaks found; *still_there* tells whether a file of today holds a secret."""
    added: dict[tuple[bytes, str], Secret] = {}
    for leak in leaks:
        path, word = leak.path.encode("utf-8", "surrogateescape"), leak.hit.secret
        if any(one.path == path and (word in one.hit.secret or one.hit.secret in word) for one in secrets):
            continue
        added[path, word] = Secret(
            leak.hit, path, 0, leak.commit, still_there(path, word)
        )  # newest first: the oldest stays
    return secrets + list(added.values())


def is_fixture(secret: Secret, patterns: t.Sequence[str]) -> bool:
    """Tell whether a generic match stands in test code: a pattern is a file's name, or a folder's with a slash behind."""
    if not secret.hit.is_generic:
        return False
    *folders, base = show(secret.path).split("/")
    for pattern in patterns:
        if pattern.endswith("/") and any(fnmatch.fnmatch(folder, pattern[:-1]) for folder in folders):
            return True
        if fnmatch.fnmatch(base, pattern):
            return True
    return False


def judge_none(
    secrets: list[Secret], tree: WorkTree, patterns: t.Sequence[str], marks: Fingerprints, allowed: AllowList
) -> tuple[list[dict[str, t.Any]], list[dict[str, t.Any]]]:
    """Return the findings and, apart from them, the fixtures of tests; what is allowed is in neither."""
    findings, fixtures = [], []
    for secret in secrets:
        path = show(secret.path)
        mark = marks.of(secret.hit.rule, path, secret.hit.secret)
        if allowed.allows(mark):
            continue
        if is_fixture(secret, patterns):
            fixtures.append({"rule": secret.hit.rule, "path": path, "line": secret.hit.line})
        else:
            findings.append(_shown(secret, path, mark, tree))
    return findings, fixtures


def _shown(secret: Secret, path: str, mark: str, tree: WorkTree) -> dict[str, t.Any]:
    hit = secret.hit
    title = TITLES.get(hit.rule, hit.rule)
    return {
        "rule": hit.rule,
        "path": path,
        "line": hit.line,
        "commit": secret.commit,
        "versions": len(secret.objects),
        "tracked": secret.path in tree.tracked,
        "ignored": secret.path in tree.ignored and secret.commit is None,
        "in_history_only": not secret.is_current,
        "excerpt": f"{hit.name} = [{title}]" if hit.name else f"[{title}]",
        "fingerprint": mark,
        "engine": hit.engine,
    }


def wiped(value: t.Any, words: t.Sequence[str]) -> t.Any:
    """Return *value* without any of the secret *words*, wherever one got into it: a file's name, a message, a commit."""
    if isinstance(value, str):
        for word in words:
            value = value.replace(word, "[secret]")
        return value
    if isinstance(value, dict):
        return {key: wiped(one, words) for key, one in value.items()}
    return [wiped(one, words) for one in value] if isinstance(value, list) else value


def words_of(secrets: t.Iterable[Secret]) -> list[str]:
    """The secrets to wipe, as they would stand in a text, the longest first."""
    words: set[str] = set()
    for secret in secrets:
        word = secret.hit.secret
        words |= {word, word.encode("latin-1").decode("utf-8", "replace")}
    return sorted((word for word in words if len(word) >= _SHORTEST), key=len, reverse=True)
