# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Functions of extensions that no migration creates. Pure. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._migrations._review import Review

# What is called, and the extension that brings it. A name of PostgreSQL itself must not stand here.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "pgcrypto": (
        "gen_random_bytes", "gen_salt", "crypt", "digest", "hmac", "encrypt_iv", "decrypt_iv", "armor", "dearmor",
        "pgp_sym_encrypt", "pgp_sym_decrypt", "pgp_pub_encrypt", "pgp_pub_decrypt",
    ),
    "uuid-ossp": (
        "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v3", "uuid_generate_v4", "uuid_generate_v5", "uuid_nil",
    ),
    "timescaledb": (
        "create_hypertable", "add_compression_policy", "add_retention_policy", "add_continuous_aggregate_policy",
        "remove_compression_policy", "remove_retention_policy", "drop_chunks", "show_chunks", "time_bucket",
        "add_columnstore_policy", "add_job", "hypertable_size",
    ),
    "vector": ("vector", "halfvec", "sparsevec", "vector_cosine_ops", "vector_l2_ops", "vector_ip_ops", "cosine_distance"),
    "pg_trgm": ("similarity", "word_similarity", "show_trgm", "gin_trgm_ops", "gist_trgm_ops"),
    "fuzzystrmatch": ("levenshtein", "soundex", "metaphone", "dmetaphone"),
    "unaccent": ("unaccent",),
    "tablefunc": ("crosstab", "normal_rand", "connectby"),
    "postgis": ("st_makepoint", "st_distance", "st_within", "st_geomfromtext"),
}  # fmt: skip


@dataclass(frozen=True)
class Missing:
    """A function that is called although nothing creates its extension."""

    function: str
    extension: str
    place: str


def missing(reviews: t.Iterable[Review], provided: t.Collection[str]) -> list[Missing]:
    """Return the functions whose extension is neither created by a script nor *provided* otherwise."""
    every = list(reviews)
    there = set(provided) | {made.name for one in every for made in one.made if made.kind == "extension"}
    own = {made.name.rpartition(".")[2] for one in every for made in one.made if made.kind in ("function", "type")}
    by_function = {name: extension for extension, names in FUNCTIONS.items() for name in names}
    found: dict[str, Missing] = {}
    for one in every:
        for function, line in one.calls.items():
            extension = by_function.get(function)
            if extension and extension not in there and function not in own:
                found.setdefault(function, Missing(function, extension, f"{one.script.file}:{line}"))
    return list(found.values())
