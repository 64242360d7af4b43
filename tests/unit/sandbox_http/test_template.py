# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the template of the repository says in each profile."""

from __future__ import annotations

import fnmatch
import json
import re
import typing as t

import pytest
import yaml

from sandbox._profile import BOTH, Profile
from sandbox.components import _repository_files as content
from sandbox.sabotages import repository as sabotages

FILES = {profile: content.files(profile) for profile in BOTH}
CONFIG, AGENTS = "configs/config.yaml", "configs/agents.yaml"


def value(profile: Profile, file: str, path: str) -> t.Any:
    data = yaml.safe_load(FILES[profile][file])
    for key in path.split("."):
        data = data[key]
    return data


@pytest.mark.parametrize(
    ("file", "path", "hardened", "shipped"),
    [
        (CONFIG, "app.environment", "production", "development"),
        (CONFIG, "database.ssl_mode", "verify-full", "disable"),
        (CONFIG, "exchanges.binance.testnet", False, True),
        (CONFIG, "trading.mode", "paper", "paper"),
        (CONFIG, "risk.max_drawdown", 0.1, 0.1),
        (AGENTS, "risk_agent.max_drawdown_percent", 10.0, 20.0),
        (AGENTS, "risk_agent.config.max_leverage", 1.0, 1.0),
        (CONFIG, "api.auth.enabled", True, True),
    ],
)
def test_the_configuration_says(file: str, path: str, hardened: t.Any, shipped: t.Any) -> None:
    assert value(Profile.HARDENED, file, path) == hardened
    assert value(Profile.AS_SHIPPED, file, path) == shipped


@pytest.mark.parametrize(
    ("file", "unread", "missing"),
    [
        (CONFIG, {".llm.enabled", ".llm.api_key", ".llm.fallback_models"}, {".llm.fallback_model"}),
        (AGENTS, set(), {".nats", ".nats.url"}),
        ("configs/orchestrator.yaml", set(), set()),
        ("configs/bifrost.yaml", set(), set()),
    ],
)
def test_what_is_shipped_has_keys_that_no_program_reads_and_lacks_some_that_are_read(
    file: str, unread: set[str], missing: set[str]
) -> None:
    hardened, shipped = (keys(yaml.safe_load(FILES[profile][file])) for profile in BOTH)
    assert (shipped - hardened, hardened - shipped) == (unread, missing)


def keys(data: t.Any, path: str = "") -> set[str]:
    """Return the path of every key, dotted."""
    inner = data.items() if isinstance(data, dict) else ()
    return {path}.union(*(keys(value, f"{path}.{name}") for name, value in inner))


@pytest.mark.parametrize("profile", BOTH)
def test_every_file_of_data_can_be_read(profile: Profile) -> None:
    for path, text in FILES[profile].items():
        if path.endswith((".yml", ".yaml")):
            assert list(yaml.safe_load_all(text)), path
        if path.endswith(".json"):
            assert json.loads(text), path


@pytest.mark.parametrize("profile", BOTH)
def test_migrations_come_in_pairs_without_a_gap(profile: Profile) -> None:
    names = {path.removeprefix("migrations/") for path in FILES[profile] if path.startswith("migrations/")}
    up = {name for name in names if not name.endswith("_down.sql")}
    assert sorted(int(name[:3]) for name in up) == list(range(1, 14))
    assert names - up == {name.replace(".sql", "_down.sql") for name in up}


def test_only_the_hardened_profile_has_a_changelog() -> None:
    assert "CHANGELOG.md" in FILES[Profile.HARDENED]
    assert "CHANGELOG.md" not in FILES[Profile.AS_SHIPPED]


def test_a_password_stands_in_the_shipped_manifests_only() -> None:
    path = "deployments/k8s/base/secrets.yaml"
    assert b"Y2hhbmdlbWU=" in FILES[Profile.AS_SHIPPED][path]
    assert yaml.safe_load(FILES[Profile.HARDENED][path])["kind"] == "ExternalSecret"


def test_databases_are_encrypted_in_the_hardened_profile_alone() -> None:
    manifests = "deployments/k8s/base/deployment-*.yaml"
    for profile, word in ((Profile.HARDENED, b"sslmode=verify-full"), (Profile.AS_SHIPPED, b"sslmode=disable")):
        found = {
            mode
            for path, text in FILES[profile].items()
            if fnmatch.fnmatch(path, manifests)
            for mode in re.findall(rb"sslmode=[a-z-]+", text)
        }
        assert found == {word}


def test_a_file_is_in_one_layer_or_in_both_overlays() -> None:
    layers = {
        name: {str(file.relative_to(content.TEMPLATE / name)) for file in (content.TEMPLATE / name).rglob("*")}
        for name in ("base", "hardened", "as_shipped")
    }
    overlays = {
        path for path in layers["hardened"] | layers["as_shipped"] if (content.TEMPLATE / "hardened" / path).is_file()
    }
    assert not overlays & {path for path in layers["base"] if (content.TEMPLATE / "base" / path).is_file()}


def test_no_invented_key_stands_in_the_template() -> None:
    words = [word.encode() for word in content.words().values()]
    for file in content.TEMPLATE.rglob("*"):
        if file.is_file():
            assert not any(word in file.read_bytes() for word in words), file


def test_every_word_of_the_template_is_replaced() -> None:
    for profile in BOTH:
        for path, text in FILES[profile].items():
            assert not re.search(rb"@[A-Z]+_[A-Z]+@", text), path


def test_invented_keys_look_like_keys() -> None:
    key = content.words()["@LEAKED_KEY@"]
    assert re.fullmatch("[A-Za-z0-9]{64}", key)
    assert all(re.search(kind, key) for kind in ("[a-z]", "[A-Z]", "[0-9]"))
    assert len(set(content.words().values())) == len(content.words())


def _edits() -> list[t.Any]:
    partials = [one.do for one in sabotages.SABOTAGES]
    return [edit for do in partials for edit in getattr(do, "keywords", {}).get("edits", ())]


@pytest.mark.parametrize("edit", _edits(), ids=lambda edit: f"{edit.path} {edit.wrong!r}")
def test_what_a_sabotage_edits_stands_in_the_hardened_file(edit: t.Any) -> None:
    text = FILES[Profile.HARDENED][edit.path].decode()
    assert text.count(edit.right) >= 1 if edit.everywhere else text.count(edit.right) == 1
    assert text.count(edit.wrong) == 0
