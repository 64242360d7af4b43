# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""CryptoFunk's database as its migrations make it: those of the sandbox's repository.

The names and types are facts of the real schema, and so are its flaws: three foreign keys without an index, and two indexes that
double a unique constraint (``sql/hardened.sql`` mends them).
"""

from __future__ import annotations

import re
import typing as t
from pathlib import Path

_MIGRATIONS = Path(__file__).resolve().parent / "repo_template" / "base" / "migrations"
_END = re.compile(r";[ \t]*\n")  # no migration has a semicolon at the end of a line that ends no statement
_OF_EXTENSION = {
    "timescaledb": re.compile(r"timescaledb|create_hypertable|add_\w+_policy"),
    "uuid-ossp": re.compile(r"uuid-ossp"),
    "vector": re.compile(r"\bvector"),
}
_VERSIONS = """
create table schema_version (
    version integer primary key,
    applied_at timestamptz not null default now(),
    description text not null
);
"""  # the real program that migrates makes it before the first migration


def migrations(*extensions: str) -> str:
    """Return what makes the database, as SQL, without the statements that need another extension than these."""
    absent = [pattern for name, pattern in _OF_EXTENSION.items() if name not in extensions]
    return _VERSIONS + _joined(one for one in _statements() if not any(pattern.search(one) for pattern in absent))


def of_extension(name: str) -> str:
    """Return the statements that need an extension, as SQL."""
    return _joined(one for one in _statements() if _OF_EXTENSION[name].search(one))


def _statements() -> t.Iterator[str]:
    for path in sorted(_MIGRATIONS.glob("[0-9]*.sql")):
        if not path.stem.endswith("_down"):
            yield from filter(str.strip, _END.split(path.read_text(encoding="utf-8")))


def _joined(statements: t.Iterable[str]) -> str:
    return "".join(f"{one};\n" for one in statements)
