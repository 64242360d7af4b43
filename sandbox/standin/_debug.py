# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a Go program shows to everybody when its profiler was left in."""

from __future__ import annotations

import typing as t

from sandbox.standin._http import Reply, Request, as_json, as_text

_PROFILES = ("allocs", "block", "cmdline", "goroutine", "heap", "mutex", "profile", "threadcreate", "trace")


def debug(request: Request) -> Reply | None:
    """Answer the paths of net/http/pprof and expvar; None for any other."""
    if request.path in ("/debug/pprof", "/debug/pprof/"):
        return as_text(_index(), kind="text/html; charset=utf-8")
    if request.path == "/debug/vars":
        return as_json({"cmdline": ["/app/stand-in"], "memstats": {"Alloc": 4194304, "NumGC": 12}})
    if request.path == "/debug/pprof/cmdline":
        return as_text("/app/stand-in")
    if request.path.removeprefix("/debug/pprof/") in _PROFILES:
        return as_text("goroutine profile: total 1\n")
    return None


def with_debug(service: t.Callable[[Request], Reply], shown: t.Callable[[], bool]) -> t.Callable[[Request], Reply]:
    """Return *service* with the profiler in front of it, for as long as *shown* says so."""

    def serve(request: Request) -> Reply:
        found = debug(request) if shown() else None
        return found or service(request)

    return serve


def _index() -> str:
    rows = "".join(f"<tr><td>1</td><td><a href='{name}?debug=1'>{name}</a></td></tr>" for name in _PROFILES)
    return f"<html><head><title>/debug/pprof/</title></head><body><p>Types of profiles available:</p><table>{rows}</table></body></html>"
