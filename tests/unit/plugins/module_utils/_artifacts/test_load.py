# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Results of load tests."""

from __future__ import annotations

import re
import typing as t

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._formats import read_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._samples import most_at_once, percentile

from .reading import data_of, format_of, read, refused


def numbers(reading: Reading) -> tuple[t.Any, ...]:
    facts = reading.facts
    return (facts["load"]["requests"], facts["concurrency"], facts["p95_ms"], facts["p95_from"], facts["error_ratio"])


@pytest.mark.parametrize(
    ("file", "format_name", "expected"),
    [
        ("k6_export.json", "k6", (6000, 100, 121.7, "summary", 0.002)),
        ("k6_handle_summary.json", "k6", (6000, 100, 121.7, "summary", 0.002)),
        ("k6_machine_readable.json", "k6", (6000, 100, 121.7, "summary", 0.002)),
        ("k6_old.txt", "k6_text", (6000, 100, 121.7, "summary", 0.002)),
        ("k6_new.txt", "k6_text", (6000, 100, 121.7, "summary", 0.002)),
        ("ab_healthy.txt", "ab", (400, 20, 9.0, "summary", 0.0)),
        ("ab_broken.txt", "ab", (400, 20, 7.0, "summary", 0.1)),
        ("hey_broken.txt", "hey", (400, None, 6.3, "summary", 0.1)),
        ("hey_dead.txt", "hey", (40, None, None, None, 1.0)),
        ("hey_samples.csv", "hey", (60, 20, 6.9, "raw", None)),
        ("wrk_broken.txt", "wrk", (4710, 20, None, None, 0.1)),
        ("wrk_plain.txt", "wrk", (4603, 20, None, None, 0.0)),
        ("vegeta_report.json", "vegeta", (60, None, 4.69, "summary", 0.1)),
        ("vegeta_results.json", "vegeta", (60, 1, 4.656, "raw", 0.1)),
        ("locust_stats.csv", "locust", (1620, None, 21.0, "summary", 0.049383)),
    ],
)
def test_what_load_testers_write_is_understood(file: str, format_name: str, expected: tuple[t.Any, ...]) -> None:
    assert format_of(file) == format_name
    assert numbers(read(file)) == expected


def beyond(source: str | bytes, **said: t.Any) -> tuple[t.Any, ...]:
    facts = read(source, **said).facts
    return (facts["shed_ratio"], facts["fault_ratio"])


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("hey_broken.txt", (0.1, 0.0)),
        ("hey_dead.txt", (0.0, 1.0)),
        ("vegeta_report.json", (0.1, 0.0)),
        ("vegeta_results.json", (0.1, 0.0)),
        ("ab_broken.txt", (None, None)),
        ("k6_export.json", (None, None)),
    ],
)
def test_what_was_shed_is_told_from_what_broke(file: str, expected: tuple[t.Any, ...]) -> None:
    assert beyond(file) == expected


@pytest.mark.parametrize(("status", "expected"), [("429", (0.1, 0.0)), ("500", (0.0, 0.1)), ("0", (0.0, 0.1))])
def test_each_status_is_shed_or_broken(status: str, expected: tuple[float, float]) -> None:
    assert beyond(data_of("vegeta_report.json").replace(b'"503":6', f'"{status}":6'.encode())) == expected


def test_a_load_that_all_was_answered_to_was_not_beyond_the_capacity() -> None:
    reading = read(data_of("vegeta_report.json").replace(b'"200":54,"503":6', b'"200":60'))

    assert (reading.facts["shed_ratio"], reading.facts["fault_ratio"]) == (None, 0.0)
    assert "not beyond the capacity" in reading.unseen["shed_ratio"].message


def test_samples_without_the_lost_requests_do_not_tell_what_broke() -> None:
    assert beyond("hey_samples.csv") == (None, None)
    assert beyond("hey_samples.csv", requests=80)[1] == 0.25


def test_statuses_that_are_not_of_all_requests_are_refused() -> None:
    data = data_of("vegeta_report.json").replace(b'"503":6', b'"503":5')

    assert refused(data).reason.value == "malformed"


def test_what_a_result_does_not_say_is_unseen_and_says_how_to_tell() -> None:
    unseen = read("hey_broken.txt").unseen

    assert set(unseen) == {"concurrency", "concurrency_from"}
    assert "declare concurrency" in unseen["concurrency"].message


def test_wrk_without_a_95th_percentile_tells_the_99th() -> None:
    assert (
        read("wrk_broken.txt").unseen["p95_ms"].message == "The result has no 95th percentile, and 99 % within 6.13 ms"
    )


def test_declared_users_are_used_where_the_result_names_none() -> None:
    facts = read("hey_broken.txt", concurrency=100).facts

    assert (facts["concurrency"], facts["concurrency_from"]) == (100, "declared")


