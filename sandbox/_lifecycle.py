# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bring a profile up and down, and break and repair it."""

from __future__ import annotations

import hashlib
import os
import time
import typing as t
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from sandbox import components, sabotages
from sandbox._contract import Component, Sabotage
from sandbox._errors import SandboxError
from sandbox._sandbox import Sandbox
from sandbox._waiting import answers

Say = t.Callable[[str, str], None]
ALL = "all"
_HERE = Path(__file__).resolve().parent


def chosen(sandbox: Sandbox, only: t.Collection[str] = ()) -> list[Component]:
    """Return the components of the profile, or those of *only* and what they need, needed ones first."""
    have = {component.NAME: component for component in components.ALL if sandbox.profile in component.PROFILES}
    unknown = set(only) - set(have)
    if unknown:
        raise SandboxError(f"{sandbox.profile.value} has no {', '.join(sorted(unknown))}; it has {', '.join(have)}")
    order: dict[str, Component] = {}

    def add(name: str) -> None:
        if name in have and name not in order:
            for needed in have[name].NEEDS:
                add(needed)
            order[name] = have[name]

    for name in only or have:
        add(name)
    return list(order.values())


def asked_for(sandbox: Sandbox) -> list[str]:
    """Return the names of the components that are started when none is named: all with COMPONENTS=all, or else the light ones."""
    is_all = os.environ.get("COMPONENTS") == ALL
    return [one.NAME for one in chosen(sandbox) if is_all or not getattr(one, "ON_REQUEST", False)]


def left_out(sandbox: Sandbox) -> list[str]:
    """Return the names of the components that ``COMPONENTS=all`` would add."""
    asked = asked_for(sandbox)
    return [one.NAME for one in chosen(sandbox) if one.NAME not in asked]


def up(sandbox: Sandbox, only: t.Collection[str], say: Say) -> None:
    """Start what is not up yet, side by side where the needs allow, and write the targets."""
    sandbox.make()
    wanted = chosen(sandbox, only or asked_for(sandbox))
    futures: dict[str, Future[None]] = {}
    with ThreadPoolExecutor(max_workers=max(1, len(wanted))) as pool:
        for component in wanted:
            needed = [futures[name] for name in component.NEEDS if name in futures]
            futures[component.NAME] = pool.submit(_start, sandbox, component, needed, say)
    _raise_first(futures)
    running = [component for component in chosen(sandbox) if component.is_up(sandbox)]
    sandbox.targets.declare(component.targets(sandbox) for component in running)


def down(sandbox: Sandbox) -> None:
    """End every process of the profile; what a sabotage left broken is forgotten, so that it is built anew."""
    if not (sandbox.folder / "run").is_dir():
        return
    left_broken = broken(sandbox)
    for component in reversed(chosen(sandbox)):
        component.stop(sandbox)
    for name in sandbox.processes.names():
        sandbox.processes.stop(name)
    for sabotage in left_broken:
        sandbox.forget(sabotage.component)
        sandbox.targets.unpatch(sabotage.name)
        _mark(sandbox, sabotage).unlink(missing_ok=True)


def broken(sandbox: Sandbox) -> list[Sabotage]:
    """Return the sabotages that were done and not repaired."""
    return [sabotage for sabotage in sabotages.ALL if _mark(sandbox, sabotage).exists()]


def break_it(sandbox: Sandbox, name: str) -> Sabotage:
    """Do the sabotage *name*. It is noted first, so that half of it can be repaired, too."""
    sabotage = find(sandbox, name)
    if _mark(sandbox, sabotage).exists():
        raise SandboxError(f"{name} is done already; 'repair {name}' undoes it")
    hurt = {component.NAME: component for component in chosen(sandbox)}[sabotage.component]
    if not hurt.is_up(sandbox):
        raise SandboxError(f"{sabotage.component} is not up, so {name} cannot break it")
    _mark(sandbox, sabotage).parent.mkdir(mode=0o700, exist_ok=True)
    _mark(sandbox, sabotage).touch()
    sabotage.do(sandbox)
    return sabotage


def repair(sandbox: Sandbox, name: str) -> Sabotage:
    """Undo the sabotage *name*."""
    sabotage = find(sandbox, name)
    sabotage.undo(sandbox)
    _mark(sandbox, sabotage).unlink(missing_ok=True)
    return sabotage


def find(sandbox: Sandbox, name: str) -> Sabotage:
    for sabotage in sabotages.ALL:
        if sabotage.name == name and sandbox.profile in sabotage.profiles:
            return sabotage
    raise SandboxError(f"{sandbox.profile.value} has no sabotage {name}; 'sabotages' lists them")


def _start(sandbox: Sandbox, component: Component, needed: list[Future[None]], say: Say) -> None:
    for future in needed:
        future.result()
    began = time.monotonic()
    if component.is_up(sandbox) and _stamp(sandbox, component).exists():
        say(component.NAME, "is up already")
        return
    component.stop(sandbox)  # half of it may be there
    _forget_when_outdated(sandbox, component)
    for word, offset in component.PORTS.items():
        _check_free(sandbox.port(offset), component.NAME, word)
    try:
        component.start(sandbox)
    except BaseException:
        component.stop(sandbox)
        raise
    _stamp(sandbox, component).write_text(_digest(component), encoding="ascii")
    say(component.NAME, f"started in {time.monotonic() - began:.1f} s")


def _raise_first(futures: dict[str, Future[None]]) -> None:
    errors = {name: future.exception() for name, future in futures.items() if future.exception() is not None}
    for name, error in errors.items():
        if isinstance(error, SandboxError):
            raise SandboxError(f"Cannot start {name}: {error}") from error
        if error is not None:
            raise error


def _check_free(port: int, name: str, word: str) -> None:
    if answers("127.0.0.1", port):
        raise SandboxError(f"port {port} ({name} {word}) is taken by a process that is not ours")


def _mark(sandbox: Sandbox, sabotage: Sabotage) -> Path:
    return sandbox.folder / "broken" / sabotage.name


def _stamp(sandbox: Sandbox, component: Component) -> Path:
    return sandbox.folder / "built" / component.NAME


def _forget_when_outdated(sandbox: Sandbox, component: Component) -> None:
    """Remove a home that was built by other sources than today's, or only half."""
    stamp = _stamp(sandbox, component)
    if not stamp.exists() or stamp.read_text(encoding="ascii") != _digest(component):
        sandbox.forget(component.NAME)
    stamp.unlink(missing_ok=True)


def _digest(component: Component) -> str:
    digest = hashlib.sha256()
    for file in sources(component):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def sources(component: Component) -> list[Path]:
    """Return the files that decide what a component's home holds: its module, the SQL and the grants."""
    grants = _HERE.parent / "docs" / "grants"
    return [
        _HERE / "components" / f"{component.NAME}.py",
        *sorted((_HERE / "sql").glob("*")),
        *sorted(grants.glob("*")),
    ]
