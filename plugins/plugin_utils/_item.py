# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One item of the catalogue: its shape, and what is refused. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._matchers import MATCHERS, expectation_fault
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._query import compile_query
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError, Mapping

SECTIONS = (
    "security",
    "performance",
    "configuration",
    "infrastructure",
    "monitoring",
    "documentation",
    "deployment",
    "verification",
    "rollback",
    "signoff",
)
SEVERITIES = ("critical", "high", "medium", "low")
DECIDED_BY = ("probe", "probe_and_person", "person", "items")

_REQUIRED = {"id", "title", "severity", "decided_by", "remediation"}
PLATFORMS = ("compose", "kubernetes")

_OPTIONAL = {"source", "checks", "items", "same_as", "inverted", "platform"}
_CHECK_KEYS = {"of", "that", "at", "because", "optional", "static", "platform"}
_FLAGS = ("optional", "static")
_ID = re.compile(r"\d+(\.\d+)+")

Item = t.Dict[str, t.Any]


def checked_item(raw: t.Any, section: str, topic: str, where: str) -> Item:
    """Return *raw* as an item with its defaults, its checks labelled; raise DataError with its place when it is none."""
    if not isinstance(raw, Mapping):
        raise DataError(f"{where}: an item must be a mapping with the keys {', '.join(sorted(_REQUIRED))}")
    where = raw.origin
    _need_keys(raw, _REQUIRED, _REQUIRED | _OPTIONAL, "item", where)
    if not isinstance(raw["id"], str) or not _ID.fullmatch(raw["id"]):
        raise DataError(f'{where}: the id {raw["id"]!r} must be a text like "1.3.5": put it in quotes')
    name = f"{where}: item {raw['id']}"
    _need_one_of(raw["severity"], SEVERITIES, "severity", name)
    _need_one_of(raw["decided_by"], DECIDED_BY, "decided_by", name)
    for key in ("title", "remediation"):
        if not isinstance(raw[key], str) or not raw[key].strip():
            raise DataError(f"{name}: {key} must be a text")
    if not isinstance(raw.get("inverted", False), bool):
        raise DataError(f"{name}: inverted must be true or false")
    _check_selector(raw.get("items"), name)
    _check_platform(raw, name)
    return {
        "inverted": False,
        "items": None,
        "same_as": None,
        "platform": None,
        **raw,
        "title": raw["title"].strip(),
        "remediation": raw["remediation"].strip(),
        "source": _checked_source(raw.get("source"), name),
        "section": section,
        "topic": topic,
        "origin": raw.origin,
        "checks": _checked_checks(raw.get("checks", []), name),
    }


def _checked_checks(raw: t.Any, name: str) -> list[dict[str, t.Any]]:
    if not isinstance(raw, list):
        raise DataError(f"{name}: checks must be a list")
    checks = _labelled([_checked_check(check, name) for check in raw], name)
    if checks and all(check["optional"] and not check["platform"] for check in checks):
        raise DataError(f"{name}: at least one check must not be optional")
    return checks


def _checked_check(raw: t.Any, name: str) -> dict[str, t.Any]:
    if not isinstance(raw, Mapping):
        raise DataError(f"{name}: a check must be a mapping with of, that and one matcher")
    name = f"{name}, check at line {raw.origin.rpartition(':')[2]}"
    _need_keys(raw, {"of", "that"}, _CHECK_KEYS | set(MATCHERS), "check", name)
    matchers = sorted(set(raw) & set(MATCHERS))
    if len(matchers) != 1:
        raise DataError(
            f"{name}: exactly one matcher is needed, found {', '.join(matchers) or 'none'}; there are {', '.join(MATCHERS)}"
        )
    for query in [raw[key] for key in ("that", "at") if key in raw]:
        try:
            compile_query(str(query))
        except ValueError as exc:
            raise DataError(f"{name}: {exc}") from exc
    (matcher,) = matchers
    fault = None if is_template(raw[matcher]) else expectation_fault(matcher, raw[matcher])
    if fault:
        raise DataError(f"{name}: {matcher} {fault}")
    for flag in _FLAGS:
        if not isinstance(raw.get(flag, False), bool):
            raise DataError(f"{name}: {flag} must be true or false")
    _check_platform(raw, name)
    return {
        **{flag: raw.get(flag, False) for flag in _FLAGS},
        "at": raw.get("at"),
        "platform": raw.get("platform"),
        "of": raw["of"],
        "that": raw["that"],
        "matcher": matcher,
        "expected": raw[matcher],
        "because": raw.get("because", ""),
    }


def is_template(value: t.Any) -> bool:
    """Tell whether *value* holds a Jinja expression or statement anywhere."""
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, dict):
        return any(is_template(one) for one in value.values())
    return isinstance(value, list) and any(is_template(one) for one in value)


def _labelled(checks: list[dict[str, t.Any]], name: str) -> list[dict[str, t.Any]]:
    """Give each check a label that is unique within its item."""
    labelled = [{**check, "label": f"{check['of']}: {check['that']} {check['matcher']}"} for check in checks]
    seen: set[str] = set()
    for check in labelled:
        if check["label"] in seen:
            raise DataError(f"{name}: the check {check['label']!r} stands twice")
        seen.add(check["label"])
    return labelled


def _checked_source(source: t.Any, name: str) -> dict[str, t.Any]:
    """Return the place of an item in the checklist; ``box`` is false for one that the document does not tick."""
    if source is None:
        return {"line": None, "digest": None, "box": False}
    known = {"box": True, **source} if isinstance(source, dict) else {}
    if (
        set(known) != {"line", "digest", "box"}
        or not isinstance(known["line"], int)
        or not isinstance(known["box"], bool)
    ):
        raise DataError(
            f"{name}: source must be a mapping of line (a number), digest, and box (true or false) where it is none"
        )
    return known


def _check_platform(raw: Mapping, name: str) -> None:
    """Refuse an unknown platform: an item or a check that names one does not count where the system runs on another."""
    if raw.get("platform") is not None:
        _need_one_of(raw["platform"], PLATFORMS, "platform", name)


def _check_selector(selector: t.Any, name: str) -> None:
    if selector is None or selector == "children":
        return
    if not isinstance(selector, dict) or set(selector) != {"sections", "severities"}:
        raise DataError(f"{name}: items must be 'children' or a mapping of sections and severities")
    for section in selector["sections"]:
        _need_one_of(section, SECTIONS, "section", name)
    for severity in selector["severities"]:
        _need_one_of(severity, SEVERITIES, "severity", name)


def _need_keys(raw: Mapping, required: set[str], allowed: set[str], kind: str, where: str) -> None:
    missing, unknown = required - set(raw), set(raw) - allowed
    if missing:
        raise DataError(f"{where}: the {kind} lacks {', '.join(sorted(missing))}")
    if unknown:
        raise DataError(
            f"{where}: the {kind} has the unknown key {', '.join(sorted(unknown))}; allowed are {', '.join(sorted(allowed))}"
        )


def _need_one_of(value: t.Any, allowed: t.Sequence[str], what: str, where: str) -> None:
    if value not in allowed:
        raise DataError(f"{where}: {what} {value!r} is unknown; allowed are {', '.join(allowed)}")
