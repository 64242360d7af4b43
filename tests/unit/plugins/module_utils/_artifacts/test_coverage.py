# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Coverage: Go cover profiles, Cobertura, lcov."""

from __future__ import annotations

import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import coverage

from .reading import data_of, read, refused


def coverage_of(source: str | bytes, format_name: str = "auto") -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", read(source, format_name).facts["coverage"])


@pytest.mark.parametrize(
    ("file", "covered", "total", "ratio"),
    [
        ("go_cover.out", 2, 4, 0.5),
        ("cobertura_gocover.xml", 3, 8, 0.375),
        ("cobertura_coverage_py.xml", 15, 16, 0.9375),
        ("lcov.info", 15, 16, 0.9375),
    ],
)
def test_what_real_tools_write_is_added_up(file: str, covered: int, total: int, ratio: float) -> None:
    assert coverage_of(file) == {"covered": covered, "total": total, "ratio": ratio}


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_ratio_is_never_rounded_up(covered: int, total: int) -> None:
    covered = min(covered, total)

    assert coverage(covered, total)["ratio"] <= covered / total


def test_almost_eighty_percent_are_not_eighty() -> None:
    assert coverage(79_999_999, 100_000_000)["ratio"] == 0.7999


# Go


def profile(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in ("mode: set", *lines)).encode()


def test_a_block_is_covered_when_any_package_ran_through_it() -> None:
    assert coverage_of(profile("a.go:1.1,2.2 3 0", "a.go:1.1,2.2 3 1", "a.go:4.1,5.2 1 0"))["covered"] == 3


def test_a_profile_that_mixes_two_versions_is_refused() -> None:
    assert "two versions" in refused(profile("a.go:1.1,2.2 3 0", "a.go:1.1,2.2 4 1")).message


def test_two_profiles_in_one_file_are_refused() -> None:
    assert refused(profile("a.go:1.1,2.2 3 0", "mode: set")).message == "Line 3 is no block of a Go cover profile"


def test_a_profile_without_statements_has_no_data() -> None:
    assert refused(profile()).reason.value == "no_data"


def test_a_profile_that_ends_in_a_line_is_cut() -> None:
    assert refused(data_of("go_cover.out")[:-1]).message == "The file is cut: its last line does not end"


# Cobertura


def cobertura(lines: str, attributes: str = "line-rate='0'") -> bytes:
    return (
        f"<coverage {attributes}><packages><package><classes><class filename='a.go'>"
        f"<methods><method><lines><line number='9' hits='0'/></lines></method></methods><lines>{lines}</lines>"
        "</class></classes></package></packages></coverage>"
    ).encode()


def test_the_lines_of_methods_are_not_counted_twice() -> None:
    assert coverage_of(cobertura("<line number='1' hits='1'/>"))["total"] == 1


def test_where_sum_and_lines_disagree_the_worse_counts() -> None:
    lines = "<line number='1' hits='1'/><line number='2' hits='0'/>"

    assert coverage_of(cobertura(lines, "line-rate='1' lines-valid='10' lines-covered='10'"))["ratio"] == 0.5
    assert coverage_of(cobertura(lines, "line-rate='1' lines-valid='10' lines-covered='1'"))["ratio"] == 0.1


def test_more_covered_lines_than_lines_are_refused() -> None:
    assert refused(cobertura("", "line-rate='1' lines-valid='1' lines-covered='2'")).reason.value == "malformed"


def test_the_document_type_that_cobertura_names_is_accepted_and_no_other() -> None:
    other = data_of("cobertura_gocover.xml").replace(b"cobertura.sourceforge.net", b"192.0.2.1")

    assert refused(other).reason.value == "unsupported"


def test_the_time_is_read_from_the_report() -> None:
    produced = read("cobertura_gocover.xml").produced

    assert produced is not None and produced.isoformat() == "2026-11-25T03:42:31.566000+00:00"


def test_another_document_with_the_same_root_is_foreign() -> None:
    assert "has no line-rate" in refused(b"<coverage/>", "cobertura").message


# lcov


def test_an_lcov_record_that_does_not_end_is_cut() -> None:
    data = data_of("lcov.info")

    assert "cut" in refused(data[: data.rindex(b"end_of_record")]).message


def test_a_line_that_several_records_name_is_covered_by_any() -> None:
    record = "SF:a\nDA:1,{}\nend_of_record\n"

    assert coverage_of((record.format(0) + record.format(2)).encode()) == {"covered": 1, "total": 1, "ratio": 1.0}


def test_sums_of_lcov_without_lines_count() -> None:
    assert coverage_of(b"TN:\nSF:a\nLF:4\nLH:3\nend_of_record\n")["ratio"] == 0.75


@pytest.mark.parametrize("line", ["DA:x,1", "nonsense", "LF:many"])
def test_a_line_that_is_no_record_is_refused(line: str) -> None:
    assert refused(f"SF:a\n{line}\nend_of_record\n".encode()).reason.value == "malformed"
