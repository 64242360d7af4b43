# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._query import ask, compile_query

SEEN = {
    "subject": "db",
    "error": None,
    "unseen": {"hba": {"reason": "unauthorised", "message": "Cannot read pg_hba_file_rules"}},
    "hba": None,
    "ssl": True,
    "version": None,
    "sessions": [{"user": "app", "encrypted": True}, {"user": "ops", "encrypted": None}],
    "standbys": [],
    "settings": {"fsync": "on", "odd": None},
}


def test_a_value_is_found() -> None:
    assert ask("settings.fsync", SEEN).value == "on"


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("setings.fsync", id="mistyped key of the subject"),
        pytest.param("settings.fsnc", id="mistyped key of a dictionary"),
        pytest.param("sessions[].usr", id="mistyped key in a projection"),
        pytest.param("sessions[?usr == 'app']", id="mistyped key in a filter"),
        pytest.param("sessions[?usr == 'app'].user", id="mistyped key in a filter before a projection"),
        pytest.param("sessions[].encrypted", id="unknown value drops out of a projection"),
        pytest.param("sessions[?encrypted]", id="unknown value decides a filter"),
        pytest.param("sessions[?!encrypted]", id="unknown value is negated"),
        pytest.param("sessions[?encrypted == `false`]", id="unknown value is compared for equality"),
        pytest.param("sessions[?encrypted && user == 'ops']", id="unknown value in a conjunction"),
        pytest.param("version > `15`", id="unknown value is compared by order"),
        pytest.param("settings.*", id="unknown value drops out of the values"),
    ],
)
def test_a_gap_is_kept(query: str) -> None:
    assert ask(query, SEEN).gaps


@pytest.mark.parametrize(
    "query",
    [
        "sessions[?user == 'app'].encrypted",
        "sessions[?encrypted == `null`].user",
        "standbys[].state",
        "length(sessions)",
        "sessions[?encrypted == `null` || encrypted == `false`].user",
    ],
)
def test_a_query_without_gaps_has_none(query: str) -> None:
    assert ask(query, SEEN).gaps == []


def test_a_key_that_the_probe_could_not_see_gives_its_reason() -> None:
    with pytest.raises(LookError) as caught:
        ask("hba[?method == 'trust']", SEEN)
    assert caught.value.reason is Reason.UNAUTHORISED
    assert "pg_hba_file_rules" in caught.value.message


def test_a_function_that_does_not_fit_is_malformed() -> None:
    with pytest.raises(LookError) as caught:
        ask("length(ssl)", SEEN)
    assert caught.value.reason is Reason.MALFORMED


def test_only_the_last_key_of_a_path_may_be_absent() -> None:
    assert ask("settings.gone", SEEN).only_last_key_missing
    assert not ask("gone.settings", SEEN).only_last_key_missing
    assert not ask("gone", SEEN).only_last_key_missing


def test_a_query_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="is not JMESPath"):
        compile_query("sessions[?")