def test_users_in_the_result_count_more_than_declared_ones() -> None:
    facts = read("ab_healthy.txt", concurrency=100).facts

    assert (facts["concurrency"], facts["concurrency_from"]) == (20, "result")


def test_duration_and_rate_are_told() -> None:
    load = read("k6_handle_summary.json").facts["load"]

    assert load == {"requests": 6000, "failed": 12, "duration_s": 60.181, "rps": 99.7, "p50_ms": 54.8, "p99_ms": 240.3}


def test_the_time_is_told_where_the_result_has_one() -> None:
    assert read("k6_export.json").produced is None
    assert str(read("k6_machine_readable.json").produced) == "2026-11-25 03:00:00+00:00"
    assert str(read("vegeta_report.json").produced)[:19] == "2026-11-25 03:42:40"


def test_the_history_of_locust_beside_it_tells_users_and_time() -> None:
    def beside(ending: str, other: str) -> bytes | None:
        return data_of(f"locust{other}") if ending == "_stats.csv" else None

    reading = read_as("locust", Content(data_of("locust_stats.csv"), sibling=beside))[1]

    assert (reading.facts["concurrency"], reading.facts["load"]["duration_s"]) == (20, 3.0)
    assert str(reading.produced) == "2026-11-25 03:42:44+00:00"


def test_requests_that_hey_left_out_of_its_samples_failed() -> None:
    assert read("hey_samples.csv", requests=80).facts["error_ratio"] == 0.25


def test_requests_that_wrk_could_not_send_failed() -> None:
    data = data_of("wrk_plain.txt").replace(
        b"Requests/sec", b"  Socket errors: connect 0, read 7, write 0, timeout 390\nRequests/sec"
    )

    assert read(data).facts["load"]["failed"] == 397


def test_an_answer_of_another_length_has_not_failed() -> None:
    data = data_of("ab_healthy.txt").replace(
        b"Failed requests:        0",
        b"Failed requests:        5\n   (Connect: 1, Receive: 0, Length: 4, Exceptions: 0)",
    )

    assert read(data).facts["load"]["failed"] == 1


def test_a_percentile_of_hey_that_is_no_number_is_not_there() -> None:
    data = re.sub(rb"95% in [0-9.]+", b"95% in 0.9.0045", data_of("hey_broken.txt"))

    assert read(data).facts["p95_ms"] is None


def test_a_table_of_wrk2_has_a_95th_percentile() -> None:
    data = data_of("wrk_broken.txt").replace(b"     99%    6.13ms", b"     95%    1.25s\n     99%    6.13ms")

    assert read(data).facts["p95_ms"] == 1250.0


@pytest.mark.parametrize(
    ("file", "lost"),
    [
        ("ab_healthy.txt", b" 100%"),
        ("hey_broken.txt", b"  [503]"),
        ("hey_broken.txt", b"Status code"),
        ("wrk_broken.txt", b"Requests/sec"),
        ("k6_old.txt", b"     http_reqs"),
        ("locust_stats.csv", b",Aggregated"),
        ("vegeta_results.json", b"}\n"),
        ("hey_samples.csv", b"\n"),
        ("k6_export.json", b"\n}"),
    ],
)
def test_a_result_that_ends_too_early_is_refused(file: str, lost: bytes) -> None:
    data = data_of(file)

    assert refused(data[: data.rindex(lost)], format_of(file)).reason.value == "malformed"


def test_a_hole_in_the_results_of_vegeta_is_refused() -> None:
    lines = data_of("vegeta_results.json").splitlines(keepends=True)

    assert "1 results of the attack 'sample' are missing" in refused(b"".join(lines[:10] + lines[11:])).message


def test_a_load_test_without_any_answer_has_no_data() -> None:
    data = data_of("vegeta_report.json").replace(b'"requests":60', b'"requests":0')

    assert refused(data).reason.value == "no_data"


@pytest.mark.parametrize("format_name", ["k6", "k6_text", "ab", "hey", "wrk", "vegeta", "locust"])
def test_a_result_of_another_tool_is_foreign(format_name: str) -> None:
    assert refused("go_cover.out", format_name).reason.value == "malformed"


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_sample_that_enough_do_not_exceed(samples: list[float], share: float) -> None:
    found = percentile(sorted(samples), share)

    assert found in samples
    assert sum(one <= found for one in samples) >= share * len(samples)


@pytest.mark.parametrize(
    ("spans", "most"),
    [([], 0), ([(0, 1), (1, 2)], 1), ([(0, 2), (1, 3), (1.5, 1.6)], 3)],
    ids=["none", "one after the other", "overlapping"],
)
def test_users_at_once_are_counted(spans: list[tuple[float, float]], most: int) -> None:
    assert most_at_once(spans) == most
