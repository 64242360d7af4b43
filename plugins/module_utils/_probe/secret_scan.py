# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look for secrets in a git repository: its whole history and its files. This is a private part of the collection."""

from __future__ import annotations

import datetime
import threading
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason, look_error
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, subject, unseen_subject
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._git import (
    Repository,
    open_repository,
    show,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._worktree import (
    WorkTree,
    list_files,
    read_file,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets import _gitleaks
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._allow import AllowList, Fingerprints
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._findings import (
    Secret,
    Sightings,
    add_leaks,
    gather,
    judge_none,
    wiped,
    words_of,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._objects import sightings
from ansible_collections.cryptofunk.readiness.plugins.module_utils._secrets._scan import Scan, read_files, read_history

FIXTURES = ("*_test.*", "test_*", "*.test.*", "*.spec.*", "testdata/", "fixtures/", "__tests__/", "__mocks__/")

OF_FILES = True
SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "path": {"type": "path", "required": True},
        "fingerprint_key": {"type": "str", "no_log": True},
        "allowed": {
            "type": "list",
            "elements": "dict",
            "options": {
                "fingerprint": {"type": "str", "required": True},
                "reason": {"type": "str", "required": True},
                "expires": {"type": "str", "required": True},
            },
        },
        "fixtures": {"type": "list", "elements": "str", "default": list(FIXTURES)},
        "gitleaks": {"type": "bool", "default": True},
        "max_bytes": {"type": "int", "default": 10485760},
        **_argspec.timeout(120.0),
    },
    "required_by": {"allowed": ["fingerprint_key"]},
}

_FOR_READING = 0.75  # of the budget; the rest is for placing what was found
_MOST_LISTED = 200


def observe(options: dict[str, t.Any], deadline: Deadline, today: datetime.date | None = None) -> Observation:
    """Return one subject, the repository."""
    name = options["path"]
    try:
        today = today or datetime.datetime.now(datetime.timezone.utc).date()
        allowed = AllowList(options["allowed"] or (), today)
        repository = open_repository(name, deadline)
        return [subject(name, _look(repository, options, allowed, deadline))]
    except LookError as exc:
        return [unseen_subject(name, exc)]


def _look(
    repository: Repository, options: dict[str, t.Any], allowed: AllowList, deadline: Deadline
) -> dict[str, t.Any]:
    reading = Deadline(deadline.left() * _FOR_READING)
    timed = Repository(repository.path, repository.is_bare, repository.is_shallow, reading)
    scan, tree, others = Scan(), WorkTree(), _Others(timed, options["gitleaks"])
    _attempt(scan, "files", lambda: tree.__dict__.update(vars(list_files(timed))))
    _attempt(scan, "files", lambda: read_files(timed, tree, options["max_bytes"], reading, scan))
    _attempt(scan, "history", lambda: read_history(timed, options["max_bytes"], reading, scan))
    others.wait(scan)
    secrets = _placed(repository, scan, tree, others, options["max_bytes"])
    return _shown(scan, tree, secrets, others, options, allowed)


def _attempt(scan: Scan, what: str, act: t.Callable[[], None]) -> None:
    """Do one part of the look: whatever goes wrong in it is noted, and the parts that were read still count."""
    try:
        act()
    except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
        scan.miss(what, "", look_error(exc, f"read the {what}"))


class _Others:
    """gitleaks, where it is installed, beside our own reading."""

    def __init__(self, repository: Repository, wanted: bool) -> None:
        self.engines = [{"name": "own", "version": None}]
        self.leaks: list[_gitleaks.Leak] = []
        self._problems: list[LookError] = []
        self._repository = repository
        program = _gitleaks.find_program() if wanted else None
        self._thread = threading.Thread(target=self._run, args=(program,), daemon=True) if program else None
        if self._thread:
            self._thread.start()

    def _run(self, program: str) -> None:
        try:
            version = _gitleaks.version(self._repository, program)
            self.engines.append({"name": "gitleaks", "version": version})
            self.leaks, self._problems = _gitleaks.scan(self._repository, program)
        except Exception as exc:  # pylint: disable=broad-exception-caught  # every failure must become data
            self._problems.append(look_error(exc, "run gitleaks"))

    def wait(self, scan: Scan) -> None:
        if self._thread:
            self._thread.join(self._repository.deadline.left() + 1)
            if self._thread.is_alive():
                self._problems.append(LookError(Reason.TIMEOUT, "gitleaks did not finish within the budget"))
        for problem in self._problems:
            scan.miss("gitleaks", "", problem)


def _placed(repository: Repository, scan: Scan, tree: WorkTree, others: _Others, most: int) -> list[Secret]:
    """Find out where the hits and the missing objects stood."""
    wanted = {name for name, hits in scan.by_object.items() if hits} | set(scan.listing.missing)
    places: Sightings = {}
    if wanted:
        _attempt(scan, "commits", lambda: places.update(sightings(repository, wanted, scan.listing.stashes)))
    for name in scan.listing.missing:
        paths = sorted(show(path) for path in places.get(name, {}))
        scan.miss(f"object {name}", ", ".join(paths), LookError(Reason.NO_DATA, "Absent from this clone"))

    def still_there(path: bytes, secret: str) -> bool:
        if repository.is_bare:
            return path in tree.tracked and secret.encode("latin-1") in repository.ask(
                "cat-file", "blob", tree.tracked[path]
            )
        return secret.encode("latin-1") in (read_file(repository, path, most) or b"")

    secrets = gather(scan, tree, places)
    _attempt(scan, "gitleaks", lambda: secrets.extend(add_leaks(secrets, others.leaks, still_there)[len(secrets) :]))
    return secrets


def _shown(
    scan: Scan, tree: WorkTree, secrets: list[Secret], others: _Others, options: dict[str, t.Any], allowed: AllowList
) -> dict[str, t.Any]:
    findings, fixtures = judge_none(
        secrets, tree, options["fixtures"], Fingerprints(options["fingerprint_key"]), allowed
    )
    places = {(finding["path"], finding["line"]) for finding in findings}
    seen: dict[str, t.Any] = {
        "findings": findings[:_MOST_LISTED],
        "findings_total": len(findings),
        "fixtures": fixtures[:_MOST_LISTED],
        "default_literals": [
            {"path": show(path), "line": literal.line, "name": literal.name}
            for path, literals in sorted(scan.manifests.items())
            for literal in literals
            if (show(path), literal.line) not in places
        ],
        "allowed": allowed.used(),
        "allowed_expired": allowed.expired(),
        "allowed_unused": allowed.unused(),
        "complete": not any(not miss["ignored"] for miss in scan.unread),
        "unread": scan.unread[:_MOST_LISTED],
        "engines": others.engines,
        "commits": scan.commits,
        "objects": scan.objects,
        "files": scan.files,
        "binaries": len(scan.binaries),
        "submodules": tree.submodules,
        "unseen": {},
    }
    if not seen["complete"] and not any(not finding["ignored"] for finding in findings):
        _leave_open(seen, scan)
    return t.cast("dict[str, t.Any]", wiped(seen, words_of(secrets)))


def _leave_open(seen: dict[str, t.Any], scan: Scan) -> None:
    """Nothing was found, but not everything was read: that is no clean repository."""
    gaps = [miss for miss in scan.unread if not miss["ignored"]]
    first = gaps[0]
    where = f" {first['path']}" if first["path"] else ""
    message = f"{len(gaps)} part(s) could not be read, the first: {first['what']}{where}: {first['message']}"
    seen["findings"] = None
    seen["unseen"] = {"findings": {"reason": first["reason"], "message": message}}
