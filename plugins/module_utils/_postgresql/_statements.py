# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What pg_stat_statements counted, by the columns that it really has.

Its columns follow the version of the extension in this database, not that of the server: total_time became total_exec_time
with 1.8. This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import re
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import MONITOR, Context
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._session import MARK

_WHERE = """
select quote_ident(n.nspname) as schema, e.extversion as version,
       array(select attname::text from pg_attribute
             where attrelid = to_regclass(quote_ident(n.nspname) || '.pg_stat_statements') and attnum > 0) as columns
from pg_extension e join pg_namespace n on n.oid = e.extnamespace
where e.extname = 'pg_stat_statements'
"""
# Statements of the application: queries and changes of data, run more than once, not our own.
_STATEMENTS = """
with counted as (
    select s.query, r.rolname::text as user, s.calls, s.total_{time} as total_ms, s.mean_{time} as mean_ms,
           s.max_{time} as max_ms, s.stddev_{time} as stddev_ms
    from {schema}.pg_stat_statements s left join pg_roles r on r.oid = s.userid
    where s.dbid = (select oid from pg_database where datname = current_database())
      and s.calls >= %(calls)s and s.query not like %(mark)s
      and regexp_replace(s.query, %(comments)s, '') ~* '^(select|insert|update|delete|merge|with|values)[^a-z]'
), ranked as (
    select *, row_number() over (order by mean_ms desc) as by_mean, row_number() over (order by max_ms desc) as by_max,
           row_number() over (order by calls desc, query) as by_calls,
           count(*) over () as statements, sum(calls) over ()::int8 as all_calls
    from counted
)
select left(query, 2000) as query, "user", calls, total_ms, mean_ms, max_ms, stddev_ms, by_mean, by_max, by_calls, statements,
       all_calls
from ranked where by_mean <= %(most)s or by_max <= %(most)s or by_calls <= %(most)s
"""
_COMMENTS = r"^(\s|/\*([^*]|\*+[^*/])*\*+/|--[^\n]*\n)+"
_MOST = 20  # statements a list
_LONGEST = 200  # characters of a statement
_LITERAL = re.compile(r"[eE]'(?:[^'\\]|''|\\.)*(?:'|$)|'(?:[^']|'')*(?:'|$)|\$(\w*)\$.*?(?:\$\1\$|$)", re.DOTALL)


def statements(context: Context) -> dict[str, t.Any]:
    """Return the slowest statements by their mean and by their longest run."""
    version, rows = context.once("statements", lambda: _counted(context))
    return {
        "version": version,
        "calls": int(rows[0]["all_calls"]),
        "count": rows[0]["statements"],
        "by_mean": _list(rows, "by_mean"),
        "by_max": _list(rows, "by_max"),
    }


def calls_per_request(context: Context) -> dict[str, t.Any]:
    """Return the statements that run most often, against the requests that were served in the same time."""
    requests = context.options["requests"]
    if not requests or requests < 0:
        why = "How many requests were served since pg_stat_statements was last reset, requests, is not declared"
        raise LookError(Reason.NOT_CONFIGURED, why)
    dummy, rows = context.once("statements", lambda: _counted(context))
    calls = int(rows[0]["all_calls"])
    if calls < requests:
        why = f"{calls} calls are counted for {requests} requests: the two are not of the same time"
        raise LookError(Reason.TOO_LITTLE_DATA, f"Cannot {context.session.attempt}: {why}")
    listed = [{**one, "per_request": round(one["calls"] / requests, 4)} for one in _list(rows, "by_calls")]
    return {"requests": requests, "by_calls": listed, "most": listed[0]["per_request"]}


def _counted(context: Context) -> tuple[str, list[dict[str, t.Any]]]:
    """Return the version of the extension, and what it counted; raise LookError where that is too little to tell."""
    where = context.session.rows(_WHERE)
    if not where:
        why = f"Cannot {context.session.attempt}: the extension pg_stat_statements is not in this database"
        raise LookError(Reason.UNSUPPORTED, why)
    context.need_statistics()
    (found,) = where
    query = _STATEMENTS.format(schema=found["schema"], time=suffix(found["columns"]))
    parameters = {"calls": 2, "mark": f"%{MARK}%", "comments": _COMMENTS, "most": _MOST}
    rows = context.session.rows(query, parameters, needs=f"{MONITOR} to {context.login.user}")
    calls = int(rows[0]["all_calls"]) if rows else 0
    least = int(context.options["min_calls"])
    if not rows or calls < least:
        why = f"Cannot {context.session.attempt}: only {calls} calls are counted, {least} are needed to tell"
        raise LookError(Reason.TOO_LITTLE_DATA, why)
    return found["version"], rows


def suffix(columns: t.Collection[str]) -> str:
    """Return the end of the names of the columns that hold times."""
    return "exec_time" if "total_exec_time" in columns else "time"


def without_literals(query: str) -> str:
    """Return *query* in one line without what stands in quotes: an old version keeps the literals of utility statements."""
    return " ".join(_LITERAL.sub("?", query).split())


def _list(rows: t.Sequence[dict[str, t.Any]], rank: str) -> list[dict[str, t.Any]]:
    kept = sorted((row for row in rows if row[rank] <= _MOST), key=lambda row: int(row[rank]))
    return [
        {
            "query": without_literals(row["query"])[:_LONGEST],
            "user": row["user"],
            **{key: row[key] for key in ("calls", "total_ms", "mean_ms", "max_ms", "stddev_ms")},
        }
        for row in kept
    ]
