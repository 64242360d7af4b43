# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import parse_go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._metrics import Registered, metrics
from ansible_collections.cryptofunk.readiness.plugins.module_utils._monitoring._moves import note_still

_IMPORT = 'import "github.com/prometheus/client_golang/prometheus"\n'


def registered(**files: str) -> Registered:
    """Return what the files *folder__name* register."""
    code = parse_go({f"{name.replace('__', '/')}.go": source for name, source in files.items()})
    found = metrics(code)
    note_still(found.metrics, code)
    return found


def one(body: str) -> Registered:
    return registered(m__m=f"package m\n{_IMPORT}{body}")


@pytest.mark.parametrize(
    ("made", "name", "labels"),
    [
        ('promauto.NewGauge(prometheus.GaugeOpts{Name: "a_b"})', "a_b", []),
        ('prometheus.NewCounterVec(prometheus.CounterOpts{Name: "a"}, []string{"x", y})', "a", ["x", "why"]),
        ('promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "a"}, names)', "a", None),
        ('promauto.With(r).NewGauge(prometheus.GaugeOpts{Namespace: "n", Subsystem: "s", Name: "a"})', "n_s_a", []),
        ('prometheus.NewGauge(prometheus.GaugeOpts{Namespace: space, Name: "a"})', "own_a", []),
        ('prometheus.NewDesc("a_total", "help", []string{"x"}, nil)', "a_total", ["x"]),
        ('prometheus.NewDesc(prometheus.BuildFQName(space, "", "a"), "help", nil, nil)', "own_a", []),
        ('prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "a"}, read)', "a", []),
        ('prometheus.NewGauge(prometheus.GaugeOpts{Name: "a" + "_" + "b"})', "a_b", []),
    ],
)
def test_a_metric_is_found(made: str, name: str, labels: list[str] | None) -> None:
    found = one(f'const (\n\tspace = "own"\n\ty = "why"\n)\nvar names = labels()\nvar made = {made}\n')
    assert [(metric.name, metric.labels, metric.at) for metric in found.metrics] == [(name, labels, "m/m.go:8")]


def test_a_name_made_at_run_time_is_a_pattern() -> None:
    found = one(
        'func New(n string) { made = promauto.NewCounter(prometheus.CounterOpts{Name: fmt.Sprintf("agent_%s_total", n)}) }'
    )
    assert len(found.named("agent_risk_agent_total")) == 1
    assert found.named("agent_total") == found.named("agents_x_total") == []


def test_a_name_of_which_nothing_is_known_is_told() -> None:
    found = one("func New(n string) prometheus.Gauge { return promauto.NewGauge(prometheus.GaugeOpts{Name: n}) }")
    assert (found.metrics, found.unknown) == ([], ["m/m.go:3"])


def test_the_parts_of_a_histogram_are_its_names() -> None:
    found = one('var made = promauto.NewHistogram(prometheus.HistogramOpts{Name: "a"})')
    assert [name for name in ("a", "a_bucket", "a_sum", "a_count") if found.named(name)] == [
        "a_bucket",
        "a_sum",
        "a_count",
    ]


_METRIC = f'package m\n{_IMPORT}var Seen = promauto.NewCounter(prometheus.CounterOpts{{Name: "seen"}})\n'


@pytest.mark.parametrize(
    ("more", "moves"),
    [
        ("", False),
        ("func Count() { Seen.Inc() }", False),
        ("func init() { prometheus.MustRegister(Seen) }", False),
        ("func init() { Seen.Inc() }", True),
        ("func Count() { Seen.Inc() }\nfunc init() { go Count() }", True),
        ("func init() {\n\t// Seen.Inc()\n\tprint(`Seen.Inc()`)\n}", False),
        ("type U struct{}\nfunc (u U) Run() { Seen.Inc() }", False),
        ("type U struct{}\nfunc (u *U) Run() { Seen.Inc() }\nfunc init() { start(&U{}) }", True),
        ("type U struct{}\nfunc New() *U { return &U{} }\nfunc (u *U) Start() { Seen.Inc() }\nfunc init() { other.Start() }", False),
        ("type c struct{}\nfunc (c) Collect(ch chan<- prometheus.Metric) { ch <- Seen }\nfunc init() { prometheus.MustRegister(c{}) }", True),
        ("var table = map[string]func(){\"a\": Count}\nfunc Count() { Seen.Inc() }", True),
    ],
    ids=[
        "nobody names it", "nobody calls it", "it is only registered", "at the start", "through a function", "in words only",
        "of a type that nobody makes", "of a type that is made", "of a constructor that nobody calls", "by a collector", "by a table",
    ],
)  # fmt: skip
def test_a_metric_moves_when_something_that_runs_names_it(more: str, moves: bool) -> None:
    assert [metric.moves for metric in registered(m__m=_METRIC + more).metrics] == [moves]


@pytest.mark.parametrize(
    ("imported", "call", "moves"),
    [
        ('"example.com/x/internal/metrics"', "numbers.Count()", True),
        ('(\n\t"os"\n\n\t"example.com/x/internal/metrics"\n)', "numbers.Count()", True),
        ('own "example.com/x/internal/metrics"', "own.Count()", True),
        ('. "example.com/x/internal/metrics"', "Count()", True),
        ('"example.com/x/internal/metrics"', "numbers.Other()", False),
        ('"example.com/x/internal/metrics"', "other.Count()", False),
        ('"example.com/x/internal/other"', "numbers.Count()", False),
    ],
)
def test_other_packages_are_followed_by_what_they_are_called(imported: str, call: str, moves: bool) -> None:
    main = f"package main\nimport {imported}\nfunc main() {{ {call} }}\n"
    own = _METRIC.replace("package m", "package numbers") + "func Count() { Seen.Inc() }\nfunc Other() {}\n"
    found = registered(internal__metrics__m=own, cmd__x__main=main)
    assert [metric.moves for metric in found.metrics] == [moves]


@pytest.mark.parametrize(("more", "moves"), [("", False), ("func (s *Set) Do() { s.steps.Inc() }", True)])
def test_a_metric_in_a_field_moves_when_the_field_is_used(more: str, moves: bool) -> None:
    made = 'return &Set{steps: promauto.NewCounter(prometheus.CounterOpts{Name: "steps"})}'
    body = (
        f"type Set struct {{ steps prometheus.Counter }}\nfunc New() *Set {{ {made} }}\nfunc init() {{ keep(New()) }}\n"
    )
    assert [metric.moves for metric in one(body + more).metrics] == [moves]


def test_tests_neither_register_nor_move() -> None:
    found = registered(m__m=_METRIC, m__m_test=f"package m\n{_IMPORT}func init() {{ Seen.Inc() }}\n")
    assert [(metric.name, metric.moves) for metric in found.metrics] == [("seen", False)]
