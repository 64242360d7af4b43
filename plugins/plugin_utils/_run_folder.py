# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The run: its folder, its header, and what of the catalogue it is to look at. This is a private part of the collection."""

from __future__ import annotations

import json
import os
import re
import secrets
import time
import typing as t
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils import _ledger
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import Catalogue, digest
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import PLATFORMS
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

CATALOGUE = "catalogue.json"
_ANSIBLE_TAGS = frozenset({"all", "always", "never", "tagged", "untagged"})


def new_run_id(now: float) -> str:
    """Return an id that sorts by time and is unique."""
    return time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now)) + "-" + secrets.token_hex(3)


def begin(output_dir: Path, catalogue: Catalogue, header: t.Mapping[str, t.Any]) -> Path:
    """Make the run's folder with its catalogue, and write the header of its ledger. Return the folder."""
    run_id: str = header["id"]
    run_path = output_dir / run_id
    try:
        (run_path / "observations").mkdir(parents=True, mode=0o700)
        (run_path / CATALOGUE).write_text(json.dumps(catalogue, ensure_ascii=False, indent=1), encoding="utf-8")
        record = {"type": "run", "format": _ledger.FORMAT, "catalogue_digest": digest(catalogue), **header}
        _ledger.append(run_path, run_id, [record])
        _point_to(output_dir / "latest", run_id)
    except OSError as exc:
        raise DataError(
            f"Cannot write the run into {output_dir}: {exc.strerror}; set readiness_output_dir to a folder that can be written"
        ) from exc
    return run_path


def read_catalogue_of(run_path: Path) -> Catalogue:
    """Return the catalogue that the run was judged by; raise DataError when it is not the one of the ledger's header."""
    path = run_path / CATALOGUE
    try:
        catalogue: Catalogue = json.loads(path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise DataError(f"Cannot read {path}: {exc.strerror}; readiness_run_path must be the folder of a run") from exc
    except ValueError as exc:
        raise DataError(f"{path} is not JSON: {exc}") from exc
    return catalogue


def selected_topics(catalogue: Catalogue, run_tags: t.Sequence[str], skip_tags: t.Sequence[str]) -> list[str]:
    """Return the ``section.topic`` of the topics that the tags select; raise DataError for a tag that names nothing.

    A tag to skip may name nothing: tools hand over their own, and a mistyped one lets more be looked at, never less.
    """
    pairs = dict.fromkeys((item["section"], item["topic"]) for item in catalogue)
    known = {name for pair in pairs for name in pair} | _ANSIBLE_TAGS
    for tag in run_tags:
        if tag not in known:
            raise DataError(
                f"The tag {tag!r} names no section and no topic; there are {', '.join(sorted(known - _ANSIBLE_TAGS))}"
            )
    everything = {"all", "tagged"} & set(run_tags) or not run_tags
    return [
        f"{section}.{topic}"
        for section, topic in pairs
        if (everything or {section, topic} & set(run_tags)) and not {section, topic, "all", "tagged"} & set(skip_tags)
    ]


def checked_run_path(value: str) -> Path:
    """Return *value* as the folder of a run; raise DataError when it is none."""
    path = Path(value).expanduser()
    if not (path / _ledger.LEDGER).is_file():
        raise DataError(f"{path} is not the folder of a run: it holds no {_ledger.LEDGER}")
    return path


def not_applicable(catalogue: Catalogue, declared: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Return what an inventory rules out, item id → reason; an id may be that of a parent, a subsection or a section.

    Raises DataError for an unknown id or an empty reason.
    """
    ruled_out: dict[str, str] = {}
    for prefix, reason in declared.items():
        ids = [item["id"] for item in catalogue if re.match(rf"{re.escape(str(prefix))}(\.|$)", item["id"])]
        if not ids:
            raise DataError(f"readiness_not_applicable: there is no item {prefix!r}")
        if not isinstance(reason, str) or not reason.strip():
            raise DataError(f"readiness_not_applicable: item {prefix} needs a reason in words")
        ruled_out.update(dict.fromkeys(ids, reason.strip()))
    return ruled_out


def of_other_platform(catalogue: Catalogue, platform: str) -> dict[str, str]:
    """Return the items that are of another platform than the one that the system runs on, item id → reason."""
    if platform not in PLATFORMS:
        return {}
    reason = f"The system runs on {platform}, as readiness_platform says"
    return {item["id"]: reason for item in catalogue if item.get("platform") not in (None, platform)}


def _point_to(link: Path, run_id: str) -> None:
    """Let ``latest`` point to the run, in one step."""
    part = link.with_name(f".latest.{os.getpid()}")
    part.unlink(missing_ok=True)
    part.symlink_to(run_id)
    part.replace(link)
