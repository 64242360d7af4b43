# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The schema of Ant (JUnit.xsd of windyroad/JUnit-Schema) is not ours to ship: what it asks for is asserted here, and a consumer reads it."""

from __future__ import annotations

import re
import typing as t
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report import junit
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._text import one_line

from .sample import sample

SUITE = {"name", "timestamp", "hostname", "tests", "failures", "errors", "skipped", "time", "package", "id"}
RESULT = {"failure": {"message", "type"}, "error": {"message", "type"}, "skipped": {"message"}}


@pytest.fixture(name="suites")
def fixture_suites() -> list[ET.Element]:
    return list(ET.fromstring(junit.render(sample()).encode()))


def test_a_suite_has_the_attributes_that_the_schema_requires(suites: list[ET.Element]) -> None:
    assert all(set(suite.attrib) == SUITE for suite in suites)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", suite.get("timestamp", "")) for suite in suites)
    assert [suite.get("id") for suite in suites] == ["0", "1", "2"]
    assert all(suite.get("hostname") and re.fullmatch(r"\d+\.\d+", suite.get("time", "")) for suite in suites)


def test_a_suite_has_its_elements_in_the_order_of_the_schema(suites: list[ET.Element]) -> None:
    for suite in suites:
        cases = int(suite.get("tests", ""))
        assert [one.tag for one in suite] == ["properties", *["testcase"] * cases, "system-out", "system-err"]
        assert all(set(one.attrib) == {"name", "value"} for one in suite[0])


def test_a_case_has_at_most_one_result(suites: list[ET.Element]) -> None:
    for case in _cases(suites):
        assert set(case.attrib) == {"name", "classname", "time"}
        assert len(case) <= 1
        assert all(set(result.attrib) == RESULT[result.tag] and not len(result) for result in case)


def test_names_are_unique(suites: list[ET.Element]) -> None:
    names = [case.get("name") for case in _cases(suites)]
    assert len(set(names)) == len(names) == len(sample()["items"])


def test_names_and_hosts_are_tokens(suites: list[ET.Element]) -> None:
    for element in [*suites, *_cases(suites)]:
        for name in {"name", "classname", "hostname", "package"} & set(element.attrib):
            assert element.attrib[name] == " ".join(element.attrib[name].split())


@pytest.mark.parametrize("started", ["", "yesterday", "2026-11-25"])
def test_a_start_that_is_no_time_does_not_break_the_schema(started: str) -> None:
    report = sample()
    report["run"]["started"] = started
    assert 'timestamp="1970-01-01T00:00:00"' in junit.render(report)


def test_a_consumer_reads_the_results() -> None:
    results = {
        case.name.split()[0]: [type(one) for one in case.result]
        for suite in JUnitXml.fromstring(junit.render(sample()))
        for case in suite
    }
    expected = {"passed": [], "attested": [], "failed": [Failure], "error": [Error]}
    assert results == {item["id"]: expected.get(item["outcome"], [Skipped]) for item in sample()["items"]}


def test_the_totals_of_a_consumer_are_those_of_the_suites() -> None:
    xml = JUnitXml.fromstring(junit.render(sample()))
    written = [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in xml]
    xml.update_statistics()  # type: ignore[no-untyped-call]
    assert (
        [(suite.tests, suite.failures, suite.errors, suite.skipped) for suite in xml]
        == written
        == [(9, 3, 1, 3), (2, 1, 0, 0), (1, 0, 0, 1)]
    )


def test_the_reason_stands_in_the_message_and_in_the_body(suites: list[ET.Element]) -> None:
    (failure,) = suites[0].findall("testcase/failure[@message='failed: because of 1.3.8.1']")
    assert (failure.text or "").startswith("failed: because of 1.3.8.1\n")


def test_an_error_carries_its_reason_code(suites: list[ET.Element]) -> None:
    assert [error.get("type") for error in suites[0].findall("testcase/error")] == ["timeout"]


def test_a_section_that_stopped_is_told_in_its_own_suites(suites: list[ET.Element]) -> None:
    told = ["stopped early" in (suite.findtext("system-err") or "") for suite in suites]
    assert told == [True, False, False]


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_is_xml(text: str) -> None:
    report = sample()
    report["items"][1].update(
        title=text, remediation=text, verdicts=[{**report["items"][1]["verdicts"][0], "message": text}]
    )
    root = ET.fromstring(junit.render(report).encode())
    assert root[0][2].get("name") == f"1.3.2 {one_line(text)}".strip()


def test_a_look_that_serves_many_checks_counts_once() -> None:
    report = sample()
    report["items"][1]["verdicts"] *= 3
    assert next(iter(JUnitXml.fromstring(junit.render(report)))).time == 0.012


def _cases(suites: t.Iterable[ET.Element]) -> list[ET.Element]:
    return [case for suite in suites for case in suite.findall("testcase")]
