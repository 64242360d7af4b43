# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.cryptofunk.readiness.plugins.module_utils._documents._examples import (
    keys,
    look_at_example,
    tags,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml


def test_unknown_keys_and_references_have_their_lines() -> None:
    like = _yaml.load(b"app: {name: x}\nnats: {url: x}\npairs: [{symbol: x}]\n", "c.yaml")[0]
    text = b"app:\n  name: ${NAME}\n  colour: red\nnats: {url: '${URL:-x}', password: '${PASSWORD}'}\npairs:\n- {symbol: a, depth: 1}\nmode: x\n"
    seen = look_at_example(
        "e.yaml", _yaml.load(text, "e.yaml")[0], keys(like), tags('Mode string `mapstructure:"mode"`')
    )

    assert seen["unknown_keys"] == [
        {"at": "e.yaml:3", "says": "app.colour"},
        {"at": "e.yaml:4", "says": "nats.password"},
        {"at": "e.yaml:6", "says": "pairs.*.depth"},
    ]
    assert seen["references"] == [{"at": "e.yaml:2", "says": "app.name"}, {"at": "e.yaml:4", "says": "nats.url"}]
