# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prove that every probe can say no: break a real service for each item that a probe decides, look, repair it, look again.

``python -m sandbox.selftest [ITEM …]`` prints a line a sabotage and writes ``readiness/selftest.json``; runs over parts merge
into that file. It fails when an item does not follow its sabotage, and when an item with checks has none. Sabotages that are in
nobody's way and claim different items are done together in one batch, which saves two runs for each of them. ``--fewest`` does no
more sabotages than it takes to fail each item once.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import typing as t
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import order, read_catalogue
from sandbox import _lifecycle as lifecycle
from sandbox import _readiness, sabotages
from sandbox._batches import batches, fewest
from sandbox._contract import Sabotage
from sandbox._errors import SandboxError
from sandbox._profile import Profile
from sandbox._sandbox import Sandbox, open_sandbox

RECORD = Path("readiness") / "selftest.json"
HEALTHY = {"probe": "passed", "items": "passed", "probe_and_person": "pending"}  # by what decides an item


@dataclass(frozen=True)
class Proof:
    """What an item was before, under and after a sabotage."""

    sabotage: str
    healthy: str
    broken: str
    repaired: str
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m sandbox.selftest", description=__doc__)
    parser.add_argument("items", nargs="*", help="ids of items; all that have checks unless told")
    parser.add_argument("--fewest", action="store_true", help="no more sabotages than it takes to fail each item once")
    asked = parser.parse_args()
    wanted = asked.items
    decided = {item["id"]: item for item in read_catalogue() if item["checks"]}
    unknown = set(wanted) - set(decided)
    if unknown:
        print(f"selftest: no probe decides {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    try:
        proofs = _prove(decided, set(wanted) or set(decided), asked.fewest)
    except SandboxError as error:
        print(f"selftest: {error}", file=sys.stderr)
        return 1
    faults = _faults(decided, set(wanted) or set(decided), proofs)
    _write({number: _best(found) for number, found in proofs.items()})
    for fault in faults:
        print(f"selftest: {fault}", file=sys.stderr)
    print(f"{sum(map(len, proofs.values()))} proofs for {len(proofs)} items, {len(faults)} faults: {RECORD}")
    return 1 if faults else 0


def _prove(decided: dict[str, t.Any], wanted: set[str], is_short: bool) -> dict[str, list[Proof]]:
    """Do every sabotage that hurts a *wanted* item, or the fewest that fail each; return the proofs by item."""
    chosen = [one for one in sabotages.ALL if set(one.items) & wanted and Profile.HARDENED in one.profiles]
    chosen = fewest(chosen, wanted) if is_short else chosen
    sandbox = open_sandbox(Profile.HARDENED)
    lifecycle.up(sandbox, _components(sandbox, chosen), _tell)
    for left in lifecycle.broken(sandbox):
        lifecycle.repair(sandbox, left.name)
    proofs: dict[str, list[Proof]] = {}
    with tempfile.TemporaryDirectory(prefix="readiness-selftest-") as folder:
        healthy = _look(Path(folder), decided, set(decided))
        print(f"{'item':9} {'sabotage':34} {'healthy':9} {'broken':9} {'repaired':9} seconds")
        for batch in batches(chosen, lambda one: _topics(decided, one.items)):
            for number, proof in _do(sandbox, batch, decided, healthy, Path(folder)):
                if number in wanted:
                    proofs.setdefault(number, []).append(proof)
                    _print(number, proof)
    return proofs


def _tell(name: str, what: str) -> None:
    print(f"{name:14} {what}", flush=True)


def _components(sandbox: Sandbox, chosen: list[Sabotage]) -> list[str]:
    """Return the names of the light components, and of those that the *chosen* sabotages hurt or are seen through."""
    hurt = {name for sabotage in chosen for name in (sabotage.component, *sabotage.seen_through)}
    return sorted({*lifecycle.asked_for(sandbox), *hurt})


def _topics(decided: dict[str, t.Any], items: t.Iterable[str]) -> set[str]:
    return {decided[number]["topic"] for number in items if number in decided}


def _do(
    sandbox: Sandbox, batch: list[Sabotage], decided: dict[str, t.Any], healthy: dict[str, str], folder: Path
) -> list[tuple[str, Proof]]:
    """Break, look, repair and look again; the seconds of a proof are those of its whole batch."""
    items = {number for sabotage in batch for number in sabotage.items if number in decided}
    began = time.monotonic()
    try:
        _side_by_side(lifecycle.break_it, sandbox, batch)
        broken = _look(folder, decided, items)
    finally:
        _side_by_side(lifecycle.repair, sandbox, batch[::-1])
    repaired = _look(folder, decided, items)
    seconds = round(time.monotonic() - began, 1)
    return [
        (number, Proof(sabotage.name, healthy[number], broken[number], repaired[number], seconds))
        for sabotage in batch
        for number in sabotage.items
        if number in decided
    ]


def _side_by_side(act: t.Callable[[Sandbox, str], object], sandbox: Sandbox, batch: list[Sabotage]) -> None:
    """Do *act* to the sabotages of each component one after the other, and to the components at the same time: they mostly wait."""
    by_component: dict[str, list[str]] = {}
    for sabotage in batch:
        by_component.setdefault(sabotage.component, []).append(sabotage.name)

    def one_by_one(names: list[str]) -> None:
        for name in names:
            act(sandbox, name)

    with ThreadPoolExecutor(len(by_component)) as pool:
        for future in [pool.submit(one_by_one, names) for names in by_component.values()]:
            future.result()


def _print(number: str, proof: Proof) -> None:
    columns = f"{proof.healthy:9} {proof.broken:9} {proof.repaired:9} {proof.seconds:.1f}"
    print(f"{number:9} {proof.sabotage:34} {columns}", flush=True)


def _look(folder: Path, decided: dict[str, t.Any], items: set[str]) -> dict[str, str]:
    """Return the outcomes of *items*: two runs side by side, each of every other topic, take less time than one of all."""
    topics = sorted(_topics(decided, items))
    halves = [half for half in (topics[::2], topics[1::2]) if half]
    with ThreadPoolExecutor(len(halves)) as pool:
        runs = pool.map(lambda half: _readiness.run(folder / half[0], tags=half), halves)
    by_topic = {topic: run.outcomes() for half, run in zip(halves, runs) for topic in half}
    return {number: by_topic[decided[number]["topic"]][number] for number in items}


def _faults(decided: dict[str, t.Any], wanted: set[str], proofs: dict[str, list[Proof]]) -> list[str]:
    becomes = {one.name: one.becomes for one in sabotages.ALL}
    faults = [f"item {number} has checks and no sabotage" for number in sorted(wanted - set(proofs))]
    for number, found in proofs.items():
        good = _good(decided[number])
        for proof in found:
            expected = (good, becomes[proof.sabotage], good)
            if (proof.healthy, proof.broken, proof.repaired) != expected:
                faults.append(f"item {number}, sabotage {proof.sabotage}: expected {' → '.join(expected)}")
        if not any(proof.broken == "failed" for proof in found):
            faults.append(f"item {number} was never failed by any sabotage")
    return faults


def _good(item: dict[str, t.Any]) -> str:
    """Return the outcome of an item where all is well: of what runs and was seen in files alone, nothing can be told."""
    return "error" if all(check["static"] for check in item["checks"]) else HEALTHY[item["decided_by"]]


def _best(found: list[Proof]) -> dict[str, t.Any]:
    """Return the record of an item: the first sabotage that turned it red, and the names of the others."""
    first = next((proof for proof in found if proof.broken == "failed"), found[0])
    return {**asdict(first), "others": [asdict(proof) for proof in found if proof is not first]}


def _write(records: dict[str, dict[str, t.Any]]) -> None:
    RECORD.parent.mkdir(exist_ok=True)
    known = json.loads(RECORD.read_text(encoding="utf-8"))["items"] if RECORD.exists() else {}
    merged = {**known, **records}
    items = {number: merged[number] for number in sorted(merged, key=lambda one: order({"id": one}))}
    RECORD.write_text(json.dumps({"items": items}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
