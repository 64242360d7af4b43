# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whether containers have the configuration of the release, and have taken it up. This is a private part of the collection."""

from __future__ import annotations

import hashlib
import re
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._engine import Engine
from ansible_collections.cryptofunk.readiness.plugins.module_utils._container._facts import facts, moment, seconds
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import (
    Observation,
    Part,
    Subject,
    subject,
    unseen_subject,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

Said = t.Dict[str, t.Any]
_LARGEST_FILE = 1_048_576
_LONGEST_LINE = 4096
_LATEST_FIRST_LINE = 60  # seconds from the start to the first line of a log that is whole


def configuration(engine: Engine, containers: dict[str, Said], options: Said) -> Observation:
    """Return a subject a declared file, or a declared line, of each container of its service."""
    view = options["view"]
    see = _file if view == "config_files" else _line
    if not options[view]:
        return [
            unseen_subject(options["project"], LookError(Reason.NOT_CONFIGURED, f"The inventory declares no {view}"))
        ]
    found: Observation = []
    for wanted in options[view]:
        own = [one for one in containers.values() if _is_of(facts(one), wanted["service"])]
        if not own:
            why = LookError(Reason.NO_DATA, f"The service {wanted['service']} has no container")
            found.append(unseen_subject(_name(wanted["service"], wanted), why))
        found += [_seen(see, engine, one, wanted, options) for one in own]
    return found


def _is_of(seen: Said, service: str) -> bool:
    return bool(seen["service"] == service and not seen["one_off"])


def _seen(see: t.Callable[..., Said], engine: Engine, said: Said, wanted: Said, options: Said) -> Subject:
    name = _name(str(said.get("Name", "")).lstrip("/"), wanted)
    try:
        return subject(name, see(engine, said, wanted, options))
    except LookError as exc:
        return unseen_subject(name, exc)


def _name(container: str, wanted: Said) -> str:
    return f"{container}:{wanted['path']}" if "path" in wanted else f"{container}: {wanted['pattern']}"


def _file(engine: Engine, said: Said, wanted: Said, options: Said) -> Said:
    """Compare a file with the release's, and the moment of its change with the start of the container."""
    content, changed = engine.file(str(said["Id"]), wanted["path"])
    digest = hashlib.sha256(content).hexdigest()
    started = facts(said)["started_at"]
    part = Part()
    part.seen.update(
        digest=digest,
        changed_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(changed)),
        started_at=started,
        started_after_change=started is not None and seconds(started) >= changed,
    )
    part.look(
        "same_as_release", lambda: _digest_of_release(wanted["file"], options) == digest, "read the release's file"
    )
    return part.to_dict()


def _digest_of_release(file: str, options: Said) -> str:
    if not options["path"]:
        raise LookError(Reason.NOT_CONFIGURED, "No checkout says what the release's file is")
    return hashlib.sha256(Folder(options["path"]).read(file, _LARGEST_FILE)).hexdigest()


def _line(engine: Engine, said: Said, wanted: Said, options: Said) -> Said:
    """Tell whether a container has written a line since its start. Nothing of its log is kept."""
    del options
    started = facts(said)["started_at"]
    if started is None:
        raise LookError(Reason.NO_DATA, "The container was never started")
    try:
        pattern = re.compile(wanted["pattern"])
    except re.error:
        raise LookError(Reason.NOT_CONFIGURED, "The pattern of the start-up line is no regular expression") from None
    text, is_cut = engine.log(str(said["Id"]), seconds(started))
    lines = [line.partition(" ") for line in text.splitlines()]
    if not any(pattern.search(line[:_LONGEST_LINE]) for dummy, dummy, line in lines):
        _need_whole(lines[0][0] if lines else "", seconds(started), is_cut)
        return {"started_at": started, "lines": len(lines), "found": False}
    return {"started_at": started, "lines": len(lines), "found": True}


def _need_whole(first: str, started: int, is_cut: bool) -> None:
    """Raise LookError when the line may be in a part of the log that was not read, or that the engine has thrown away."""
    if is_cut:
        raise LookError(Reason.TOO_LITTLE_DATA, "The line is not in the first megabyte since the start")
    try:
        late = seconds(moment(first) or "") - started
    except ValueError:
        return
    if late > _LATEST_FIRST_LINE:
        why = f"What is left of the log begins {late} s after the start, and does not have the line"
        raise LookError(Reason.TOO_LITTLE_DATA, why)
