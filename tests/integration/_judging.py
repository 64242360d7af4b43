# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Look with a probe, and judge what it saw by the checks of the catalogue."""

from __future__ import annotations

import functools
import json
import re
import typing as t
from pathlib import Path

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from jinja2 import ChainableUndefined
from jinja2.nativetypes import NativeEnvironment

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._judge import Check, Look, judge

ROOT = Path(__file__).parents[2]


@functools.cache
def defaults(section: str) -> dict[str, t.Any]:
    """The defaults of a role; one without variables has no file of them."""
    file = ROOT / "roles" / section / "defaults" / "main.yml"
    return t.cast("dict[str, t.Any]", yaml.safe_load(file.read_text())) if file.exists() else {}


def seen(probe: t.Any, **options: t.Any) -> dict[str, t.Any]:
    """Return the one subject that a probe sees, as JSON carries it."""
    result = ArgumentSpecValidator(**probe.SPEC).validate(options)
    assert not result.error_messages, result.error_messages
    valid = result.validated_parameters
    (subject,) = probe.observe(valid, Deadline(valid["timeout"]))
    return t.cast("dict[str, t.Any]", json.loads(json.dumps(subject)))


def outcome(item: str, of: str, subject: dict[str, t.Any]) -> str:
    """Return what the checks of an item over one subject come to: failed, error or passed."""
    verdicts = [one["verdict"] for one in judged(item, of, subject)]
    return "failed" if "fail" in verdicts else "error" if "error" in verdicts else "passed"


def judged(item: str, of: str, subject: dict[str, t.Any]) -> list[dict[str, t.Any]]:
    (entry,) = [one for one in _catalogue() if one["id"] == item]
    checks = [check for check in entry["checks"] if check["of"] == of]
    assert checks, f"{item} has no check of {of}"
    variables = defaults(entry["section"])
    return [
        one
        for check in checks
        for one in judge(
            Check(
                item,
                check["label"],
                check["that"],
                check["matcher"],
                _rendered(check["expected"], variables),
                "",
                check["at"],
                check["static"],
            ),
            [subject],
            Look("here", "probe", "now", 0),
            lambda because, observed: observed,
        )
    ]


@functools.cache
def _catalogue() -> list[dict[str, t.Any]]:
    return read_catalogue()


def _rendered(expected: t.Any, variables: dict[str, t.Any]) -> t.Any:
    """Put the variables of the role in place; a threshold is one variable and nothing else."""
    if isinstance(expected, dict):
        return {key: _rendered(one, variables) for key, one in expected.items()}
    match = re.fullmatch(r"\{\{ (\w+) \}\}", expected) if isinstance(expected, str) else None
    value = variables[match.group(1)] if match else expected
    return _template(value, variables) if match and isinstance(value, str) and "{{" in value else value


def _template(text: str, variables: dict[str, t.Any]) -> t.Any:
    """Render a default that depends on what the inventory declares, of which there is nothing here."""
    return NativeEnvironment(undefined=ChainableUndefined).from_string(text).render(variables)
