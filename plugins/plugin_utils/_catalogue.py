# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The catalogue: all items of all sections, read strictly from the roles' own vars. This is a private part of the collection."""

from __future__ import annotations

import hashlib
import json
import re
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import SECTIONS, Item, checked_item
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError, load

ROOT = Path(__file__).parents[2]

Catalogue = t.List[Item]


def read_catalogue(root: Path = ROOT, extra: t.Sequence[Path] = ()) -> Catalogue:
    """Return the items of the roles below *root* and of the *extra* files of a user, in the checklist's order."""
    items: Catalogue = []
    for section in SECTIONS:
        for path in sorted((root / "roles" / section / "vars" / "main").glob("*.yml")):
            items += _read_topic(path, section, path.stem, str(path.relative_to(root)))
    for path in extra:
        items += _read_extra(path)
    _refuse_faults_between(items)
    return _with_shared_checks(sorted(items, key=order))


def collection_version(root: Path = ROOT) -> str:
    """Return the version of the collection, built or checked out."""
    manifest = root / "MANIFEST.json"
    if manifest.is_file():
        return str(json.loads(manifest.read_text(encoding="utf-8"))["collection_info"]["version"])
    return str(load(root / "galaxy.yml", "galaxy.yml")["version"])


def order(item: Item) -> list[int]:
    """The place of an item in the checklist."""
    return [int(number) for number in item["id"].split(".")]


def digest(catalogue: Catalogue) -> str:
    """The SHA-256 of a catalogue's content, wherever it stands."""
    content = [{key: value for key, value in item.items() if key != "origin"} for item in catalogue]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _read_topic(path: Path, section: str, topic: str, shown_as: str) -> Catalogue:
    content = load(path, shown_as)
    name = f"{section}_{topic}_items"
    if not isinstance(content, dict) or set(content) != {name} or not isinstance(content[name], list):
        raise DataError(f"{shown_as}: the one key {name} with a list of items is expected")
    return [checked_item(raw, section, topic, shown_as) for raw in content[name]]


def _read_extra(path: Path) -> Catalogue:
    """Read a user's own items: ``<section>_<topic>_items`` with any topic of a section."""
    content = load(path, str(path))
    items: Catalogue = []
    for key, raws in content.items() if isinstance(content, dict) else ():
        match = re.fullmatch(rf"({'|'.join(SECTIONS)})_(\w+)_items", key)
        if not match or not isinstance(raws, list):
            raise DataError(
                f"{path}: the key {key!r} is not <section>_<topic>_items with a list; sections are {', '.join(SECTIONS)}"
            )
        items += [checked_item(raw, match[1], match[2], str(path)) for raw in raws]
    if not items:
        raise DataError(f"{path}: no items in it; expected keys like security_own_items")
    return items


def _refuse_faults_between(items: Catalogue) -> None:
    seen: dict[str, str] = {}
    for item in items:
        if item["id"] in seen:
            raise DataError(f"{item['origin']}: the id {item['id']} stands twice, first at {seen[item['id']]}")
        seen[item["id"]] = item["origin"]
    for item in items:
        if item["same_as"] is not None and item["same_as"] not in seen:
            raise DataError(f"{item['origin']}: item {item['id']}: same_as names the unknown item {item['same_as']}")


def _with_shared_checks(items: Catalogue) -> Catalogue:
    """Give an item that is the ``same_as`` another one that one's checks."""
    by_id = {item["id"]: item for item in items}
    return [{**item, "checks": by_id[item["same_as"]]["checks"]} if item["same_as"] else item for item in items]
