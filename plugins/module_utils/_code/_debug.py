# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What in Go code opens a program to debuggers. Pure. This is a private part of the collection."""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import (
    GoCode,
    GoFile,
    Node,
    arguments,
    callee,
    imports,
    literal,
    place,
    text,
    walk,
)

_IMPORTS = {
    "net/http/pprof": "registers /debug/pprof",
    "expvar": "registers /debug/vars",
    "github.com/gin-contrib/pprof": "registers /debug/pprof",
    "github.com/arl/statsviz": "registers /debug/statsviz",
    "github.com/swaggo/gin-swagger": "serves an API explorer",
    "github.com/swaggo/http-swagger": "serves an API explorer",
}
TELLING = re.compile(rb"pprof|expvar|statsviz|swagger|SetMode")
_VERSION = re.compile(r"/v\d+$")


def debug_features(code: GoCode) -> list[dict[str, t.Any]]:
    """Return imports that register debugging endpoints, and calls that switch a debugging mode on."""
    found: list[dict[str, t.Any]] = []
    for file in code.files:
        for spec in imports(file):
            path = _VERSION.sub("", literal(spec.child_by_field_name("path")) or "")
            if path in _IMPORTS:
                found.append({"name": f"{path} {_IMPORTS[path]}", "at": [place(file, spec)]})
        if b"SetMode" in file.source:
            found += _debug_modes(file)
    return found


def _debug_modes(file: GoFile) -> t.Iterator[dict[str, t.Any]]:
    for call in walk(file.root, "call_expression"):
        given = arguments(call)
        if callee(call)[1] == "SetMode" and given:
            mode = literal(given[0]) or text(given[0])
            if mode in ("debug", "gin.DebugMode") and not _is_conditional(call):
                yield {"name": "gin runs in debug mode", "at": [place(file, call)]}


def _is_conditional(node: Node) -> bool:
    """Tell whether *node* stands in a branch, which production need not take."""
    around = node.parent
    while around is not None and around.type not in ("function_declaration", "method_declaration"):
        if around.type in ("if_statement", "expression_case", "default_case"):
            return True
        around = around.parent
    return False
