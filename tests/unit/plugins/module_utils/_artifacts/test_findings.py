# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reports of scanners and analysers."""

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._findings import (
    Finding,
    findings,
    severity_of_score,
    severity_of_word,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

from .reading import data_of, format_of, read, refused

COUNTS = ("critical", "high", "medium", "low", "unknown", "suppressed", "unreached")


def found(source: str | bytes, format_name: str = "auto") -> dict[str, t.Any]:
    return t.cast("dict[str, t.Any]", read(source, format_name).facts["findings"])


def counts(source: str | bytes, format_name: str = "auto") -> dict[str, int]:
    """Return the counts that are not zero."""
    numbers = found(source, format_name)
    return {key: numbers[key] for key in COUNTS if numbers[key]}


def changed(file: str, change: t.Callable[[t.Any], t.Any]) -> bytes:
    """Return the JSON of a fixture after a change in place."""
    document = json.loads(data_of(file))
    change(document)
    return json.dumps(document).encode()


HEALTHY = {
    "gosec_healthy.json": "gosec",
    "sarif_gosec_healthy.json": "sarif",
    "govulncheck_healthy.json": "govulncheck",
    "govulncheck_healthy.sarif": "sarif",
    "govulncheck_healthy.openvex": "openvex",
    "trivy_healthy.json": "trivy",
    "nancy_healthy.json": "nancy",
    "osv_scanner_healthy.json": "osv_scanner",
}


@pytest.mark.parametrize(("file", "expected"), HEALTHY.items())
def test_a_clean_report_is_recognised_and_has_no_severe_finding(file: str, expected: str) -> None:
    reading = read(file)

    assert format_of(file) == expected
    assert (reading.facts["severe_findings"], reading.facts["findings"]["total"]) == (0, 0)
    assert "severe_findings" not in reading.unseen


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("gosec_broken.json", {"high": 1, "medium": 2, "suppressed": 1}),
        ("sarif_gosec_broken.json", {"high": 1, "medium": 2, "suppressed": 1}),
        ("govulncheck_broken.json", {"unknown": 1, "unreached": 1}),
        ("govulncheck_broken.sarif", {"unknown": 1, "unreached": 1}),
        ("govulncheck_broken.openvex", {"unknown": 1, "unreached": 1}),
        ("trivy_image.json", {"critical": 2, "low": 1, "unknown": 1}),
        ("nancy_broken.json", {"high": 1, "unknown": 1, "suppressed": 1}),
        ("osv_scanner_broken.json", {"high": 1, "unknown": 2, "unreached": 1}),
        ("sarif_codeql.json", {"high": 1, "medium": 1, "unknown": 1, "suppressed": 1}),
    ],
)
def test_findings_are_counted_by_severity(file: str, expected: dict[str, int]) -> None:
    assert counts(file) == expected


def test_while_nothing_severe_is_known_an_unknown_severity_leaves_it_open() -> None:
    reading = read("govulncheck_broken.json")

    assert reading.facts["severe_findings"] is None
    assert reading.unseen["severe_findings"].reason.value == "too_little_data"
    assert "GO-2021-0113" in reading.unseen["severe_findings"].message


@pytest.mark.parametrize(
    ("file", "called"),
    [
        ("govulncheck_broken.json", 1),
        ("govulncheck_broken.sarif", 1),
        ("govulncheck_broken.openvex", 1),
        ("govulncheck_healthy.json", 0),
        ("trivy_image.json", 0),
    ],
)
def test_what_the_code_is_known_to_call_is_counted_whatever_its_severity(file: str, called: int) -> None:
    assert read(file).facts["findings"]["called"] == called


def test_more_kinds_of_findings_than_can_be_told_are_refused_and_not_cut() -> None:
    rules = [Finding(f"R{number}", "low") for number in range(1001)]

    with pytest.raises(LookError) as caught:
        findings("tool", rules)

    assert caught.value.reason.value == "unsupported"


def test_a_severe_finding_decides_whatever_else_is_unknown() -> None:
    assert read("trivy_image.json").facts["severe_findings"] == 2
    assert "severe_findings" not in read("trivy_image.json").unseen


