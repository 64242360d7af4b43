# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""An artifact that a declared command prints while it is looked at. This is a private part of the collection."""

from __future__ import annotations

import shlex
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._provenance import utc_now
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._release import checked_out
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._environment import (
    environment_of,
    secrets_of_command,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._redaction import printable, redacted
from ansible_collections.cryptofunk.readiness.plugins.module_utils._command._run import Ended, run
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

_LONGEST = 200  # characters of its last words that a message holds


def printed(artifact: dict[str, t.Any], most: int, deadline: Deadline) -> tuple[bytes, Said]:
    """Return what the command of *artifact* prints, and what is known of it because it runs now, in that folder."""
    if not artifact["argv"] or not artifact["argv"][0]:
        raise LookError(Reason.NOT_CONFIGURED, "The command has no words to run")
    environment = environment_of(artifact)
    secrets = secrets_of_command(artifact, environment)
    began = utc_now()
    ended = run(artifact["argv"], artifact["chdir"], environment, deadline.step(), most)
    _need_success(ended, artifact["exit_codes"], secrets)
    if ended.stdout.is_cut:
        raise LookError(Reason.UNSUPPORTED, f"The command printed more than {most} bytes")
    commit = checked_out(artifact["chdir"], deadline) if artifact["chdir"] else None
    words = " ".join(shlex.quote(word) for word in artifact["argv"])
    return ended.stdout.kept, Said("run", commit, produced=began, command=words)


def _need_success(ended: Ended, exit_codes: list[int], secrets: list[str]) -> None:
    if ended.timed_out:
        raise LookError(Reason.TIMEOUT, f"The command had not ended after {ended.seconds:.1f} s, and was killed")
    if ended.exit_code not in exit_codes:
        words = redacted(printable(ended.stderr.whole_lines()), secrets).strip().rpartition("\n")[2][:_LONGEST]
        said = f": {words}" if words else ", and said nothing"
        raise LookError(Reason.NO_DATA, f"The command ended with exit code {ended.exit_code}{said}")
