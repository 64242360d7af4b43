# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of CI made of recorded ones: of today, of a commit, and damaged where a sabotage wants them so."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from sandbox._files import write_bytes

RECORDED = Path(__file__).resolve().parents[1] / "results"
SIDECAR = ".meta.json"

_STAMP = re.compile(r'(?<="Time":")[^"]+(?=")|(?<="CreatedAt": ")[^"]+(?=")')


@dataclass(frozen=True)
class Result:
    """A file of results: what it is a copy of, which command line made it, how many hours ago, and of which commit.

    *keep* is the share of its bytes that is there; *concurrency* the users of a load test; *describes* whether CI wrote a
    file beside it.
    """

    file: str
    recorded: str
    command: str = ""
    hours: float = 2.0
    commit: str = "HEAD"
    concurrency: int | None = None
    keep: float = 1.0
    describes: bool = True


def write(root: Path, result: Result, commit: str, image: str) -> None:
    """Write *result* of *commit* below *root*, and beside it what CI says about it."""
    made = dt.datetime.now(dt.timezone.utc) - dt.timedelta(hours=result.hours)
    content = _filled((RECORDED / result.recorded).read_text(encoding="utf-8"), made, commit, image).encode()
    content = content[: int(len(content) * result.keep)]
    said = {
        "commit": commit,
        "produced": _shown(made),
        "sha256": hashlib.sha256(content).hexdigest(),
        "command": result.command,
        "concurrency": result.concurrency,
    }
    file = root / result.file
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_bytes(file, content)
    beside = file.with_name(f"{file.name}{SIDECAR}")
    beside.unlink(missing_ok=True)
    if result.describes:
        write_bytes(beside, json.dumps({key: value for key, value in said.items() if value}).encode())


def digest_of(image: str) -> str:
    """Return the digest of *image*, which nobody ever built."""
    return f"sha256:{hashlib.sha256(image.encode()).hexdigest()}"


def digest() -> str:
    """Return a mark of all recorded files, and of what is made of them."""
    mark = hashlib.sha256()
    for file in sorted([*RECORDED.iterdir(), Path(__file__), Path(__file__).with_name("artifacts.py")]):
        mark.update(f"{file.name}\0".encode() + file.read_bytes())
    return mark.hexdigest()


def _filled(text: str, made: dt.datetime, commit: str, image: str) -> str:
    """Return *text* with its times moved so that the last of them is *made*, and with the names of commit and image."""
    times = [_time(stamp) for stamp in _STAMP.findall(text)]
    if times:
        ahead = made - max(times)
        text = _STAMP.sub(lambda stamp: _shown(_time(stamp.group()) + ahead), text)
    words = {"@COMMIT@": commit, "@IMAGE@": image, "@DIGEST@": digest_of(image), "@IMAGE_ID@": digest_of(f"{image} id")}
    for word, value in words.items():
        text = text.replace(word, value)
    return text


def _time(stamp: str) -> dt.datetime:
    whole, dummy, fraction = stamp.rstrip("Z").partition(".")
    seconds = dt.datetime.strptime(whole, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=dt.timezone.utc)
    return seconds + dt.timedelta(microseconds=int(fraction.ljust(6, "0")[:6] or 0))


def _shown(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
