# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The metrics that Go code registers with Prometheus's client library. Pure. This is a private part of the collection.

A metric is made by New… of ``prometheus`` or ``promauto`` with options that have Namespace, Subsystem and Name, or by NewDesc. A
name that is put together at run time becomes a pattern of what is known of it; one of which nothing is known is not returned, but
counted, so that "there is no such metric" is not said where it cannot be known.
"""

from __future__ import annotations

import re
import typing as t
from dataclasses import dataclass, field

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoCode,
    GoFile,
    Node,
    arguments,
    callee,
    place,
    text,
    walk,
)

_KINDS = "Counter|Gauge|Histogram|Summary|Untyped"
_MAKER = re.compile(rf"New({_KINDS})(Vec|Func)?$")
_OPTIONS = re.compile(rf"({_KINDS})(?:Vec)?Opts$|^Opts$")
_VERB = re.compile(r"%[-+# 0]*[\d.*]*[a-zA-Z%]")
_ANY = "[a-zA-Z0-9_]*"
PARTS = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("", "_sum", "_count")}


@dataclass
class Metric:
    """One registered metric: its name or a pattern of names, the labels as far as they are known, and what the code calls it."""

    name: str
    kind: str
    at: str
    labels: list[str] | None
    symbol: tuple[str, str] = ("", "")  # the folder of the package and the name of the variable or the field
    is_pattern: bool = False
    is_variable: bool = False  # of the package; otherwise the symbol is a field
    settings: int = 0  # how often the code names the field only to set it
    moves: bool = True

    def pattern(self) -> str:
        stem = self.name if self.is_pattern else re.escape(self.name)
        return f"(?:{stem})(?:{'|'.join(PARTS.get(self.kind, ('',)))})"


@dataclass
class Registered:
    """What a code registers. *unknown* are the places of metrics whose names cannot be known."""

    metrics: list[Metric] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def named(self, name: str) -> list[Metric]:
        return [one for one in self.metrics if re.fullmatch(one.pattern(), name)]


def metrics(code: GoCode) -> Registered:
    """Return the metrics that *code* makes."""
    found, constants = Registered(), Constants(code)
    for file in code.files:
        if not file.is_test and b"prometheus" in t.cast("bytes", file.root.text):
            for call in walk(file.root, "call_expression"):
                _note(found, file, call, constants)
    return found


def _note(found: Registered, file: GoFile, call: Node, constants: Constants) -> None:
    dummy, name = callee(call)
    made, given = _MAKER.match(name), arguments(call)
    if made and given:
        fields = _options(given[0])
        if fields is None:
            if _is_library(call):
                found.unknown.append(place(file, call))
            return
        parts = [_known(fields[key], file, constants) for key in ("Namespace", "Subsystem", "Name") if key in fields]
        labels = _labels(given[1], file, constants) if made.group(2) == "Vec" and len(given) > 1 else []
        kind = made.group(1).lower()
    elif name == "NewDesc" and len(given) >= 3:
        parts, kind, labels = [_known(given[0], file, constants)], "const", _labels(given[2], file, constants)
    else:
        return
    shown = "_".join(part for part in parts if part)
    if not re.sub(r"\[a-zA-Z0-9_\]\*|_", "", shown):
        found.unknown.append(place(file, call))
        return
    is_pattern = _ANY in shown
    stem = shown if is_pattern else shown.replace("\\", "")
    found.metrics.append(_owned(Metric(stem, kind, place(file, call), labels, is_pattern=is_pattern), file, call))


def _is_library(call: Node) -> bool:
    operand, dummy = callee(call)
    return operand is not None and text(operand) in ("prometheus", "promauto")


def _options(node: Node) -> dict[str, Node] | None:
    """Return the fields of a literal such as ``prometheus.CounterOpts{…}``."""
    literal = node.named_children[0] if node.type == "unary_expression" and node.named_children else node
    if literal.type != "composite_literal" or not _OPTIONS.search(text(literal.child_by_field_name("type"))):
        return None
    found: dict[str, Node] = {}
    for pair in literal.child_by_field_name("body").named_children:
        if pair.type == "keyed_element" and len(pair.named_children) == 2:
            key, value = pair.named_children
            found[text(key)] = value.named_children[0] if value.type == "literal_element" else value
    return found if "Name" in found else None


def _known(node: Node, file: GoFile, constants: Constants) -> str:
    """Return a regular expression for the text that *node* is at run time."""
    whole = constants.text(file, node)
    if whole is not None:
        return re.escape(whole).replace("\\-", "_")
    if node.type == "binary_expression":
        return "".join(_known(node.child_by_field_name(side), file, constants) for side in ("left", "right"))
    if node.type == "call_expression":
        dummy, name = callee(node)
        given = arguments(node)
        if name == "BuildFQName" and len(given) == 3:
            return "_".join(part for part in (_known(one, file, constants) for one in given) if part)
        form = constants.text(file, given[0]) if name == "Sprintf" and given else None
        if form is not None:
            return _ANY.join(re.escape(part) for part in _VERB.split(form))
    return _ANY


def _labels(node: Node, file: GoFile, constants: Constants) -> list[str] | None:
    """Return the names in a literal list of labels; None when they are not all known."""
    if node.type == "nil":
        return []
    if node.type != "composite_literal":
        return None
    body = node.child_by_field_name("body")
    inner = [
        one.named_children[0] if one.type == "literal_element" else one
        for one in body.named_children
        if one.type != "comment"
    ]
    found = [constants.text(file, one) for one in inner]
    return None if None in found else t.cast("t.List[str]", found)


def _owned(metric: Metric, file: GoFile, call: Node) -> Metric:
    """Note what the code calls the metric that *call* makes. A local variable and a function that tells the value are nothing to follow."""
    node: Node | None = call
    while node is not None and node.parent is not None:
        parent = node.parent
        if parent.type == "keyed_element" and parent.named_children[0].id != node.id:
            metric.symbol = (file.folder, text(parent.named_children[0]))
            return metric
        if parent.type in ("var_spec", "assignment_statement"):
            target = _target(parent, node)
            metric.is_variable = "." not in target
            metric.settings = 0 if metric.is_variable else 1
            is_local = parent.type == "var_spec" and not _is_of_package(parent)
            metric.symbol = ("", "") if is_local else (file.folder, target.rsplit(".", 1)[-1])
            return metric
        if parent.type in ("short_var_declaration", "return_statement", "function_declaration", "method_declaration"):
            return metric
        if parent.type == "call_expression" and _MAKER.match(callee(parent)[1] or ""):
            return metric
        node = parent
    return metric


def _is_of_package(spec: Node) -> bool:
    node = spec.parent
    while node is not None and node.type in ("var_declaration", "var_spec_list"):
        node = node.parent
    return node is not None and node.type == "source_file"


def _target(declared: Node, value: Node) -> str:
    is_spec = declared.type == "var_spec"
    names = declared.children_by_field_name("name") if is_spec else declared.child_by_field_name("left").named_children
    values = declared.child_by_field_name("value" if is_spec else "right")
    found = [
        number for number, one in enumerate(values.named_children if values is not None else ()) if one.id == value.id
    ]
    position = found[0] if found else 0
    return text(names[position]) if position < len(names) else ""
