# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The formats by name: how each is recognised, and how it is read. This is a private part of the collection."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts import (
    ab,
    cobertura,
    go_cover,
    go_modules,
    go_test,
    gosec,
    govulncheck,
    hey,
    junit,
    k6,
    k6_text,
    lcov,
    locust,
    nancy,
    openvex,
    osv_scanner,
    sarif,
    trivy,
    vegeta,
    wrk,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason

AUTO = "auto"


@dataclass(frozen=True)
class Format:
    kind: str
    recognises: t.Callable[[Content], bool]
    read: t.Callable[[Content], Reading]


FORMATS: dict[str, Format] = {
    "junit": Format("tests", junit.recognises, junit.read),
    "go_test_json": Format("tests", go_test.recognises, go_test.read),
    "go_cover": Format("coverage", go_cover.recognises, go_cover.read),
    "cobertura": Format("coverage", cobertura.recognises, cobertura.read),
    "lcov": Format("coverage", lcov.recognises, lcov.read),
    "sarif": Format("findings", sarif.recognises, sarif.read),
    "trivy": Format("findings", trivy.recognises, trivy.read),
    "govulncheck": Format("findings", govulncheck.recognises, govulncheck.read),
    "openvex": Format("findings", openvex.recognises, openvex.read),
    "nancy": Format("findings", nancy.recognises, nancy.read),
    "osv_scanner": Format("findings", osv_scanner.recognises, osv_scanner.read),
    "gosec": Format("findings", gosec.recognises, gosec.read),
    "k6": Format("load", k6.recognises, k6.read),
    "k6_text": Format("load", k6_text.recognises, k6_text.read),
    "ab": Format("load", ab.recognises, ab.read),
    "hey": Format("load", hey.recognises, hey.read),
    "wrk": Format("load", wrk.recognises, wrk.read),
    "vegeta": Format("load", vegeta.recognises, vegeta.read),
    "locust": Format("load", locust.recognises, locust.read),
    "go_modules": Format("dependencies", go_modules.recognises, go_modules.read),
}


def read_as(name: str, content: Content) -> tuple[str, Reading]:
    """Return the format and the reading of *content*, which is declared to be of the format *name*."""
    if not content.data.strip():
        raise LookError(Reason.NO_DATA, "The file is empty")
    if name == AUTO:
        name = _guess(content)
    try:
        return name, FORMATS[name].read(content)
    except LookError as exc:
        others = [other for other in _recognised(content) if other != name]
        if exc.reason is not Reason.MALFORMED or not others:
            raise
        raise LookError(
            exc.reason, f"The file is declared as {name}, and looks like {others[0]}. {exc.message}"
        ) from exc


def _guess(content: Content) -> str:
    names = _recognised(content)
    if len(names) != 1:
        found = f"it could be {' or '.join(names)}" if names else "it looks like none of those that can be read"
        raise LookError(Reason.UNSUPPORTED, f"The format of the file is not clear: {found}")
    return names[0]


def _recognised(content: Content) -> list[str]:
    return [name for name, one in FORMATS.items() if one.recognises(content)]
