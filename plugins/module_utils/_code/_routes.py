# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which HTTP routes Go code registers. Pure. This is a private part of the collection.

The functions that deal with routers are followed statement by statement, through groups, variables, fields, closures and calls,
with both branches of a condition. What a router is a part of is known in the end or the route counts as not followed.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _register
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._calls import returns_router
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._evaluate import Evaluator
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Function, Program, parameters
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import PACKAGES, Registered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline


@dataclass(frozen=True)
class Route:
    """A route, the programs that have it, and where it is registered."""

    method: str
    path: str
    programs: tuple[str, ...]
    at: tuple[str, ...]


@dataclass(frozen=True)
class Unfollowed:
    """A place where a route is registered whose path was not found, and the programs that it may belong to."""

    at: str
    programs: tuple[str, ...]


def find_routes(program: Program, constants: Constants, deadline: Deadline) -> tuple[list[Route], list[Unfollowed]]:
    """Return the routes of all programs, and the places that could not be followed."""
    mains = program.mains()
    reached = {main: program.reached(main) for main in mains}
    owners: dict[tuple[str, str, str], set[str]] = {}
    for main, functions in reached.items():
        for function in functions:
            owners.setdefault(function.key, set()).add(main)
    if not mains:  # a library: whatever it registers
        owners = {key: set() for key in program.functions}
    wanted = [one for key in owners for one in program.functions[key] if _deals_with_routers(program, one)]
    registered = _interpret(program, constants, deadline, wanted)
    return _routes(registered, owners), _unfollowed(registered, owners)


def _deals_with_routers(program: Program, function: Function) -> bool:
    mentions = program.mentions(function.file, function.node)
    if mentions.methods & _register.TELLING or any(package in PACKAGES for package, dummy in mentions.of_packages):
        return True
    return any(
        kind is not None and kind[0] in PACKAGES
        for kind in (program.type_name(function.file, node) for dummy, node in parameters(function.node))
    )


def _interpret(program: Program, constants: Constants, deadline: Deadline, wanted: list[Function]) -> list[Registered]:
    """Follow each function by itself, twice, as fields are filled in one function and used in another."""
    evaluator = Evaluator(program, constants, deadline, {one.key for one in wanted})
    for dummy in range(2):
        evaluator.begin()
        last = [one for one in wanted if returns_router(evaluator, one)]
        for function in wanted:
            if function not in last:
                evaluator.run_root(function)
        for function in last:  # what calls them knows where their router goes
            if function.key not in evaluator.called:
                evaluator.run_root(function)
    return evaluator.registered


def _routes(registered: list[Registered], owners: dict[tuple[str, str, str], set[str]]) -> list[Route]:
    found: dict[tuple[str, str], tuple[set[str], set[str]]] = {}
    for one in registered:
        path = one.whole_path()
        if path is not None:
            programs, places = found.setdefault((one.method, path), (set(), set()))
            programs.update(owners.get(one.root, ()))
            places.add(one.at)
    return [
        Route(method, path, tuple(sorted(programs)), tuple(sorted(places)))
        for (method, path), (programs, places) in sorted(found.items(), key=lambda one: (one[0][1], one[0][0]))
    ]


def _unfollowed(registered: list[Registered], owners: dict[tuple[str, str, str], set[str]]) -> list[Unfollowed]:
    """A parameter that no caller fills matters only when no call of the same place was followed."""
    followed = {one.node for one in registered if one.whole_path() is not None}
    found: dict[str, set[str]] = {}
    for one in registered:
        if one.whole_path() is None and not (one.awaits and one.node in followed):
            found.setdefault(one.at, set()).update(owners.get(one.root, ()))
    return [Unfollowed(at, tuple(sorted(programs))) for at, programs in sorted(found.items())]
