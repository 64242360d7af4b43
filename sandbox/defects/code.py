# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Mistakes between the code and what documents say of it: routes, tables, comments, settings, variables, debuggers."""

from __future__ import annotations

from sandbox._edits import Change, Edit, Write
from sandbox.defects._defect import Defect

_MAIN = "cmd/api/main.go"
_API = "docs/API.md"
_SCHEMA = "docs/ARCHITECTURE.md"
_SETTINGS = "docs/CONFIGURATION.md"
_EXAMPLE = ".env.example"
_UP, _DOWN = "migrations/013_user_devices.sql", "migrations/013_user_devices_down.sql"
_LAST_ROW = "| POST | `/api/v1/trade/resume` | resume trading |\n"
_LAST_ROUTE = '\ttrade.POST("/resume", handle.ResumeTrading)\n'


def _routes(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("6.2.3",), says, edits)


def _tables(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("6.2.4",), says, edits)


def _comments(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("6.4.1",), says, edits)


def _settings(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("6.4.3",), says, edits)


def _variables(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("6.4.4",), says, edits)


def _debug(name: str, says: str, *edits: Change) -> Defect:
    return Defect(f"code_{name}", ("1.5.7",), says, edits)


_ROUTES = [
    _routes(
        "route_forgotten",
        "The document leaves a route out",
        Edit(_API, "| GET | `/api/v1/backtest` | runs over past prices |\n", ""),
    ),
    _routes(
        "route_new",
        "A route is new, and no document names it",
        Edit(_MAIN, _LAST_ROUTE, f'{_LAST_ROUTE}\tv1.POST("/positions/close-all", limits.order, handle.CloseAll)\n'),
    ),
    _routes(
        "route_renamed",
        "A route has another path than in the document",
        Edit(_MAIN, 'v1.GET("/positions/:symbol"', 'v1.GET("/position/:symbol"'),
    ),
    _routes(
        "route_gone",
        "The document names a route that no program has",
        Edit(_API, _LAST_ROW, f"{_LAST_ROW}| GET | `/api/v1/version` | the version |\n"),
    ),
    _routes(
        "method_wrong",
        "The document names the wrong method",
        Edit(_API, "| GET, PATCH | `/api/v1/config`", "| GET, PUT | `/api/v1/config`"),
    ),
    _routes(
        "method_changed",
        "A route answers to another method than the document says",
        Edit(_MAIN, 'v1.DELETE("/orders/:id"', 'v1.POST("/orders/:id"'),
    ),
    _routes(
        "group_renamed", "A group of routes has another prefix", Edit(_MAIN, 'v1.Group("/trade"', 'v1.Group("/trading"')
    ),
    _routes(
        "route_in_another_file",
        "A function in another file registers a route that no document names",
        Edit(_MAIN, "\treturn router\n", "\tadmin(v1)\n\treturn router\n"),
        Write(
            "cmd/api/admin.go",
            'package main\n\nimport "github.com/gin-gonic/gin"\n\n// admin is for operators.\nfunc admin(group *gin.RouterGroup) {\n'
            '\tgroup.Group("/admin").DELETE("/cache", func(c *gin.Context) { c.Status(204) })\n}\n',
        ),
    ),
    _routes(
        "example_of_a_route_that_is_gone",
        "An example asks for a route that no program has",
        Edit(_API, _LAST_ROW, f"{_LAST_ROW}\n```bash\ncurl -X POST http://localhost:8080/api/v1/trade/halt\n```\n"),
    ),
]

_TABLES = [
    _tables(
        "table_forgotten",
        "The document leaves a table out",
        Edit(_SCHEMA, "| `backtest_jobs` | runs over past prices |\n", ""),
    ),
    _tables(
        "table_new",
        "A migration makes a table that no document names",
        Edit(_UP, "\ncommit;", "create table device_audit (id uuid primary key, seen_at timestamptz);\n\ncommit;"),
        Edit(_DOWN, "drop table notification_log;", "drop table device_audit;\ndrop table notification_log;"),
    ),
    _tables(
        "table_under_another_name",
        "The document calls a table by another name",
        Edit(_SCHEMA, "`telegram_users`", "`telegram_people`"),
    ),
    _tables(
        "table_that_never_was",
        "The document names a table that no migration makes",
        Edit(
            _SCHEMA,
            "| `positions` | what is held |\n",
            "| `positions` | what is held |\n| `positions_archive` | what was held |\n",
        ),
    ),
]

