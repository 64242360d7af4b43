# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What sets up monitoring in the sandbox's repository: right, broken in each known way, as CryptoFunk ships it, and hostile."""

from __future__ import annotations

import functools
import json
import time
import typing as t
from pathlib import Path

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import monitoring_files
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import read_catalogue
from sandbox._edits import Change, in_files
from sandbox._profile import Profile
from sandbox.components import _repository_files as content
from sandbox.defects import alerting, monitoring
from sandbox.defects._defect import Defect

from ._judging import defaults, outcome

Subjects = t.List[t.Dict[str, t.Any]]

# Which kind of subjects each observation of the role is, as its tasks have it.
KINDS = {
    "prometheus": "prometheus",
    "jobs": "job",
    "dashboards": "dashboards",
    "dashboard": "dashboard",
    "panels": "panel",
    "grafana": "grafana",
    "rules": "rule",
    "alertmanager": "alertmanager",
}
_OPTIONS = ("known_metrics", "jobs", "alerts", "titles", "channels", "pagers", "severities")
DEFECTS = [*monitoring.DEFECTS, *alerting.DEFECTS]


def make(folder: Path, profile: Profile = Profile.HARDENED, changes: t.Iterable[Change] = ()) -> Path:
    """Write the files of the sandbox's repository, without its history."""
    files = content.files(profile)
    for change in changes:
        in_files(files, change)
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


def look(path: Path, **options: t.Any) -> Subjects:
    """Return the subjects that the probe sees, as JSON carries them."""
    known = defaults("monitoring")
    own = {name: known[f"monitoring_{name}"] for name in _OPTIONS}
    result = ArgumentSpecValidator(**monitoring_files.SPEC).validate({"path": str(path), **own, **options})
    assert not result.error_messages, result.error_messages
    valid = result.validated_parameters
    return t.cast("Subjects", json.loads(json.dumps(monitoring_files.observe(valid, Deadline(valid["timeout"])))))


def outcomes(subjects: Subjects) -> dict[str, str]:
    """Return the outcomes of the items that these subjects decide, those that passed left out."""
    found: dict[str, str] = {}
    for item, of in _checks():
        seen = [outcome(item, of, one) for one in subjects if one.get("kind", KINDS[of]) == KINDS[of]]
        worst = min([*seen, found.get(item, "passed")], key=("failed", "error", "passed").index)
        found[item] = worst if seen or of in ("grafana", "jobs") else "error"
    return {item: one for item, one in found.items() if one != "passed"}


@functools.cache
def _checks() -> list[tuple[str, str]]:
    topics = ("metrics", "dashboards", "alerting")
    items = [one for one in read_catalogue() if one["section"] == "monitoring" and one["topic"] in topics]
    return [(item["id"], of) for item in items for of in {one["of"] for one in item["checks"]} & set(KINDS)]


def test_a_hardened_release_fails_nothing(tmp_path: Path) -> None:
    # The pods of the agents are only found when Prometheus runs.
    assert outcomes(look(make(tmp_path))) == {"5.1.1.3": "error"}


@pytest.mark.parametrize("defect", DEFECTS, ids=[one.name for one in DEFECTS])
def test_a_mistake_fails_its_items_and_no_other(tmp_path: Path, defect: Defect) -> None:
    found = outcomes(look(make(tmp_path, changes=defect.edits)))

    # 2.1.5 and 3.4.5 are decided by the roles performance and configuration, which look by themselves.
    assert {item for item, one in found.items() if one == "failed"} == set(defect.items) - {"2.1.5", "3.4.5"}


def test_a_failure_says_where_it_stands(tmp_path: Path) -> None:
    subjects = look(make(tmp_path, Profile.AS_SHIPPED))

    said = [
        one
        for subject in subjects
        for key, value in subject.items()
        for one in (
            value
            if isinstance(value, list)
            else value["faults"]
            if isinstance(value, dict) and "faults" in value
            else ()
        )
        if isinstance(one, dict)
    ]
    assert len(said) > 50
    for one in said:
        file, dummy, line = one["at"].rpartition(":")
        assert int(line) <= len((tmp_path / file).read_text().splitlines()), one


def test_cryptofunk_as_shipped_fails_where_it_is_wrong(tmp_path: Path) -> None:
    found = outcomes(look(make(tmp_path, Profile.AS_SHIPPED)))

    assert {item for item, one in found.items() if one == "failed"} >= {
        "5.1.1", "5.1.1.1", "5.1.1.2", "5.1.1.3", "5.1.1.4", "5.1.1.5", "5.2.1", "5.2.1.1", "5.2.1.3", "5.2.2", "5.2.3", "5.3.1", "5.3.2",
        "5.3.2.1", "5.3.2.2", "5.3.2.3", "5.3.2.4", "5.3.2.5", "5.3.2.6", "5.3.2.7", "5.3.2.8", "5.3.3", "5.3.3.1", "5.3.3.2", "5.3.3.3",
    }  # fmt: skip
    assert "5.2.1.2" not in found


