# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import digest, read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

GOOD = """
---
security_own_items:
  - id: "1.3.5"
    title: TLS 1.2+ only
    severity: critical
    decided_by: probe
    remediation: Set ssl_protocols.
    checks:
      - of: tls
        that: accepted_versions
        subset_of: [TLSv1.2]
"""


def read_text(tmp_path: Path, text: str) -> list[dict[str, object]]:
    path = tmp_path / "own.yml"
    path.write_text(textwrap.dedent(text).lstrip())
    return read_catalogue(tmp_path, [path])


def test_an_item_of_a_user_is_read_by_the_same_format(tmp_path: Path) -> None:
    (item,) = read_text(tmp_path, GOOD)
    assert (item["id"], item["section"], item["topic"]) == ("1.3.5", "security", "own")
    assert item["checks"][0]["label"] == "tls: accepted_versions subset_of"  # type: ignore[index]


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('"1.3.5"', "1.35"), 3, "put it in quotes"),
        (("severity: critical", "severity: Critical"), 3, "severity 'Critical' is unknown"),
        (("decided_by: probe", "decided_by: magic"), 3, "decided_by 'magic' is unknown"),
        (("remediation:", "remedy:"), 3, "lacks remediation"),
        (("title: TLS", "titel: x\n    title: TLS"), 3, "unknown key titel"),
        (("title: TLS 1.2+ only", "title: ''"), 3, "title must be a text"),
        (("severity: critical", "severity: critical\n    severity: low"), 6, "stands twice"),
        (("subset_of: [TLSv1.2]", "subset_off: [TLSv1.2]"), 9, "unknown key subset_off"),
        (("subset_of: [TLSv1.2]", "subset_of: TLSv1.2"), 9, "needs a list"),
        (("subset_of: [TLSv1.2]", "because: x"), 9, "exactly one matcher is needed, found none"),
        (("subset_of: [TLSv1.2]", "equals: 1\n        one_of: [1]"), 9, "exactly one matcher is needed, found equals, one_of"),
        (("that: accepted_versions", "that: 'accepted_versions['"), 9, "is not JMESPath"),
        (("that: accepted", "optional: true\n        that: accepted"), 3, "at least one check must not be optional"),
        (("that: accepted", "platform: mesos\n        that: accepted"), 3, "platform"),
        (("that: accepted", "optional: 'yes'\n        that: accepted"), 9, "optional must be true or false"),
        (("security_own_items", "secuirty_own_items"), None, "is not <section>_<topic>_items"),
        (("decided_by: probe", "decided_by: items\n    items: kids"), 3, "items must be 'children'"),
        (("decided_by: probe", "decided_by: probe\n    same_as: '9.9.9'"), 3, "same_as names the unknown item 9.9.9"),
        (("title: TLS 1.2+ only", "title: [TLS"), 5, "not valid YAML"),
    ],
)  # fmt: skip
def test_a_fault_is_refused_with_file_and_line(
    tmp_path: Path, change: tuple[str, str], line: int | None, words: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(DataError) as caught:
        read_text(tmp_path, GOOD.replace(*change))
    assert words in str(caught.value)
    place = f"own.yml:{line}:" if line else "own.yml:"
    assert place in str(caught.value) or line == 9 and f"check at line {line}" in str(caught.value)


def test_an_id_that_stands_twice_is_refused_with_both_places(tmp_path: Path) -> None:
    twice = GOOD + GOOD.split("items:\n")[1]
    with pytest.raises(DataError, match=r"own.yml:12: the id 1.3.5 stands twice, first at .*own.yml:3"):
        read_text(tmp_path, twice)


def test_same_as_takes_the_checks_of_the_other_item(tmp_path: Path) -> None:
    other = '  - id: "8.6.1"\n    title: valid\n    severity: high\n    decided_by: probe\n    remediation: as there\n    same_as: "1.3.5"\n'
    first, second = read_text(tmp_path, GOOD + other)
    assert second["checks"] == first["checks"]


def test_the_digest_does_not_depend_on_where_the_file_lies(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert digest(read_text(tmp_path / "a", GOOD)) == digest(read_text(tmp_path / "b", "\n\n" + GOOD))


def test_the_digest_depends_on_every_expectation(tmp_path: Path) -> None:
    assert digest(read_text(tmp_path, GOOD)) != digest(read_text(tmp_path, GOOD.replace("[TLSv1.2]", "[TLSv1.3]")))


def test_the_collection_has_275_items_in_the_order_of_the_checklist() -> None:
    ids = [[int(number) for number in item["id"].split(".")] for item in read_catalogue()]
    assert len(ids) == 275
    assert ids == sorted(ids)
