# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write compose projects and look at them: what the tests of ordinary and of hostile ones share."""

from __future__ import annotations

import json
import textwrap
import typing as t
from pathlib import Path

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import compose


def look(path: Path, **options: t.Any) -> list[dict[str, t.Any]]:
    valid = ArgumentSpecValidator(**compose.SPEC).validate({"path": str(path), **options})
    assert not valid.error_messages, valid.error_messages
    return t.cast(
        "list[dict[str, t.Any]]",
        json.loads(json.dumps(compose.observe(valid.validated_parameters, Deadline(20)), allow_nan=False)),
    )


def service(path: Path, name: str = "x", **options: t.Any) -> dict[str, t.Any]:
    (found,) = [one for one in look(path, **options) if one["subject"] == name]
    return found


def project(path: Path, **options: t.Any) -> dict[str, t.Any]:
    (found,) = look(path, view="project", **options)
    return found


def write(path: Path, text: str, name: str = "docker-compose.yml") -> None:
    (path / name).parent.mkdir(parents=True, exist_ok=True)
    (path / name).write_text(textwrap.dedent(text))