@pytest.mark.parametrize(
    "file", [*HEALTHY, "trivy_image.json", "nancy_broken.json", "osv_scanner_broken.json", "sarif_codeql.json"]
)
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_report_that_ends_in_the_middle_is_refused(file: str, share: float) -> None:
    data = data_of(file).strip()

    assert refused(data[: int(len(data) * share)], format_of(file)).reason.value in ("malformed", "no_data")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("CRITICAL", "critical"),
        ("moderate", "medium"),
        ("NEGLIGIBLE", "low"),
        ("UNKNOWN", "unknown"),
        ("severe", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_word_for_a_severity_that_is_not_known_is_not_harmless(word: t.Any, expected: str) -> None:
    assert severity_of_word(word) == expected


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (9.0, "critical"),
        ("8.9", "high"),
        (7, "high"),
        (6.9, "medium"),
        (3.9, "low"),
        (0, "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (11, "unknown"),
    ],
)
def test_a_score_is_translated_by_the_bands_of_cvss(score: t.Any, expected: str) -> None:
    assert severity_of_score(score) == expected


# gosec


def test_gosec_that_could_not_read_a_file_has_too_little_data() -> None:
    error = refused("gosec_unread.json")

    assert error.reason.value == "too_little_data"
    assert "empty.go" in error.message


def test_gosec_that_looked_at_no_file_has_no_data() -> None:
    assert (
        refused(changed("gosec_healthy.json", lambda report: report["Stats"].update(files=0))).reason.value == "no_data"
    )


def test_gosec_that_counts_more_than_it_lists_is_refused() -> None:
    assert refused(changed("gosec_broken.json", lambda report: report["Issues"].pop(0))).reason.value == "malformed"


def test_the_quoted_code_is_not_copied() -> None:
    assert "SELECT" not in json.dumps(read("gosec_broken.json").facts)


# SARIF


def test_weaknesses_and_rules_are_listed_for_all_findings() -> None:
    assert found("sarif_gosec_broken.json")["cwes"] == ["CWE-327", "CWE-89"]
    assert found("sarif_codeql.json")["cwes"] == ["CWE-89"]
    assert found("sarif_codeql.json")["rules"] == ["go/asked", "go/sql-injection", "go/useless-assignment"]


def test_the_place_of_a_finding_is_told() -> None:
    assert found("sarif_codeql.json")["first"][0] == {
        "id": "go/sql-injection",
        "severity": "high",
        "package": None,
        "version": None,
        "fixed_version": None,
        "location": "internal/db/trades.go:41",
    }


def test_commit_and_time_are_read_from_sarif() -> None:
    reading = read("sarif_codeql.json")

    assert reading.commit == "3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c"
    assert reading.produced is not None and reading.produced.isoformat() == "2026-11-25T02:10:00+00:00"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda log: log["runs"].clear(), "no_data"),
        (lambda log: log["runs"][0].pop("results"), "no_data"),
        (lambda log: log["runs"][0].update(results=None), "no_data"),
        (lambda log: log["runs"][0]["invocations"][0].update(executionSuccessful=False), "no_data"),
        (lambda log: log.update(version="2.1.9"), "unsupported"),
        (lambda log: log["runs"][0].pop("tool"), "malformed"),
    ],
    ids=["no run", "no results", "null results", "a run that failed", "another version", "no tool"],
)
def test_a_run_that_did_not_look_is_refused(change: t.Callable[[t.Any], t.Any], reason: str) -> None:
    assert refused(changed("sarif_codeql.json", change), "sarif").reason.value == reason


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"level": "error"}, "high"),
        ({"level": "warning"}, "medium"),
        ({"level": "note"}, "low"),
        ({}, "medium"),
        ({"level": "error", "properties": {"security-severity": "9.8"}}, "critical"),
        ({"level": "dreadful"}, "unknown"),
    ],
    ids=str,
)
def test_the_level_speaks_where_no_score_does(result: dict[str, t.Any], expected: str) -> None:
    run = {"tool": {"driver": {"name": "x"}}, "results": [{"ruleId": "r", "message": {"text": "m"}, **result}]}

    assert counts(json.dumps({"version": "2.1.0", "runs": [run]}).encode()) == {expected: 1}


# govulncheck