_COMMENTS = [
    _comments(
        "comment_missing",
        "An exported function has no comment",
        Edit("internal/db/db.go", "// Open connects a pool to DATABASE_URL.\n", ""),
    ),
    _comments(
        "comment_apart",
        "A blank line parts a comment from its function",
        Edit("internal/exchange/binance.go", "real money.\nfunc Host", "real money.\n\nfunc Host"),
    ),
    _comments(
        "comment_for_tools_alone",
        "What stands above an exported function is for tools alone",
        Edit(
            "internal/risk/circuit_breaker.go", "// NewBreaker returns the breaker of a service.\n", "//go:noinline\n"
        ),
    ),
    _comments(
        "method_without_comment",
        "An exported method is new and has no comment",
        Edit(
            "internal/agents/base.go", "func (a *Agent) health(", "func (a *Agent) Stop() {}\n\nfunc (a *Agent) health("
        ),
    ),
    _comments(
        "types_without_comments",
        "A package of exported types has no comments",
        Write(
            "internal/signals/signals.go",
            "package signals\n\n" + "".join(f"type Signal{number} struct{{}}\n\n" for number in range(60)),
        ),
    ),
]

_SETTINGS_DEFECTS = [
    _settings(
        "setting_forgotten", "The document leaves a key of config.yaml out", Edit(_SETTINGS, "- `app.version`\n", "")
    ),
    _settings(
        "setting_misspelled", "The document misspells a key", Edit(_SETTINGS, "`logging.level`", "`loging.level`")
    ),
    _settings(
        "setting_of_the_orchestrator",
        "Nothing explains a key of orchestrator.yaml",
        Edit(_SETTINGS, "`orchestrator.name`, ", ""),
    ),
    _settings(
        "setting_of_the_gateway", "Nothing explains a key of bifrost.yaml", Edit(_SETTINGS, "`cache.backend`, ", "")
    ),
    _settings(
        "setting_of_nats",
        "Nothing explains where NATS is",
        Edit(_SETTINGS, "- `nats.url`\n", ""),
    ),
]

_VARIABLES = [
    _variables(
        "variable_forgotten",
        "The example leaves a variable out",
        Edit(_EXAMPLE, "VAULT_SECRET_PATH=cryptofunk/production\n", ""),
    ),
    _variables(
        "variable_new",
        "The code reads a variable that the example does not have",
        Edit(
            _MAIN,
            '\tport := os.Getenv("API_PORT")\n',
            '\tlog.SetPrefix(os.Getenv("API_LOG_PREFIX"))\n\tport := os.Getenv("API_PORT")\n',
        ),
    ),
    _variables(
        "variable_renamed",
        "The code reads a variable by another name than the example has",
        Edit("cmd/mcp-servers/market-data/main.go", '"PREFER_COINGECKO"', '"PREFER_GECKO"'),
    ),
    _variables(
        "variable_through_a_function",
        "A function of the code's own reads a variable that the example does not have",
        Write(
            "internal/config/environment.go",
            'package config\n\nimport "os"\n\n// Region is where the programs run.\nfunc Region() string { return or("CRYPTOFUNK_REGION", "eu") }\n\n'
            "func or(name, otherwise string) string {\n\tif value, set := os.LookupEnv(name); set {\n\t\treturn value\n\t}\n\treturn otherwise\n}\n",
        ),
    ),
    _variables(
        "variable_of_compose",
        "Compose substitutes a variable that the example does not have",
        Edit("docker-compose.prod.yml", "${VAULT_MOUNT_PATH:-secret}", "${VAULT_MOUNT:-secret}"),
    ),
    _variables(
        "variable_of_a_script",
        "A script reads a variable that the example does not have",
        Edit("scripts/test-alerts.sh", "${ALERTMANAGER_URL:-", "${ALERTS_URL:-"),
    ),
    _variables(
        "variable_misspelled",
        "The example misspells a variable",
        Edit(_EXAMPLE, "\nORCHESTRATOR_URL=", "\nORCHESTRATOR_ADDR="),
    ),
]

_DEBUG = [
    _debug(
        "pprof_imported",
        "The API registers the profiler of Go",
        Edit(_MAIN, '\t"net/http"\n', '\t"net/http"\n\t_ "net/http/pprof"\n'),
    ),
    _debug(
        "expvar_imported",
        "The orchestrator shows its variables",
        Edit("cmd/orchestrator/main.go", '\t"context"\n', '\t"context"\n\t_ "expvar"\n'),
    ),
    _debug(
        "gin_in_debug_mode",
        "The API switches gin's debugging mode on",
        Edit(_MAIN, "\trouter := gin.New()\n", "\tgin.SetMode(gin.DebugMode)\n\trouter := gin.New()\n"),
    ),
]

DEFECTS = [*_ROUTES, *_TABLES, *_COMMENTS, *_SETTINGS_DEFECTS, *_VARIABLES, *_DEBUG]
