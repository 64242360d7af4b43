# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare a copy of the checklist with the catalogue. Pure. This is a private part of the collection."""

from __future__ import annotations

import difflib
import typing as t


def drift(
    boxes: t.Sequence[t.Mapping[str, t.Any]], catalogue: t.Sequence[t.Mapping[str, t.Any]]
) -> dict[str, list[dict[str, t.Any]]]:
    """Return which boxes were ``added`` to, ``removed`` from and ``changed`` in the document since the catalogue was written.

    *boxes* have ``line``, ``text`` and ``digest``; items that never were a box of the document do not count.
    """
    known = [item for item in catalogue if item["source"]["box"]]
    known.sort(key=lambda item: item["source"]["line"])
    matcher = difflib.SequenceMatcher(
        None, [item["source"]["digest"] for item in known], [box["digest"] for box in boxes], autojunk=False
    )
    added: list[dict[str, t.Any]] = []
    removed: list[dict[str, t.Any]] = []
    changed: list[dict[str, t.Any]] = []
    for tag, from_item, to_item, from_box, to_box in matcher.get_opcodes():
        if tag == "equal":
            continue
        paired = min(to_item - from_item, to_box - from_box)
        for item, box in zip(known[from_item : from_item + paired], boxes[from_box : from_box + paired]):
            changed.append({"id": item["id"], "title": item["title"], "line": box["line"], "text": box["text"]})
        removed += [{"id": item["id"], "title": item["title"]} for item in known[from_item + paired : to_item]]
        added += [{"line": box["line"], "text": box["text"]} for box in boxes[from_box + paired : to_box]]
    return {"added": added, "removed": removed, "changed": changed}
