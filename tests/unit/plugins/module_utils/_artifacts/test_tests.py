# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of tests: JUnit XML and ``go test -json``."""

from __future__ import annotations

import typing as t

import pytest

from .reading import data_of, read, refused


def summary(source: str | bytes, format_name: str = "auto") -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", read(source, format_name).facts["tests"])


def counts(source: str | bytes, format_name: str = "auto") -> tuple[int, ...]:
    tests = summary(source, format_name)
    return tuple(tests[key] for key in ("total", "passed", "failed", "errors", "skipped", "flaky"))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("go_test_healthy.json", (4, 3, 0, 0, 1, 0)),
        ("go_test_broken.json", (9, 4, 3, 1, 1, 0)),
        ("junit_gotestsum.xml", (4, 3, 0, 0, 1, 0)),
        ("junit_pytest_healthy.xml", (4, 3, 0, 0, 1, 0)),
        ("junit_pytest_broken.xml", (6, 3, 1, 1, 1, 0)),
    ],
)
def test_what_real_tools_write_is_counted(file: str, expected: tuple[int, ...]) -> None:
    assert counts(file) == expected


def test_what_failed_is_named_with_the_package_that_did_not_build() -> None:
    assert summary("go_test_broken.json")["first_failures"] == [
        "example.com/sample/bad.TestWrong",
        "example.com/sample/bad.TestWrong/inner",
        "example.com/sample/bad.TestPanics",
        "example.com/sample/broken",
    ]


def test_the_time_is_that_of_the_last_event() -> None:
    produced = read("go_test_healthy.json").produced

    assert produced is not None and produced.isoformat() == "2026-11-25T03:42:30.703302+00:00"


# go test -json


def event(action: str, package: str = "p", test: str | None = None) -> str:
    name = f',"Test":"{test}"' if test else ""
    return f'{{"Time":"2026-11-25T03:00:00Z","Action":"{action}","Package":"{package}"{name}}}\n'


def test_a_package_without_its_result_is_a_cut_file() -> None:
    lines = data_of("go_test_healthy.json").splitlines(keepends=True)

    error = refused(b"".join(lines[:-1]))

    assert error.reason.value == "malformed"
    assert error.message.startswith("The file is cut: example.com/sample/calc has no result")


def test_an_event_that_ends_in_the_middle_is_a_cut_file() -> None:
    assert "cut" in refused(data_of("go_test_healthy.json")[:-20]).message


def test_a_package_that_fails_without_a_failed_test_is_an_error() -> None:
    assert counts((event("run", test="T") + event("pass", test="T") + event("fail")).encode()) == (2, 1, 0, 1, 0, 0)


def test_a_test_that_crashed_its_package_failed() -> None:
    assert counts((event("run", test="T") + event("fail")).encode()) == (1, 0, 1, 0, 0, 0)


def test_a_test_whose_result_was_swallowed_shares_that_of_its_package() -> None:
    assert counts((event("run", test="T") + event("pass")).encode()) == (1, 1, 0, 0, 0, 0)


def test_a_test_that_passed_when_run_again_is_flaky() -> None:
    first = event("run", test="T") + event("fail", test="T") + event("fail")
    again = event("run", test="T") + event("pass", test="T") + event("pass")

    assert counts((first + again).encode()) == (1, 1, 0, 0, 0, 1)


def test_a_build_that_an_older_go_reports_as_text_is_an_error() -> None:
    content = "FAIL\tp/broken [build failed]\n" + event("run", test="T") + event("pass", test="T") + event("pass")

    assert summary(content.encode(), "go_test_json")["first_failures"] == ["p/broken"]


def test_what_the_go_command_downloads_is_no_event_and_does_no_harm() -> None:
    content = (
        "go: downloading example.com/x v1.0.0\n" + event("run", test="T") + event("pass", test="T") + event("pass")
    )

    assert counts(content.encode(), "go_test_json") == (1, 1, 0, 0, 0, 0)


def test_any_other_line_is_not_passed_over() -> None:
    content = event("run", test="T") + "panic: oh\n" + event("pass", test="T") + event("pass")

    assert refused(content.encode()).message == "The file is no go test -json result: line 2 is no event"


def test_packages_without_tests_are_zero_tests() -> None:
    assert counts((event("start") + event("skip")).encode()) == (0, 0, 0, 0, 0, 0)


# JUnit


def suite(*cases: str, attributes: str = "") -> bytes:
    return f"<testsuites><testsuite name='s' {attributes}>{''.join(cases)}</testsuite></testsuites>".encode()


