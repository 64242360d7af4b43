# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which words of a command are files that it reads, and which it writes. Pure. This is a private part of the collection."""

from __future__ import annotations

import posixpath
import re
import typing as t

_WRITE_OPTIONS = frozenset(
    {
        "-o",
        "-O",
        "-out",
        "--out",
        "--output",
        "--output-document",
        "-coverprofile",
        "-cpuprofile",
        "-memprofile",
        "-keyout",
        "--dest",
    }
)
_WRITERS = frozenset({"touch", "mkdir", "tee", "vi", "vim", "nano", "emacs", "code", "rm", "rmdir", "install"})
_COPIERS = frozenset({"cp", "mv", "ln"})
_ELSEWHERE = frozenset(
    {
        "git",
        "ssh",
        "scp",
        "rsync",
        "curl",
        "wget",
        "gsutil",
        "az",
        "helm",
        "brew",
        "apt",
        "apt-get",
        "gh",
        "aws",
        "vault",
    }
)
_INSIDE = frozenset({"exec", "run", "cp", "attach", "push", "pull", "tag", "image", "set", "rollout", "scale", "logs"})
_CONTAINERS = frozenset({"docker", "docker-compose", "kubectl", "podman", "nerdctl"})
_PUBLISHED = re.compile(r"(?:[\d.]+:)?(\d{2,5}):\d{1,5}(?:/\w+)?")


def outputs(words: t.Sequence[str]) -> list[str]:
    """Return the files that a command writes, and the folders that it makes."""
    found: list[str] = []
    operands = [word for word in words[1:] if not word.startswith("-")]
    if words and words[0] in _WRITERS:
        found += operands
    if words and words[0] in _COPIERS and operands:
        target = operands[-1]
        found += [target, *(posixpath.join(target, posixpath.basename(one)) for one in operands[:-1])]
    if words and words[0] in ("curl", "wget"):
        found += [posixpath.basename(word) for word in operands if "://" in word]
    if list(words[:2]) == ["git", "clone"]:
        found += [posixpath.basename(word).replace(".git", "") for word in operands[1:]]
    for option, word in zip(words, words[1:]):
        if option in _WRITE_OPTIONS:
            found.append(word)
    return found + [
        word.partition("=")[2] for word in words if word.partition("=")[0] in _WRITE_OPTIONS and "=" in word
    ]


def inputs(words: t.Sequence[str]) -> list[str]:
    """Return the words of a command that can be files of the checkout that it reads."""
    first = posixpath.basename(words[0])
    if first in _ELSEWHERE or first in _WRITERS or (first in _CONTAINERS and _goes_inside(words)):
        return []
    operands = [word for option, word in zip(words, [*words[1:], ""]) if option not in _WRITE_OPTIONS]
    operands = [words[0], *[word for word in operands if word]]
    if first in _COPIERS:
        operands = operands[:-1]
    return [part for word in operands for part in [word.rpartition("=")[2] if word.startswith("-") else word]]


def published(words: t.Sequence[str]) -> set[str]:
    """Return the ports of this machine that a command opens for the reader."""
    if "port-forward" in words:
        return {word.partition(":")[0] for word in words if re.fullmatch(r"\d{2,5}(?::\d{1,5})?", word)}
    found = {match.group(1) for match in map(_PUBLISHED.fullmatch, words) if match}
    return found | {match.group(1) for word in words for match in [re.search(r"-L\s*(\d{2,5}):", word)] if match}


def _goes_inside(words: t.Sequence[str]) -> bool:
    return any(word in _INSIDE for word in words[1:6])
