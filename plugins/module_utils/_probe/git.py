# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look at a checkout as a release: tag, commit, work tree, versions, changelog, freeze. This is a private part of the collection."""

from __future__ import annotations

import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._after import (
    branch_refs,
    commits_after,
    commits_to,
    has,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._changes_shown import show_changes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._chosen import Chosen, choose
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._entries import find_entries
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._signature import verify
from ansible_collections.cryptofunk.readiness.plugins.module_utils._release._versions import read_versions
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import Repository, open_repository

_SOURCE = {
    "file": {"type": "str", "required": True},
    "pattern": {"type": "str"},
    "path": {"type": "str"},
    "optional": {"type": "bool", "default": False},
}

OF_FILES = True

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "tag": {"type": "str"},
        "branch": {"type": "str"},
        "allowed_signers": {"type": "path"},
        "keyring": {"type": "path"},
        "versions": {
            "type": "list",
            "elements": "dict",
            "default": [],
            "options": _SOURCE,
            "required_one_of": [["pattern", "path"]],
            "mutually_exclusive": [["pattern", "path"]],
        },
        "images": {"type": "list", "elements": "str", "default": []},
        "own_images": {"type": "str", "default": ""},
        "changelogs": {"type": "list", "elements": "str", "default": ["CHANGELOG.md"]},
        "documents": {"type": "list", "elements": "str", "default": ["docs", "*.md"]},
        "work_tree": {"type": "bool", "default": True},
        "max_bytes": {"type": "int", "default": 2097152},
        **_argspec.timeout(30.0),
    },
}


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Return one subject, the checkout."""
    name = options["path"]
    try:
        repository = open_repository(name, deadline)
        return [subject(name, _look(repository, Folder(name), options))]
    except LookError as exc:
        return [unseen_subject(name, exc)]


def _look(repository: Repository, folder: Folder, options: dict[str, t.Any]) -> dict[str, t.Any]:
    part = Part()
    part.seen.update({"is_shallow": repository.is_shallow, "at": ["HEAD"]})
    part.look("head", lambda: _head(repository), "read HEAD")
    part.look("branch", lambda: _branch(repository, options["branch"]), "find the release branch")
    part.look("replaced", lambda: _replaced(repository), "list what is replaced")
    versions = read_versions(folder, options)
    chosen = choose(repository, options["tag"], [one.version for one in versions.stated])
    _show_tag(part, chosen, options, repository.deadline)
    _show_versions(part, chosen, versions)
    _show_changelog(part, folder, chosen, options)
    show_changes(part, repository if options["work_tree"] else None)
    _show_after(part, repository, chosen, options)
    return part.to_dict()


def _head(repository: Repository) -> str:
    try:
        return repository.ask("rev-parse", "--verify", "HEAD^{commit}").decode().strip()
    except LookError as exc:
        if exc.reason is Reason.MALFORMED:
            raise LookError(Reason.NO_DATA, "HEAD leads to no commit that is here") from exc
        raise


def _branch(repository: Repository, declared: str | None) -> str:
    """The release branch: as declared, or else the one that is checked out, or the remote's own."""
    if declared:
        return declared
    for ref in ("HEAD", "refs/remotes/origin/HEAD"):
        try:
            return (
                repository.ask("symbolic-ref", "--quiet", ref)
                .decode()
                .strip()
                .split("/", 2)[-1]
                .replace("origin/", "", 1)
            )
        except LookError as exc:
            if exc.reason is not Reason.MALFORMED:
                raise
    raise LookError(
        Reason.NOT_CONFIGURED, "The inventory names no release branch, and none is checked out: HEAD is detached"
    )


def _replaced(repository: Repository) -> list[str]:
    """Replacements show other commits than the tag signs. They are not followed here; everybody else's git does."""
    return repository.ask("for-each-ref", "--format=%(refname)", "refs/replace").decode("utf-8", "replace").split()[:20]


_OF_TAG = ("tag_exists", "tag_is_annotated", "tag_has_its_name", "signature", "head_is_release")