CASE = "<testcase classname='c' name='t'/>"


def case(child: str) -> str:
    return f"<testcase classname='c' name='t'>{child}</testcase>"


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (suite(CASE, case("<failure/>"), attributes="tests='2' failures='1'"), (2, 1, 1, 0, 0, 0)),
        (suite(case("<skipped/>")), (1, 0, 0, 0, 1, 0)),
        (suite("<testcase name='t' status='notrun'/>"), (1, 0, 0, 0, 1, 0)),
        (suite(case("<flakyFailure/>")), (1, 1, 0, 0, 0, 1)),
        (suite(case("<failure/><error/>")), (1, 0, 0, 1, 0, 0)),
        (suite(case("<failure/><rerunFailure/>")), (1, 0, 1, 0, 0, 0)),
        (suite(CASE, "<error/>"), (2, 1, 0, 1, 0, 0)),
        (suite(), (0, 0, 0, 0, 0, 0)),
        (suite(CASE, attributes="xmlns:x='u' x:y='z'"), (1, 1, 0, 0, 0, 0)),
    ],
    ids=[
        "failure",
        "skipped",
        "not run",
        "flaky",
        "failed twice",
        "rerun",
        "error of a suite",
        "nothing",
        "name spaces",
    ],
)
def test_each_fate_of_a_case_is_counted(document: bytes, expected: tuple[int, ...]) -> None:
    assert counts(document) == expected


def test_failures_that_a_suite_counts_and_does_not_list_count() -> None:
    assert counts(suite(CASE, attributes="tests='1' failures='2' errors='1'")) == (4, 1, 0, 3, 0, 0)


def test_what_nested_suites_sum_up_is_not_counted_twice() -> None:
    inner = "<testsuite name='i' tests='1' failures='1'><testcase name='t'><failure/></testcase></testsuite>"

    assert counts(suite(inner, attributes="tests='1' failures='1'")) == (1, 0, 1, 0, 0, 0)


def test_a_suite_that_lists_fewer_tests_than_it_says_is_refused() -> None:
    error = refused(suite(CASE, attributes="tests='12'"))

    assert error.message == "The suite 's' says 12 tests and lists 1: some are missing"


def test_an_attribute_that_is_no_number_is_refused() -> None:
    assert "no number" in refused(suite(CASE, attributes="tests='many'")).message


def test_a_commit_among_the_properties_is_found() -> None:
    document = suite("<properties><property name='git.commit' value='3f0c1d2e'/></properties>", CASE)

    assert read(document).commit == "3f0c1d2e"


def test_a_suite_ended_when_its_time_was_over() -> None:
    produced = read(suite(CASE, attributes="timestamp='2026-11-25T03:00:00' time='90.5'")).produced

    assert produced is not None and produced.isoformat() == "2026-11-25T03:01:30.500000+00:00"


@pytest.mark.parametrize("length", range(60, 620, 40))
def test_a_junit_file_is_whole_or_refused(length: int) -> None:
    assert refused(data_of("junit_pytest_healthy.xml")[:length]).reason.value == "malformed"


BOMB = """<?xml version="1.0"?>
<!DOCTYPE testsuites [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<testsuites><testsuite name="&b;"><testcase name="t"/></testsuite></testsuites>"""
ATTACKS = {
    "a bomb of entities": BOMB,
    "an external entity": '<!DOCTYPE testsuites [<!ENTITY x SYSTEM "file:///etc/passwd">]><testsuites>&x;</testsuites>',
    "a document type elsewhere": '<!DOCTYPE testsuites SYSTEM "http://192.0.2.1/x.dtd"><testsuites>&x;</testsuites>',
    "a parameter entity": '<!DOCTYPE testsuites [<!ENTITY % p SYSTEM "http://192.0.2.1/p"> %p;]><testsuites/>',
}


@pytest.mark.parametrize("document", ATTACKS.values(), ids=ATTACKS)
def test_xml_that_attacks_its_reader_is_refused(document: str) -> None:
    error = refused(document.encode(), "junit")

    assert error.reason.value == "unsupported"
    assert "can be used to attack" in error.message


def test_an_entity_that_is_nowhere_defined_is_refused() -> None:
    assert refused(b"<testsuites><testsuite>&x;</testsuite></testsuites>").reason.value == "malformed"


def test_xml_of_endless_depth_is_refused() -> None:
    assert "nested too deeply" in refused(b"<testsuite>" * 5000).message
