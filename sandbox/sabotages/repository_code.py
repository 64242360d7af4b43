# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the documents can be wrong about the code, and how the code can open itself to debuggers."""

from __future__ import annotations

from sandbox._edits import Edit
from sandbox.sabotages.repository import edited

SABOTAGES = [
    edited(
        "route_undocumented",
        ("6.2.3",),
        "The API has a route that docs/API.md does not name",
        Edit(
            "cmd/api/main.go",
            'v1.GET("/backtest", limits.read, handle.ListBacktests)',
            'v1.POST("/backtest", limits.read, handle.ListBacktests)',
        ),
    ),
    edited(
        "table_undocumented",
        ("6.2.4",),
        "A table of the migrations is not in the description of the database",
        Edit("docs/ARCHITECTURE.md", "| `api_keys` | digests of keys |", "| `keys` | digests of keys |"),
    ),
    edited(
        "function_uncommented",
        ("6.4.1",),
        "An exported function has no doc comment",
        Edit(
            "internal/config/secrets.go",
            "// IsStrong tells whether a password is long and mixed enough.\nfunc IsStrong(",
            "func IsStrong(",
        ),
    ),
    edited(
        "setting_unexplained",
        ("6.4.3",),
        "Nothing explains a key of the configuration",
        Edit("docs/CONFIGURATION.md", "- `app.name`", "- `app.title`"),
    ),
    edited(
        "variable_undeclared",
        ("6.4.4",),
        "The code reads a variable that .env.example does not have",
        Edit("cmd/api/main.go", 'os.Getenv("CONFIG_PATH")', 'os.Getenv("CONFIG_FILE")'),
    ),
    edited(
        "debugger_in_the_code",
        ("1.5.7",),
        "The code registers the endpoints of Go's profiler",
        Edit("internal/agents/base.go", '\t"net/http"\n', '\t"net/http"\n\t_ "net/http/pprof"\n'),
    ),
]
