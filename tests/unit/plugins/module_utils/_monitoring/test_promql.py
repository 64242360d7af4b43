# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring import _promql
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._evaluate import Sample, evaluate, fires

CPU = [
    Sample(0.05, {"cpu": "0", "mode": "idle"}, "node_cpu_seconds_total"),
    Sample(0.95, {"cpu": "0", "mode": "user"}, "node_cpu_seconds_total"),
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a / b", ["a", "b"]),
        ('{__name__="a.b"}', ["a.b"]),
        ("histogram_quantile(0.9, sum by (le) (rate(a_bucket[5m])))", ["a_bucket"]),
        ("sum_over_time((a > 3)[5m:1m] offset 3m)", ["a"]),
        ("-a or topk(3, a)", ["a"]),
    ],
)
def test_selectors_are_found(text: str, names: list[str]) -> None:
    assert [one.name for one in _promql.selectors(_promql.parse(text))] == names


def test_conditions_are_kept() -> None:
    (found,) = _promql.selectors(_promql.parse('{__name__=~"a.*", b!="c"}'))
    assert (found.name, found.pattern, found.matchers) == ("", "a.*", (_promql.Matcher("b", "!=", "c"),))


@pytest.mark.parametrize(
    "text",
    ["(" * 5000 + "a" + ")" * 5000, "a" + "+a" * 50_000, "-" * 50_000 + "a", 'a{b="' + "c" * 10_000 + '"}'],
    ids=["brackets", "a chain", "signs", "a long text"],
)
def test_what_would_break_the_parser_does_not_reach_it(text: str) -> None:
    with pytest.raises(LookError) as caught:
        _promql.parse(text)
    assert caught.value.reason is Reason.UNSUPPORTED


@pytest.mark.parametrize("text", ["", "rate(a)", "a[5m] > 1", 'a{b="', "nothing(a)", "1 > 2", "\x00"])
def test_what_is_no_promql_is_malformed(text: str) -> None:
    with pytest.raises(LookError) as caught:
        _promql.parse(text)
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ('rate(a{c=~"5.."}[5m]) / rate(a[5m]) > 0.1', "a"),
        ('sum(rate(a{c=~"5.."}[5m])) / sum(rate(a[5m]))', ""),
        ('a{c="5"} / ignoring(c) a', ""),
        ("rate(a[5m]) / rate(a[1h])", ""),
        ('a{c="5"} / b', ""),
    ],
)
def test_a_rate_that_is_divided_by_itself_is_found(text: str, metric: str) -> None:
    assert _promql.divides_by_itself(_promql.parse(text)) == metric


@pytest.mark.parametrize(
    ("text", "is_firing"),
    [
        ('100 * (1 - avg by (instance) (rate(node_cpu_seconds_total{mode="idle"}[5m]))) > 90', True),
        ('sum by (instance) (rate(node_cpu_seconds_total{mode!="idle"}[5m])) > 0.9', True),
        ('avg without (cpu, mode) (irate(node_cpu_seconds_total{mode="idle"}[5m])) < 0.1', True),
        ('90 < 100 - 100 * avg(rate(node_cpu_seconds_total{mode="idle",job="node"}[5m]))', True),
        ('100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle"}[5m]))) > 99', False),
        ('avg(rate(node_cpu_seconds_total{mode="iowait"}[5m])) > 0', False),
        ('increase(node_cpu_seconds_total{mode="user"}[1m]) > 56', True),
        ('increase(node_cpu_seconds_total{mode="user"}[1m]) > 58', False),
        ("absent(node_cpu_seconds_total)", False),
        ("absent(other)", True),
        ('count(node_cpu_seconds_total) == 2 and on () max(node_cpu_seconds_total{mode="user"}) > 0.9', True),
        ('node_cpu_seconds_total{mode="user"} unless node_cpu_seconds_total > 2', True),
        ("quantile(0.5, node_cpu_seconds_total) > 1", False),
        ("vector(1) > 0", True),
        ("changes(node_cpu_seconds_total[5m]) > 0", False),
        ('clamp_max(node_cpu_seconds_total{mode="user"}, 0.5) > 0.6', False),
    ],
)
def test_a_rule_fires_as_prometheus_would_let_it(text: str, is_firing: bool) -> None:
    assert fires(_promql.parse(text), CPU) is is_firing


def test_a_rate_by_itself_is_one_and_a_sum_is_not() -> None:
    series = [Sample(1, {"c": "500"}, "a"), Sample(99, {"c": "200"}, "a")]
    assert evaluate(_promql.parse('rate(a{c="500"}[5m]) / rate(a[5m])'), series) == [Sample(1.0, {"c": "500"})]
    assert evaluate(_promql.parse('sum(rate(a{c="500"}[5m])) / sum(rate(a[5m]))'), series) == [Sample(0.01, {})]


@pytest.mark.parametrize("text", ["histogram_quantile(0.9, a) > 1", "a atan2 a > 1", "hour(a) > 3"])
def test_what_is_not_known_is_not_guessed(text: str) -> None:
    with pytest.raises(LookError) as caught:
        fires(_promql.parse(text), [Sample(1, {}, "a")])
    assert caught.value.reason is Reason.UNSUPPORTED