def test_govulncheck_that_stopped_early_has_no_data() -> None:
    error = refused("govulncheck_stopped.json")

    assert error.reason.value == "no_data"
    assert "stopped before it compared" in error.message


def test_govulncheck_whose_database_did_not_come_has_no_data() -> None:
    data = data_of("govulncheck_healthy.json")

    assert refused(data[: data.rindex(b'{\n  "progress"')]).reason.value == "no_data"


def test_a_called_vulnerability_is_told_with_its_module_and_its_fix() -> None:
    (finding,) = found("govulncheck_broken.json")["first"]

    assert (finding["id"], finding["package"], finding["version"], finding["fixed_version"]) == (
        "GO-2021-0113",
        "golang.org/x/text",
        "v0.3.5",
        "v0.3.7",
    )
    assert finding["location"] == "golang.org/x/text/language.Parse"


def test_a_scan_of_modules_alone_counts_what_is_in_a_module() -> None:
    data = data_of("govulncheck_broken.json").replace(b'"scan_level": "symbol"', b'"scan_level": "module"')

    assert counts(data) == {"unknown": 2}


def test_the_age_of_the_database_is_told() -> None:
    assert found("govulncheck_healthy.json")["database_time"] == "2026-11-20T00:00:00Z"


# OpenVEX


def test_an_empty_openvex_document_of_nobody_says_nothing() -> None:
    document = {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "author": "me",
        "timestamp": "2026-11-25T03:00:00Z",
        "version": 1,
    }

    assert refused(json.dumps(document).encode()).reason.value == "too_little_data"


def test_a_status_that_openvex_does_not_know_is_refused() -> None:
    data = data_of("govulncheck_broken.openvex").replace(b'"affected"', b'"perhaps"')

    assert refused(data).reason.value == "malformed"


# Trivy


def test_the_scanned_image_is_told() -> None:
    image = read("trivy_image.json").facts["image"]

    assert image["digests"] == ["sha256:9b1ef3d2b2a1a0e3f3c2d1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6"]
    assert (image["os"], image["os_supported"], image["tags"]) == (
        "alpine",
        True,
        ["registry.example.com/cryptofunk/api:1.0.0"],
    )
    assert read("trivy_image.json").commit == "3f0c1d2e4b5a69788796a5b4c3d2e1f00f1e2d3c"


def test_a_secret_that_trivy_quotes_is_not_copied() -> None:
    assert "the-secret-itself" not in json.dumps(read("trivy_image.json").facts)


@pytest.mark.parametrize(
    "change",
    [lambda report: report.pop("Results"), lambda report: report.update(Results=report["Results"][-1:])],
    ids=["nothing recognised", "secrets alone"],
)
def test_trivy_that_looked_at_no_package_has_too_little_data(change: t.Callable[[t.Any], t.Any]) -> None:
    assert refused(changed("trivy_image.json", change)).reason.value == "too_little_data"


def test_an_older_schema_of_trivy_is_not_guessed_at() -> None:
    assert (
        refused(changed("trivy_image.json", lambda report: report.update(SchemaVersion=1))).reason.value
        == "unsupported"
    )


# nancy and OSV-Scanner


def test_nancy_that_audited_nothing_has_no_data() -> None:
    assert refused(changed("nancy_healthy.json", lambda report: report.update(num_audited=0))).reason.value == "no_data"


def test_nancy_that_lists_less_than_it_counts_is_refused() -> None:
    assert (
        refused(changed("nancy_broken.json", lambda report: report["vulnerable"].clear())).reason.value == "malformed"
    )


def test_aliases_of_one_vulnerability_are_one_finding() -> None:
    first = found("osv_scanner_broken.json")["first"][0]

    assert (first["id"], first["severity"], first["fixed_version"]) == ("GHSA-ppp9-7jff-5vj2", "high", "0.3.7")


@pytest.mark.parametrize("format_name", ["sarif", "trivy", "govulncheck", "openvex", "nancy", "osv_scanner", "gosec"])
def test_a_report_of_another_tool_is_foreign(format_name: str) -> None:
    error = refused("k6_export.json", format_name)

    assert error.reason.value == "malformed"
    assert error.message.startswith(f"The file is declared as {format_name}, and looks like k6. The file is no ")
