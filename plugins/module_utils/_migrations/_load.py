# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the files of the migrations of a checkout. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._files import Sorted, sort_files
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._folder import Folder

NAMES = (
    r"V?(?P<number>\d+)_.*?(?P<down>[._]down)?(?:\.up)?\.sql",
    r"(?P<down>U)(?P<number>\d+)__.*\.sql",
)
_MOST_FILES = 5000


def load(folder: Folder, options: dict[str, t.Any], deadline: Deadline) -> Sorted:
    """Return the migrations of the folder that *options* name, sorted by their numbers."""
    try:
        names = [re.compile(pattern) for pattern in options["names"]]
    except re.error as exc:
        raise LookError(Reason.MALFORMED, f"A pattern of names is no regular expression: {exc}") from exc
    texts: dict[str, str] = {}
    for file in folder.matches(f"{options['folder']}/*.sql", _MOST_FILES):
        deadline.step()
        texts[file] = text_of(folder, file, options["max_bytes"])
    if not texts:
        raise LookError(Reason.NO_DATA, f"The checkout has no file {options['folder']}/*.sql")
    found = sort_files(texts, names)
    if not found.migrations:
        raise LookError(Reason.NO_DATA, f"No file of {options['folder']} is named as a migration")
    return found


def text_of(folder: Folder, file: str, most: int) -> str:
    content = folder.read(file, most)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        raise LookError(Reason.MALFORMED, f"{file} is not UTF-8") from exc
