# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which ports and variables the files of a checkout name that are no documents. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Read = t.Callable[[str], bytes]

_NO_EVIDENCE = (".md", ".markdown", ".rst", ".adoc", ".txt", ".svg", ".lock", "go.sum", "package-lock.json", "LICENSE")
_MOST_BYTES = 128 << 20
_COMPUTED = rb"SetEnvKeyReplacer|env_prefix|envconfig\.|EnvPrefix:|env\.PrefixOptions"  # names of variables are put together at run time


class Occurrences:
    """Numbers and names of variables in the code, found by one pass over the files."""

    def __init__(self, files: t.Iterable[str], read: Read, deadline: Deadline) -> None:
        self._files = [name for name in sorted(files) if not name.endswith(_NO_EVIDENCE)]
        self._read = read
        self._deadline = deadline

    def find(self, numbers: t.Iterable[str], families: t.Iterable[str]) -> set[str]:
        """Return those of *numbers* that occur, and every variable that occurs and belongs to one of *families*.

        Where the code puts names of variables together, none counts: they occur in no file as they are.
        """
        words = [
            *map(re.escape, sorted(set(numbers))),
            *(f"{re.escape(one)}_[A-Z0-9_]+" for one in sorted(set(families))),
        ]
        if not words:
            return set()
        pattern = re.compile(rf"(?<![A-Za-z0-9_.])(?:{'|'.join(words)})(?![A-Za-z0-9_])|".encode() + _COMPUTED)
        found: set[bytes] = set()
        read = 0
        for name in self._files:
            self._deadline.step()
            try:
                content = self._read(name)
            except LookError:
                continue  # too large, or no file: a document would not quote it
            read += len(content)
            if read > _MOST_BYTES:
                raise LookError(Reason.UNSUPPORTED, f"The files have more than {_MOST_BYTES} bytes in all")
            if b"\0" not in content[:8000]:
                found.update(pattern.findall(content))
        if re.search(_COMPUTED, b" ".join(found)):
            found = {one for one in found if one.isdigit()}
        return {one.decode("ascii") for one in found}
