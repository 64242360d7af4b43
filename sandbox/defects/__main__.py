# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prove that mistakes in a repository turn their items red, and no others.

``python -m sandbox.defects [NAME …]`` builds the sandbox's hardened repository once as it is and once for each defect, looks at
some of them in one run, each as an environment of its own, and prints a line a defect. ``readiness/defects.json`` keeps the table;
it lists an item that only follows others under none of them. It fails when an item does not follow, or another one does.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sandbox import defects
from sandbox._errors import SandboxError
from sandbox._profile import Profile
from sandbox._sandbox import open_sandbox
from sandbox.components import repository
from sandbox.defects._defect import Defect
from sandbox.defects._looking import Outcomes, look

RECORD = Path("readiness") / "defects.json"
HEALTHY = "healthy"
_AT_ONCE = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.defects", description=__doc__)
    parser.add_argument("names", nargs="*", help="names of defects; all unless told")
    try:
        chosen = _chosen(parser.parse_args().names)
        began = time.monotonic()
        rows = list(_prove(chosen))
    except SandboxError as error:
        print(f"defects: {error}", file=sys.stderr)
        return 1
    faults = sum(row.pop("faults") for row in rows)
    RECORD.parent.mkdir(exist_ok=True)
    RECORD.write_text(json.dumps({"defects": rows}, indent=1) + "\n", encoding="utf-8")
    print(f"{len(chosen)} defects, {faults} faults, {time.monotonic() - began:.0f} s: {RECORD}")
    return 1 if faults else 0


def _chosen(names: t.Collection[str]) -> list[Defect]:
    known = {defect.name: defect for defect in defects.ALL}
    if len(known) != len(defects.ALL):
        raise SandboxError("two defects have the same name")
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise SandboxError(f"there is no defect {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] if names else defects.ALL


def _prove(chosen: list[Defect]) -> t.Iterator[dict[str, t.Any]]:
    """Yield the rows of all *chosen* defects, looked at by parts, so that progress shows and a part bounds what is on the disk."""
    sandbox = open_sandbox(Profile.HARDENED)
    sandbox.make()
    declared, key = repository.targets(sandbox), repository.signer(sandbox)
    before = _outcomes([Defect(HEALTHY, (), "")], declared, key)[HEALTHY]
    print(f"{'item':9} {'before':9} {'after':9} change", flush=True)
    for start in range(0, len(chosen), _AT_ONCE):
        part = chosen[start : start + _AT_ONCE]
        after = _outcomes(part, declared, key)
        for defect in part:
            yield from _rows(defect, before, after[defect.name])


def _outcomes(part: list[Defect], declared: dict[str, t.Any], key: Path) -> dict[str, Outcomes]:
    """Return the outcomes of the items in a checkout for each defect of *part*."""
    with tempfile.TemporaryDirectory(prefix="readiness-defects-") as folder:
        with ThreadPoolExecutor(max_workers=2) as pool:
            list(pool.map(lambda defect: _build(Path(folder), defect, key), part))
        hosts = {defect.name: _moved(declared, Path(folder) / defect.name) for defect in part}
        return look(Path(folder) / "run", hosts)


def _build(folder: Path, defect: Defect, key: Path) -> None:
    try:
        repository.build(folder / defect.name, Profile.HARDENED, changes=defect.edits, key=key)
    except SandboxError as error:
        raise SandboxError(f"defect {defect.name}: {error}") from error
    if defect.after:
        defect.after(folder / defect.name)


def _moved(declared: dict[str, t.Any], path: Path) -> dict[str, t.Any]:
    """Return the targets of the sandbox's repository for another checkout of it."""
    return {**declared, "readiness_repository": {**declared["readiness_repository"], "path": str(path)}}


def _rows(defect: Defect, before: Outcomes, after: Outcomes) -> t.Iterator[dict[str, t.Any]]:
    """Return a row for each item of a *defect*, and say at once what is wrong with it, because all of them take long."""
    others = sorted(item for item in before if before[item] != after[item] and item not in defect.items)
    for item in defect.items:
        print(f"{item:9} {before[item]:9} {after[item]:9} {defect.name}: {defect.says}", flush=True)
        faults = []
        if before[item] == "failed" or after[item] != "failed":
            faults.append(f"{defect.name}: item {item} went from {before[item]} to {after[item]}, not to failed")
        if others:
            faults.append(f"{defect.name}: changed as well: {', '.join(f'{one} to {after[one]}' for one in others)}")
        change = f"{defect.name}: {defect.says}"
        seen = {"item": item, "before": before[item], "after": after[item], "others_changed": others}
        for fault in faults:
            print(f"defects: {fault}", file=sys.stderr, flush=True)
        yield {"change": change, **seen, "faults": len(faults)}


if __name__ == "__main__":
    sys.exit(main())
