# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code import _scripts
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import parse_go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Program
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._variables import Read, read_variables
from ansible_collections.cryptofunk.readiness.plugins.module_utils._repository import _yaml


def read(body: str, more: str = "") -> Read:
    source = f'package p\nimport (\n\t"os"\n\t"m/other"\n)\nconst name = "A_CONSTANT"\nfunc f(given string) {{\n{body}\n}}\n{more}\n'
    other = 'package other\nimport "os"\nfunc Env(fallback, key string) string { return os.Getenv(key) }\n'
    code = parse_go({"p/p.go": source, "other/o.go": other})
    assert code.problems == {}
    return read_variables(Program(code, {"m": "."}), Constants(code), code.files)


HELPER = (
    "func env(key, fallback string) string {\n\tif v, ok := os.LookupEnv(key); ok { return v }\n\treturn fallback\n}"
)
SECOND = HELPER + '\nfunc port(key string) int { return atoi(env(key, "1")) }'


@pytest.mark.parametrize(
    ("body", "more", "names"),
    [
        ('os.Getenv("A")', "", {"A"}),
        ('v, ok := os.LookupEnv("A")', "", {"A"}),
        ("os.Getenv(name)", "", {"A_CONSTANT"}),
        ('os.Getenv("A_" + "B")', "", {"A_B"}),
        ('os.ExpandEnv("${A}/$B")', "", {"A", "B"}),
        ('env("A", "x")', HELPER, {"A"}),
        ('port("A")', SECOND, {"A"}),
        ('other.Env("x", "A")', "", {"A"}),
        ('for _, one := range []string{"A", "B"} {\n\tos.Getenv(one)\n}', "", {"A", "B"}),
        ('wanted := []string{\n\t"A", // why\n}\nfor _, one := range wanted {\n\tos.Getenv(one)\n}', "", {"A"}),
        ('key := "A"\nif x {\n\tkey = "B"\n}\nos.Getenv(key)', "", {"A", "B"}),
        ('v.SetEnvPrefix("app")\nv.BindEnv("db.url")', "", {"APP_DB.URL"}),
        ('v.SetEnvPrefix("app")\nv.SetEnvKeyReplacer(r)\nv.BindEnv("db.url")', "", {"APP_DB_URL"}),
        ('v.BindEnv("db.url", "DATABASE_URL", "DB_URL")', "", {"DATABASE_URL", "DB_URL"}),
        ("", 'type c struct {\n\tA string `env:"A,required" yaml:"a"`\n\tB string `envconfig:"B"`\n}', {"A", "B"}),
        ('other.Getenv("A")\nos.Setenv("B", "")\nx.env("C", "")', HELPER, set()),
        ('// os.Getenv("A")\nlog("os.Getenv(B)")', "", set()),
    ],
)
def test_each_way_to_read_a_variable_is_known(body: str, more: str, names: set[str]) -> None:
    found = read(body, more)

    assert set(found.names) == names
    assert found.unknown == []


@pytest.mark.parametrize(
    "body", ["os.Getenv(compute())", 'os.Getenv(prefix + "X")', "v.BindEnv(key())", "os.ExpandEnv(template)"]
)
def test_a_name_that_is_computed_is_unknown(body: str) -> None:
    found = read(body)

    assert found.names == {}
    assert found.unknown == ["p/p.go:8"]


@pytest.mark.parametrize(
    ("script", "names"),
    [
        ('echo "${A:-x}" $B', {"A", "B"}),
        ("X=1\necho $X", set()),
        ('X="${X:-1}"\necho $X', {"X"}),
        ("X=${Y:-1}\necho $X", {"Y"}),
        ("NOW=$(date +%s)\necho $NOW", set()),
        ('export X="a b"; local Y=2\necho $X $Y', set()),
        ("PGPASSWORD=$SECRET psql -h $HOST_OF_DB", {"SECRET", "HOST_OF_DB"}),
        ("for F in a b; do echo $F; done", set()),
        ('read -r -p "Name? " ANSWER\necho $ANSWER', set()),
        ("# $A\necho '$B' \"it's $C\"", {"C"}),
        ("cat <<EOF\n$A\nEOF\ncat <<'EOF'\n$B\nEOF", {"A"}),
        ("awk '{print $NF}' x\nawk '\n$NR\n'", set()),
        ("echo \\$A ${#B} ${lower}", {"B"}),
        ("VAR=a=b cmd $X", {"X"}),
        ("((N++))\nN=0; echo $N", set()),
    ],
)
def test_a_script_reads_what_it_does_not_set(script: str, names: set[str]) -> None:
    assert set(_scripts.script_variables(script)) == names


def test_a_hostile_script_costs_little() -> None:
    assert _scripts.script_variables("A=" + "x" * 50_000 + '"' * 3 + "\n" + "'" * 9_999) == {}


def test_compose_substitutes_and_a_doubled_dollar_does_not() -> None:
    (tree,) = _yaml.load(b"a: ${A:?must} $B $${C}\nb:\n  - x${D:-${E}}\n", "compose.yml")

    assert _scripts.substitutions(tree) == {"A": 1, "B": 1, "D": 3, "E": 3}


def test_of_a_manifest_only_braces_in_capitals_count() -> None:
    (tree,) = _yaml.load(b"a: '${A} $B $(C) ${d} ${E:-x}'\nb: |\n  one\n  ${F}\n", "m.yaml")

    assert _scripts.braced(tree) == {"A": 1, "E": 1, "F": 4}


def test_entries_and_those_that_are_commented_out() -> None:
    on, off = _scripts.entries("A=1\nexport B=2\n# C=3\n#D=\n# Set E=1 first\n\n")

    assert (on, off) == ({"A": 1, "B": 2}, {"C": 3, "D": 4})


def test_javascript_and_python_read_variables_too() -> None:
    source = "const a = process.env.A || import.meta.env.B;\n// process.env.C\nos.environ['D']; os.getenv(\"E\"); process.env['F']\n"

    assert _scripts.source_variables(source) == {"A": 1, "B": 1, "D": 3, "E": 3, "F": 3}
