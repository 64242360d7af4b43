# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read XML without the parts of it that attack the reader. This is a private part of the collection.

No document type with declarations of its own is accepted, hence no entity; nothing is ever fetched. The name of an external
document type, which writers of coverage reports put there by custom, is only accepted where a format asks for it.
"""

from __future__ import annotations

import re
import typing as t
from xml.parsers import expat

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import malformed
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

Start = t.Callable[[t.List[str], t.Dict[str, str]], None]

_MOST_DEPTH = 100
_TAG = re.compile(rb"<(?:!DOCTYPE\s+)?(?P<name>[A-Za-z][\w.-]*)")
_BOM = b"\xef\xbb\xbf"
_HEAD = 65536


def root_name(data: bytes) -> str | None:
    """Return the name of the outermost element, as the first tag or the document type says it, or None when this is no XML."""
    rest = data[:_HEAD]
    rest = rest[len(_BOM) :] if rest.startswith(_BOM) else rest
    while True:
        rest = rest.lstrip()
        end = b"?>" if rest.startswith(b"<?") else b"-->" if rest.startswith(b"<!--") else b""
        if not end:
            match = _TAG.match(rest)
            return match["name"].decode("ascii") if match else None
        rest = rest.partition(end)[2]


def walk(data: bytes, start: Start, doctype: str | None = None) -> None:
    """Parse *data*, and call *start* with the names of the open elements, the innermost last, and the attributes of that one.

    *doctype* is a pattern for the system identifier of a document type that may be named.
    """
    path: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def begin(name: str, attributes: dict[str, str]) -> None:
        path.append(name.rpartition(":")[2])
        if len(path) > _MOST_DEPTH:
            raise malformed("The XML is nested too deeply")
        start(path, attributes)

    def doctype_declared(dummy: str, system: str | None, public: str | None, has_subset: int) -> None:
        if has_subset or not doctype or not re.fullmatch(doctype, system or ""):
            raise _refused("declares a document type")

    def entity_skipped(*dummy: t.Any) -> None:
        raise _refused("uses an entity that it does not define")

    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda dummy: path.pop()
    parser.StartDoctypeDeclHandler = doctype_declared
    parser.SkippedEntityHandler = entity_skipped
    parser.EntityDeclHandler = lambda *dummy: _raise(_refused("declares an entity"))
    parser.ExternalEntityRefHandler = lambda *dummy: _raise(_refused("refers to another document"))
    try:
        parser.Parse(data, True)
    except expat.ExpatError as exc:
        raise _not_well_formed(exc, data) from exc
    except (LookupError, ValueError) as exc:
        raise malformed("The XML is in an encoding that is not known") from exc


def _refused(what: str) -> LookError:
    return LookError(
        Reason.UNSUPPORTED, f"The XML {what}, which is refused because it can be used to attack its readers"
    )


def _raise(error: LookError) -> t.NoReturn:
    raise error


def _not_well_formed(exc: expat.ExpatError, data: bytes) -> LookError:
    words = expat.ErrorString(exc.code)
    if exc.lineno >= data.rstrip().count(b"\n") + 1 and words in _CUT:
        return malformed(f"The file is cut: its XML ends in the middle, in line {exc.lineno}")
    return malformed(f"The file is no well-formed XML: {words} in line {exc.lineno}, column {exc.offset}")


_CUT = ("no element found", "unclosed token", "unclosed CDATA section", "partial character")