def test_what_embeds_in_a_configmap_has_the_line_of_the_file(tmp_path: Path) -> None:
    (rule,) = [
        one for one in look(make(tmp_path), kinds=["rule"]) if one["subject"] == "AgentDown" and "k8s" in one["at"][0]
    ]

    file, dummy, line = rule["at"][0].rpartition(":")
    assert (tmp_path / file).read_text().splitlines()[int(line) - 1].strip() == "- alert: AgentDown"


def test_a_checkout_without_workloads_is_seen_by_its_files(tmp_path: Path) -> None:
    subjects = look(make(tmp_path), compose=False, manifests=[])

    assert [one["subject"] for one in subjects if one["kind"] in ("prometheus", "alertmanager")] == [
        "deployments/prometheus/prometheus.yml",
        "deployments/prometheus/alertmanager.yml",
    ]
    assert outcomes(subjects) == {}


def test_an_empty_checkout_is_an_error_for_every_item(tmp_path: Path) -> None:
    found = outcomes(look(tmp_path))

    assert set(found.values()) == {"error"}
    assert "5.3.2.1" in found


def test_a_configuration_that_is_written_when_it_starts_is_not_judged(tmp_path: Path) -> None:
    changes = [
        one for defect in DEFECTS if defect.name == "monitoring_alertmanager_placeholder" for one in defect.edits
    ]
    path = make(tmp_path, changes=changes)
    compose = path / "docker-compose.yml"
    before = "  alertmanager:\n"
    assert before in compose.read_text()
    compose.write_text(
        compose.read_text().replace(before, f"{before}    entrypoint: [sh, -c, 'envsubst < am.tmpl > am.yml']\n")
    )

    (seen,) = [one for one in look(path, kinds=["alertmanager"]) if "compose" in one["subject"]]

    assert seen["unseen"]["placeholders"]["reason"] == "unsupported"


HOSTILE = {
    "a rule file that is none": ("deployments/prometheus/alerts/x.yml", b"a: 1\n"),
    "a bomb of aliases": (
        "deployments/prometheus/alerts/x.yml",
        b"a: &a [x, x, x, x, x, x, x, x, x]\n"
        + b"".join(b"%c: &%c [%s]\n" % (letter + 1, letter + 1, b", ".join([b"*%c" % letter] * 9)) for letter in range(97, 107)),
    ),
    "not UTF-8": ("deployments/prometheus/alerts/x.yml", b"groups: [\xff\xfe]\n"),
    "a deep expression": (
        "deployments/prometheus/alerts/x.yml",
        b"groups: [{name: g, rules: [{alert: X, expr: '" + b"(" * 20000 + b"up" + b")" * 20000 + b"'}]}]\n",
    ),
    "no dashboard": ("deployments/grafana/dashboards/x.json", b"[1, 2]"),
    "a deep dashboard": ("deployments/grafana/dashboards/x.json", b'{"panels": ' * 3000 + b"[]" + b"}" * 3000),
    "broken Go": ("internal/metrics/x.go", b"package metrics\nfunc {{{\n"),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_cannot_be_read_is_told_and_fails_nothing(tmp_path: Path, what: str) -> None:
    name, body = HOSTILE[what]
    path = make(tmp_path)
    (path / name).write_bytes(body)
    began = time.monotonic()

    found = outcomes(look(path))

    assert set(found.values()) == {"error"}, found
    assert len(found) > 1
    assert time.monotonic() - began < 20


def test_a_large_file_and_a_link_that_leads_out_are_not_read(tmp_path: Path) -> None:
    path = make(tmp_path / "checkout")
    with (path / "deployments/grafana/dashboards/large.json").open("wb") as stream:
        stream.truncate(200 << 20)
    (tmp_path / "secret.yml").write_text("groups: [{name: g, rules: [{alert: Secret, expr: up}]}]\n")
    (path / "deployments/prometheus/alerts/secret.yml").symlink_to(tmp_path / "secret.yml")
    (path / "deployments/prometheus/alerts/loop").symlink_to(".")

    subjects = look(path)

    assert "Secret" not in json.dumps(subjects)
    assert "failed" not in outcomes(subjects).values()
