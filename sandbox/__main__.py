# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The command line of the sandbox."""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import sys
import time
import typing as t

from sandbox import _lifecycle as lifecycle
from sandbox import sabotages
from sandbox._errors import SandboxError
from sandbox._profile import BOTH, Profile
from sandbox._sandbox import Sandbox, open_sandbox


def main() -> int:
    arguments = _parser().parse_args()
    try:
        return int(arguments.act(arguments))
    except SandboxError as error:
        print(f"sandbox: {error}", file=sys.stderr)
        return 1


def _up(arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    sandbox = open_sandbox(Profile(arguments.profile or Profile.HARDENED))
    with _alone(sandbox):
        lifecycle.up(sandbox, arguments.only, lambda name, what: print(f"{name:14} {what}", flush=True))
    left_out = lifecycle.left_out(sandbox)
    if left_out and not arguments.only:
        print(f"Not started, as they take long or are built first: {', '.join(left_out)}. COMPONENTS=all adds them.")
    print(f"{sandbox.profile.value} is up after {time.monotonic() - began:.1f} s: {sandbox.targets.path}")
    return 0


def _down(arguments: argparse.Namespace) -> int:
    for profile in [Profile(arguments.profile)] if arguments.profile else BOTH:
        sandbox = open_sandbox(profile)
        if sandbox.folder.is_dir():
            with _alone(sandbox):
                lifecycle.down(sandbox)
            print(f"{profile.value} is down")
    return 0


def _status(arguments: argparse.Namespace) -> int:
    sandbox = _running(arguments)
    left_out = lifecycle.left_out(sandbox)
    states = {component.NAME: component.is_up(sandbox) for component in lifecycle.chosen(sandbox)}
    states = {name: is_up for name, is_up in states.items() if is_up or name not in left_out}
    for name, is_up in states.items():
        print(f"{name:14} {'up' if is_up else 'down'}")
    for sabotage in lifecycle.broken(sandbox):
        print(f"{sabotage.component:14} broken by {sabotage.name}: {sabotage.says}")
    return 0 if all(states.values()) else 1


def _break(arguments: argparse.Namespace) -> int:
    sandbox = _running(arguments)
    with _alone(sandbox):
        sabotage = lifecycle.break_it(sandbox, arguments.sabotage)
    print(f"{sabotage.says}: {', '.join(sabotage.items)} must be {sabotage.becomes} now")
    return 0


def _repair(arguments: argparse.Namespace) -> int:
    sandbox = _running(arguments)
    with _alone(sandbox):
        names = [arguments.sabotage] if arguments.sabotage else [done.name for done in lifecycle.broken(sandbox)]
        for name in names:
            lifecycle.repair(sandbox, name)
            print(f"{name} is repaired")
    return 0


def _sabotages(arguments: argparse.Namespace) -> int:
    for sabotage in sabotages.ALL:
        if not arguments.profile or arguments.profile in sabotage.profiles:
            print(
                f"{sabotage.name:32} {sabotage.component:13} {sabotage.becomes:7} {' '.join(sabotage.items):24} {sabotage.says}"
            )
    return 0


def _inventory(arguments: argparse.Namespace) -> int:
    print(_running(arguments).targets.path)
    return 0


def _running(arguments: argparse.Namespace) -> Sandbox:
    """Return the profile that was asked for, or else the first one that runs."""
    if arguments.profile:
        return open_sandbox(Profile(arguments.profile))
    for sandbox in map(open_sandbox, BOTH):
        if sandbox.is_running:
            return sandbox
    raise SandboxError("nothing runs; 'up' starts it")


@contextlib.contextmanager
def _alone(sandbox: Sandbox) -> t.Iterator[None]:
    """Let only one command at a time change a profile."""
    sandbox.make()
    with (sandbox.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sandbox", description=(sys.modules["sandbox"].__doc__ or "").strip()
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, act: t.Callable[[argparse.Namespace], int], about: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=about, description=about)
        sub.add_argument("--profile", choices=[profile.value for profile in BOTH])
        sub.set_defaults(act=act)
        return sub

    command("up", _up, "Start what is not up yet (profile hardened unless told).").add_argument(
        "--only", type=lambda names: names.split(","), default=[], metavar="C1,C2", help="these and what they need"
    )
    command("down", _down, "End every process (of both profiles unless told).")
    command("status", _status, "Say what is up and what is broken; exit 1 unless all is up.")
    command("break", _break, "Do a sabotage.").add_argument("sabotage")
    command("repair", _repair, "Undo a sabotage, or all that were done.").add_argument("sabotage", nargs="?")
    command("sabotages", _sabotages, "List the sabotages: component, outcome, items, what is wrong then.")
    command("inventory", _inventory, "Print the path of the host variables of the running profile.")
    return parser


if __name__ == "__main__":
    sys.exit(main())