def _show_tag(part: Part, chosen: Chosen, options: dict[str, t.Any], deadline: Deadline) -> None:
    part.seen.update(
        {
            "tag": chosen.name,
            "tag_is_declared": bool(options["tag"]),
            "release": None,
            "signed_by": None,
            "signing_key": None,
        }
    )
    part.seen["tag_at"] = [f"refs/tags/{chosen.name}"] if chosen.name else []
    if chosen.problem:
        for key in (*_OF_TAG, "release"):
            part.miss(key, chosen.problem)
        if chosen.is_absent:
            part.seen["tag_exists"] = False
            part.unseen.pop("tag_exists")
        return
    tag = chosen.found()
    part.seen.update({"tag_exists": True, "tag_is_annotated": tag.annotated is not None, "release": tag.commit})
    if part.seen["head"]:
        part.seen["head_is_release"] = part.seen["head"] == tag.commit
    else:
        part.miss("head_is_release", LookError(Reason.NO_DATA, "HEAD leads to no commit that is here"))
    if tag.annotated is None:
        part.seen.update({"tag_has_its_name": True, "signature": "none"})
        return
    part.seen["tag_has_its_name"] = tag.annotated.says == tag.name
    try:
        signature = verify(tag.annotated, options["allowed_signers"], options["keyring"], deadline)
        part.seen.update({"signature": signature.status, "signed_by": signature.by, "signing_key": signature.key})
    except LookError as exc:
        part.miss("signature", exc)


def _show_versions(part: Part, chosen: Chosen, versions: t.Any) -> None:
    part.seen["version"] = chosen.version
    part.seen["versions"] = [vars(one) for one in versions.stated]
    wrong = [one for one in versions.stated if one.version != chosen.version]
    part.seen["disagreeing"] = [
        {"says": f"{one.at} says {one.version} of {one.of}", "release": chosen.version, "at": one.at} for one in wrong
    ]
    part.seen["versions_complete"] = True
    if versions.problems:
        part.miss("versions_complete", versions.problems[0])
    elif not versions.stated:
        part.miss("versions_complete", LookError(Reason.NO_DATA, "Nothing in the checkout states a version"))


def _show_changelog(part: Part, folder: Folder, chosen: Chosen, options: dict[str, t.Any]) -> None:
    keys = ("changelogs", "changelog_entries", "changelog_is_dated", "changelog_says_something")
    try:
        if not chosen.version:
            raise LookError(Reason.NO_DATA, "Neither a tag nor a file says which version the release is")
        entries = find_entries(folder, options["changelogs"], chosen.version, options["max_bytes"])
    except LookError as exc:
        for key in keys:
            part.miss(key, exc)
        return
    part.seen["changelog_entries"] = entries
    part.seen["changelogs"] = [f"{file}:1" for pattern in options["changelogs"] for file in folder.matches(pattern)]
    for key, holds in (("changelog_is_dated", "date"), ("changelog_says_something", "has_text")):
        if entries:
            part.seen[key] = bool(entries[0][holds])
        else:
            part.miss(key, LookError(Reason.NO_DATA, f"No changelog has an entry for {chosen.version}"))


def _show_after(part: Part, repository: Repository, chosen: Chosen, options: dict[str, t.Any]) -> None:
    """What came after the release, on the release branch and in the documents."""
    keys = ("commits_after_release", "branch_has_release", "documents_after_release")
    if chosen.problem:
        for key in keys:
            part.miss(key, chosen.problem)
        return
    commit = chosen.found().commit
    branch = part.seen["branch"]
    if branch is None:
        for key in keys[:2]:
            part.unseen[key], part.seen[key] = part.unseen["branch"], None
    else:
        part.look("commits_after_release", lambda: _late(repository, commit, branch), f"list the commits of {branch}")
        part.look(
            "branch_has_release", lambda: _has_release(repository, commit, branch), f"read the history of {branch}"
        )
    part.look(
        "documents_after_release", lambda: commits_to(repository, commit, options["documents"]), "list the commits"
    )


def _late(repository: Repository, commit: str, branch: str) -> list[dict[str, t.Any]]:
    return commits_after(repository, commit, branch_refs(repository, branch))


def _has_release(repository: Repository, commit: str, branch: str) -> bool:
    return any(has(repository, ref, commit) for ref in branch_refs(repository, branch))
