# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure what a run costs that names nothing but a checkout: of the sandbox's repository, grown to 500 files and 330 commits.

``python -m tests.bench_checkout [CHECKOUT]`` measures another checkout.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
import typing as t
from pathlib import Path

import yaml

from sandbox import _lifecycle as lifecycle
from sandbox import _readiness
from sandbox._profile import Profile
from sandbox._sandbox import open_sandbox
from sandbox.components import repository

FILES, COMMITS = 500, 330
ROUNDS = 3
SLOWEST = 6  # looks that are shown


def main(argv: t.Sequence[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="readiness-bench-") as name:
        folder = Path(name)
        checkout = Path(argv[0]).resolve() if argv else _grown(folder / "checkout")
        inventory = folder / "inventory.yml"
        host = {"readiness_repository": {"path": str(checkout)}}
        inventory.write_text(yaml.safe_dump({"environments": {"hosts": {"checkout": host}}}), encoding="utf-8")
        print(f"{_lines(checkout, 'ls-files')} files, {_lines(checkout, 'rev-list', '--all')} commits")
        times = []
        for dummy in range(ROUNDS):
            began = time.monotonic()
            run = _readiness.run(folder / "readiness", inventory=inventory)
            times.append(time.monotonic() - began)
        _show(run, times)


def _grown(checkout: Path) -> Path:
    """Copy the sandbox's repository, and let its code grow by a file or a change a commit."""
    sandbox = open_sandbox(Profile.HARDENED)
    lifecycle.up(sandbox, [repository.NAME], lambda name, what: print(f"{name:14} {what}", flush=True))
    subprocess.run(["git", "clone", "--quiet", str(repository.folder(sandbox)), str(checkout)], check=True)
    files, commits = FILES - _lines(checkout, "ls-files"), COMMITS - _lines(checkout, "rev-list", "--all")
    stream = b"".join(_commit(number, files, commits) for number in range(commits))
    _git(checkout, "fast-import", "--quiet", "--force", stdin=stream)
    _git(checkout, "reset", "--quiet", "--hard")
    return checkout


def _commit(number: int, files: int, commits: int) -> bytes:
    """Return commit *number* for ``git fast-import``: its share of the new files, and a change to one of those before."""
    who = f"Developer <developer@example.com> {1_760_000_000 + number * 600} +0000"
    parts = [f"commit refs/heads/main\ncommitter {who}\n".encode(), _data(f"Change {number}\n")]
    parts.append(b"" if number else b"from refs/heads/main^0\n")
    for file in {*range(number * files // commits, (number + 1) * files // commits), number // 2}:
        parts.append(f"M 100644 inline internal/part{file % 40}/unit{file}.go\n".encode())
        parts.append(_data(_source(file, number)))
    return b"".join(parts)


def _source(file: int, number: int) -> str:
    """Return a file of Go of about 12 KB, as those of the real project are."""
    functions = [
        f"// Step{file}x{step} adds to the total of unit {file}.\n"
        f"func Step{file}x{step}(total float64) float64 {{\n\tfactor := {number * 7 + step}.5\n"
        f'\tif total > factor {{\n\t\treturn total - factor // "the limit of step {step}"\n\t}}\n\treturn total + factor\n}}\n'
        for step in range(48)
    ]
    return f"// Package part{file % 40} is a part.\npackage part{file % 40}\n\n" + "\n".join(functions)


def _data(text: str) -> bytes:
    encoded = text.encode()
    return b"data %d\n%s\n" % (len(encoded), encoded)


def _git(checkout: Path, *words: str, stdin: bytes = b"") -> bytes:
    return subprocess.run(["git", "-C", str(checkout), *words], input=stdin, capture_output=True, check=True).stdout


def _lines(checkout: Path, *words: str) -> int:
    return len(_git(checkout, *words).splitlines())


def _show(run: _readiness.Run, times: list[float]) -> None:
    verdicts = [verdict for item in run.report["items"] for verdict in item["verdicts"]]
    looks = {(verdict["duration_ms"] / 1000, verdict["probe"], verdict["time"]) for verdict in verdicts}
    print(f"the run, median of {len(times)}     {statistics.median(times):7.2f} s, {len(verdicts)} verdicts")
    print(f"  of it within the probes {sum(seconds for seconds, dummy, dummy in looks):7.2f} s, the slowest of them")
    for seconds, probe, dummy in sorted(looks, reverse=True)[:SLOWEST]:
        print(f"    {probe:22}{seconds:7.2f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
