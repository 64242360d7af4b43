# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Doc comments, what is built, and what opens a program to debuggers."""

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._build import is_built
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._comments import exported
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._debug import debug_features
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import parse_go

SOURCE = """package p

// Good is good.
func Good() {}

func Bad() {}

// A comment that stands apart.

func Apart() {}

//go:noinline
func Directive() {}

// Both comes first.
//go:noinline
func Both() {}

/* Block too. */
type Block struct{}

func (b *Block) Method() {}
func (b hidden) Method() {}
func hidden2() {}

// Kinds of things.
const (
    One = 1
    two = 2
)

const (
    // Three is three.
    Three = 3
    Four  = 4 // four
    Five  = 5
)

type (
    // Six is six.
    Six int
    Seven int
)

var Eight, nine = 8, 9
"""


def test_each_exported_identifier_has_a_comment_or_not() -> None:
    (file,) = parse_go({"p/p.go": SOURCE}).files
    found = {one.name: one.is_commented for one in exported(file)}

    assert found == {
        **dict.fromkeys(("Good", "Both", "Block", "One", "Three", "Four", "Six"), True),
        **dict.fromkeys(("Bad", "Apart", "Directive", "Block.Method", "Five", "Seven", "Eight"), False),
    }


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.go", "", True),
        ("a_windows.go", "", False),
        ("a_linux.go", "", True),
        ("a.go", "//go:build integration\n\n", False),
        ("a.go", "//go:build !production\n\n", True),
        ("a.go", "// A comment.\n\n//go:build linux && !cgo || (go1.21 && unix)\n\n", True),
        ("a.go", "//go:build ignore || debug\n\n", False),
    ],
)
def test_what_the_default_build_leaves_out(name: str, head: str, wanted: bool) -> None:
    assert is_built(name, head) is wanted


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('import _ "net/http/pprof"', 1),
        ('import (\n\t"expvar"\n\tswagger "github.com/swaggo/gin-swagger"\n)', 2),
        ("func f() { gin.SetMode(gin.DebugMode) }", 1),
        ('func f() { if dev { gin.SetMode("debug") } }', 0),
        ("func f() { gin.SetMode(gin.ReleaseMode) }", 0),
        ('import "runtime/pprof"', 0),
    ],
)
def test_what_opens_a_program_to_debuggers(source: str, count: int) -> None:
    found = debug_features(parse_go({"cmd/x/main.go": f"package main\n{source}\n"}))

    assert len(found) == count
    assert all(one["at"][0].startswith("cmd/x/main.go:") for one in found)
