# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the routers of Go's HTTP libraries are called, and the routes that are registered on them. Pure.

This is a private part of the collection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE")
ANY = "ANY"
NET_HTTP = "net/http"

# Types of which a value is no part of another router, and types of which it may be.
_WHOLE = {
    "github.com/gin-gonic/gin": {"Engine"},
    NET_HTTP: {"ServeMux"},
    "github.com/labstack/echo": {"Echo"},
    "github.com/gofiber/fiber": {"App"},
}
_PART = {
    "github.com/gin-gonic/gin": {"RouterGroup", "IRouter", "IRoutes"},
    "github.com/labstack/echo": {"Group"},
    "github.com/gofiber/fiber": {"Router", "Group"},
    "github.com/go-chi/chi": {"Mux", "Router"},
    "github.com/gorilla/mux": {"Router", "Route"},
}
_MAKERS = {
    "github.com/gin-gonic/gin": {"New", "Default"},
    NET_HTTP: {"NewServeMux"},
    "github.com/labstack/echo": {"New"},
    "github.com/gofiber/fiber": {"New"},
    "github.com/go-chi/chi": {"NewRouter", "NewMux"},
    "github.com/gorilla/mux": {"NewRouter"},
}
PACKAGES = frozenset(_MAKERS)
_DOUBLE_SLASH = re.compile(r"/{2,}")
_PATTERN = re.compile(r"(?:(?P<method>[A-Z]+)\s+)?(?P<host>[^/\s]*)(?P<path>/\S*)")


def is_whole(kind: tuple[str, str] | None) -> bool:
    """Tell whether a value of the type *kind* is a router that is no part of another one."""
    return kind is not None and kind[1] in _WHOLE.get(kind[0], ())


def is_router(kind: tuple[str, str] | None) -> bool:
    """Tell whether a value of the type *kind* is a router, or a part of one."""
    return is_whole(kind) or (kind is not None and kind[1] in _PART.get(kind[0], ()))


def makes_router(package: str, name: str) -> bool:
    """Tell whether the function *name* of *package* returns a new router."""
    return name in _MAKERS.get(package, ())


class Router:
    """A router or a group of one. ``is_known`` is false when what it is a part of was not found."""

    def __init__(self, parent: Router | None = None, prefix: str = "", is_known: bool = True, awaits: bool = False):
        self.parent = parent
        self.prefix = prefix
        self.is_known = is_known
        self.awaits = awaits  # a parameter, which a caller fills

    def path(self) -> tuple[Router, str]:
        """Return the router that this one is a part of, and the prefix below it."""
        router, prefix = self, self.prefix
        for dummy in range(50):
            if router.parent is None:
                break
            router = router.parent
            prefix = join(router.prefix, prefix)
        return router, prefix

    def mount(self, parent: Router, prefix: str) -> None:
        """Make this router a part of *parent*, unless that is itself a part of this one."""
        if self.parent is None and parent.path()[0] is not self:
            self.parent, self.prefix = parent, prefix


@dataclass
class Registered:
    """A route that is registered, as far as that was followed: ``path`` is None when it was not.

    ``node`` is the place in the source, ``root`` the function from which it was reached, and ``awaits`` says that a caller
    hands over the path or the router.
    """

    method: str
    router: Router
    path: str | None
    at: str
    node: int
    root: tuple[str, str, str]
    awaits: bool

    def others(self) -> tuple[Router, str | None, str, int, tuple[str, str, str], bool]:
        """Return all but the method."""
        return (self.router, self.path, self.at, self.node, self.root, self.awaits)

    def whole_path(self) -> str | None:
        """Return the path with all prefixes, or None when a part is not known."""
        top, prefix = self.router.path()
        if self.path is None or not top.is_known:
            return None
        return normal(join(prefix, self.path))


def join(left: str, right: str) -> str:
    """Put the path *right* behind *left*, as the routers do it."""
    return _DOUBLE_SLASH.sub("/", f"{left}/{right}") if left and right else left or right


def normal(path: str) -> str:
    """Write *path* in one way: parameters as ``:name``, no slash at the end, what matches a whole rest as ``*``."""
    rest = "*" if len(path) > 1 and path.endswith("/*") else ""
    parts = []
    for part in _DOUBLE_SLASH.sub("/", f"/{path}").strip("/").split("/"):
        braces = re.fullmatch(r"\{(\w+)(\.\.\.)?(?::[^}]*)?\}", part)
        if braces and braces.group(2) or part.startswith("*"):
            rest = "*"
            break
        if part != "{$}":
            parts.append(f":{braces.group(1)}" if braces else part)
    return "/" + "/".join([one for one in parts if one] + ([rest] if rest else []))


def split_pattern(pattern: str) -> tuple[str, str | None]:
    """Return method and path of a pattern of net/http: ``GET /x``, ``example.com/x`` or ``/x/`` for all that is below."""
    match = _PATTERN.fullmatch(pattern.strip())
    if not match:
        return ANY, None
    path = match.group("path")
    return match.group("method") or ANY, f"{path}*" if len(path) > 1 and path.endswith("/") else path
