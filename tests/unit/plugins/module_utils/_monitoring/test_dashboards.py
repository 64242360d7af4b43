# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import typing as t

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _dashboards
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._grafana import Source, source_fault
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import Metric, Registered
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._text import Text
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._vocabulary import Vocabulary

CODE = Registered(
    [
        Metric("api_requests", "counter", "m.go:1", ["path"]),
        Metric("api_seconds", "histogram", "m.go:2", []),
        Metric("still", "gauge", "m.go:3", [], moves=False),
        Metric("agent_[a-zA-Z0-9_]*_steps", "counter", "m.go:4", [], is_pattern=True),
    ]
)
VOCABULARY = Vocabulary(["up|node_.+"], lambda: CODE)


def board(*exprs: str, variables: t.Sequence[dict[str, t.Any]] = (), **more: t.Any) -> _dashboards.Dashboard:
    targets = [{"refId": "A", "expr": one} for one in exprs]
    data = {"title": "Board", "panels": [{"title": "Row", "panels": [{"title": "Panel", "targets": targets}]}], **more}
    data["templating"] = {"list": list(variables)}
    return _dashboards.read(Text(json.dumps(data, indent=1).encode(), "board.json"))


@pytest.mark.parametrize(
    "expr",
    [
        'rate(api_requests{path=~"$path"}[$__rate_interval])',
        "sum by ($label) (up)",
        "topk($count, node_load1)",
        "rate(api_requests[${window}])",
        "agent_${name}_steps",
        "histogram_quantile(0.9, sum by (le) (rate(api_seconds_bucket[5m])))",
        "increase(api_requests[$__range_s])",
        "agent_risk_steps",
    ],
)
def test_an_expression_with_variables_can_find_data(expr: str) -> None:
    assert _dashboards.expression_faults(expr, VOCABULARY) == []


@pytest.mark.parametrize(
    ("expr", "words"),
    [
        ("nothing", "nothing is no metric of the code or of a known exporter"),
        ("still > 1", "still is never moved: no code that runs updates what m.go:3 registers"),
        ("api_seconds", "api_seconds is a histogram, of which there are only api_seconds_bucket or"),
        ('api_requests{mode="live"}', "api_requests has no label mode: m.go:1"),
        ("rate(api_requests)", "it is no PromQL: "),
        ('rate(api_requests{path="a"}[5m]) / rate(api_requests[5m])', "it divides api_requests by itself"),
    ],
)
def test_an_expression_that_finds_nothing_is_told(expr: str, words: str) -> None:
    (found,) = _dashboards.expression_faults(expr, VOCABULARY)
    assert found.startswith(words)


@pytest.mark.parametrize("condition", ['job="a"', 'instance=~"b.*"', 'mode!="a"', 'mode=~".*"', 'mode=""'])
def test_a_condition_that_every_series_may_meet_is_no_fault(condition: str) -> None:
    assert _dashboards.expression_faults(f"api_requests{{{condition}}}", VOCABULARY) == []


def test_a_metric_is_not_missed_where_names_are_made_at_run_time() -> None:
    blind = Vocabulary([], lambda: Registered([], ["m.go:9"]))
    with pytest.raises(LookError, match="m.go:9"):
        _dashboards.expression_faults("nothing", blind)


def test_a_query_knows_its_panel_and_its_line() -> None:
    (query,) = board("up").queries
    assert (query.panel, query.ref, query.at) == ("Panel", "A", "board.json:12")


def test_variables_are_resolved() -> None:
    declared = [{"name": "path", "type": "query", "query": {"query": "label_values(nothing, path)"}}]
    made = board('rate(api_requests{path="$path",other="[[other]]"}[5m])', variables=declared)
    assert [one["says"] for one in _dashboards.variable_faults(made, VOCABULARY)] == [
        "The variable other is used and not declared",
        "The variable path finds nothing: nothing is no metric of the code or of a known exporter",
    ]


@pytest.mark.parametrize(("refresh", "found"), [("10s", 10.0), ("1m", 60.0), ("", 0.0), (False, 0.0), (None, 0.0)])
def test_the_refresh_is_read(refresh: t.Any, found: float) -> None:
    assert board("up", refresh=refresh).refresh == found


def test_what_is_no_dashboard_is_told() -> None:
    with pytest.raises(LookError, match=r"board\.json is no dashboard"):
        _dashboards.read(Text(b'{"title": "x"}', "board.json"))


def test_an_exported_dashboard_is_unwrapped() -> None:
    made = _dashboards.read(Text(b'{"dashboard": {"title": "x", "uid": "u", "panels": []}}', "board.json"))
    assert (made.title, made.uid) == ("x", "u")


KNOWN = [Source("Prometheus", "", "prometheus", True, "d.yml:1"), Source("Logs", "logs", "loki", False, "d.yml:2")]


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        (None, True),
        ({"uid": "logs"}, True),
        ({"uid": "prometheus"}, False),
        ({"uid": "${source}"}, True),
        ("Prometheus", True),
        ("Other", False),
        ({"uid": "-- Mixed --"}, True),
    ],
)
def test_a_data_source_is_found_by_its_uid(wanted: t.Any, is_found: bool) -> None:
    assert (source_fault(wanted, KNOWN, ["source"]) == "") is is_found
