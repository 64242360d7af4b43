# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is looked for in whole files: keys that no program reads, secrets, addresses.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import fnmatch
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._keys import unknown_keys
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._material import Material
from ansible_collections.cryptofunk.readiness.plugins.module_utils._config._scalars import is_example, literals, urls
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository._tree import Tree

Options = t.Dict[str, t.Any]
Found = t.List[t.Dict[str, t.Any]]


def find_unknown_keys(options: Options, material: Material) -> Found:
    """Return the keys of the declared files that no program reads; what a fact is stated by is always known."""
    facts = {
        fact["name"]: [(source["file"], source["path"]) for source in fact["sources"] if source["path"]]
        for fact in options["facts"]
    }
    named = {name: [path for dummy, path in sources] for name, sources in facts.items()}
    found: Found = []
    for declared in options["known_keys"]:
        for name, tree in material.trees(declared["file"]):
            stated = [path for sources in facts.values() for file, path in sources if fnmatch.fnmatchcase(name, file)]
            found += unknown_keys(name, tree, [*declared["paths"], *stated], named)
    return found


def find_literals(options: Options, material: Material) -> Found:
    """Return where the declared files have secrets as they are used; files to copy are left out."""
    return [one for name, tree in _trees(options["secret_files"], material) for one in literals(name, tree)]


def find_urls(options: Options, material: Material) -> Found:
    """Return the addresses in the declared files; files to copy are left out."""
    return [one for name, tree in _trees(options["url_files"], material) for one in urls(name, tree)]


def _trees(patterns: t.Iterable[str], material: Material) -> list[tuple[str, Tree]]:
    wanted = list(patterns)
    names = sorted({name for pattern in wanted for name in material.matches(pattern) if not is_example(name)})
    if not names:
        raise LookError(Reason.NO_DATA, f"No file matches {', '.join(wanted)}")
    return [found for name in names for found in material.trees(name)]
