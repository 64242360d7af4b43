# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import secrets
import typing as t
from pathlib import Path

from ansible.errors import AnsibleError
from ansible.template import trust_as_template

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._action import ReadinessAction, run_of, utc_now
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._background import redeem
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._catalogue import Catalogue, read_catalogue
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._item import is_template
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._judge import Check, Verdict, judge, undecided
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._ledger import Record, append, store_observation
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._looks import (
    Looked,
    about,
    looks_of,
    of_kind,
    registered,
)
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._matchers import expectation_fault
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._redaction import redact
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._run_folder import read_catalogue_of
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._variables import known_secrets
from ansible_collections.cryptofunk.readiness.plugins.plugin_utils._yaml import DataError

_LOOK = {
    "of": {"type": "str", "required": True},
    "observed": {"type": "raw", "required": True},
    "about": {"type": "str"},
    "kind": {"type": "str"},
    "needs": {"type": "str"},
}


class ActionModule(ReadinessAction):
    SPEC = {
        "argument_spec": {
            "topic": {"type": "str", "required": True},
            "looks": {"type": "list", "elements": "dict", "options": _LOOK, "required": True},
            "run_path": {"type": "path"},
        }
    }

    def act(self, args: dict[str, t.Any], task_vars: dict[str, t.Any]) -> dict[str, t.Any]:
        run_path, run_id = run_of(args) if args["run_path"] else (None, "")
        catalogue = read_catalogue_of(run_path) if run_path else read_catalogue()
        hidden = known_secrets(task_vars, self._templar)
        judged = []
        for look in args["looks"]:
            checks = self._checks(catalogue, args["topic"], look["of"])
            looked = _looked(look, task_vars, run_path, hidden)
            judged.append(
                (looked, [redact(verdict, hidden) for one in looked for verdict in self._verdicts(checks, one)])
            )
        if run_path:
            _record(run_path, run_id, judged)
        return {"verdicts": [verdict for dummy, verdicts in judged for verdict in verdicts]}

    def _checks(self, catalogue: Catalogue, topic: str, of: str) -> list[Check]:
        """Return the checks of a topic over one observation, with their thresholds from the role's variables."""
        raw = [
            (item, check)
            for item in catalogue
            if f"{item['section']}.{item['topic']}" == topic
            for check in item["checks"]
            if check["of"] == of
        ]
        if not raw:
            raise DataError(
                f"No item of the topic {topic!r} has a check over {of!r}: correct topic and of in the task, or add the check"
            )
        return [
            Check(
                item["id"],
                check["label"],
                check["that"],
                check["matcher"],
                self._expected(item["id"], check),
                check["because"],
                check["at"],
                check["static"],
            )
            for item, check in raw
        ]

    def _expected(self, item: str, check: dict[str, t.Any]) -> t.Any:
        expected = check["expected"]
        if not is_template(expected):
            return expected
        try:
            rendered = json.loads(json.dumps(self._templar.template(_trusted(expected))))
        except AnsibleError as exc:
            raise DataError(f"Item {item}, check {check['label']!r}: the threshold cannot be rendered: {exc}") from exc
        fault = expectation_fault(check["matcher"], rendered)
        if fault:
            raise DataError(
                f"Item {item}, check {check['label']!r}: {check['matcher']} {fault}, but its variable gives {rendered!r}"
            )
        return rendered

    def _verdicts(self, checks: list[Check], looked: Looked) -> list[Verdict]:
        if looked.error:
            return [undecided(check, looked.look, looked.error, looked.vantage) for check in checks]
        return [one for check in checks for one in judge(check, looked.subjects, looked.look, self._explain)]

    def _explain(self, because: str, observed: list[t.Any]) -> list[str]:
        """Render the words of a check for each observed value; words that cannot be rendered are shown as they stand.

        Compiling a template costs more than rendering it, so that all values are rendered by one.
        """
        if not is_template(because):
            return [because] * len(observed)
        mark = f"\0{secrets.token_hex(8)}\0"
        whole = f"{{% for observed in readiness_observed %}}{because}{mark}{{% endfor %}}"
        try:
            return self._rendered(whole, readiness_observed=observed).split(mark)[:-1]
        except AnsibleError:
            return [self._explain_alone(because, one) for one in observed]

    def _explain_alone(self, because: str, observed: t.Any) -> str:
        try:
            return self._rendered(because, observed=observed)
        except AnsibleError:
            return because

    def _rendered(self, template: str, **variables: t.Any) -> str:
        known = {**self._templar.available_variables, **variables}
        return str(self._templar.copy_with_new_env(available_variables=known).template(trust_as_template(template)))


def _looked(
    look: dict[str, t.Any], task_vars: dict[str, t.Any], run_path: Path | None, hidden: set[str]
) -> list[Looked]:
    """Return what was looked at, as far as it is judged here."""
    observed = redact(redeem(registered(look["observed"], task_vars), run_path), hidden)
    looked = looks_of(observed, task_vars["inventory_hostname"], look["needs"], utc_now())
    if look["about"]:
        looked = [about(one, look["about"]) for one in looked]
    return [of_kind(one, look["kind"]) for one in looked] if look["kind"] else looked


def _record(run_path: Path, run_id: str, judged: list[tuple[list[Looked], list[Verdict]]]) -> None:
    """Keep what was seen, and append what was judged of it in one step."""
    records: list[Record] = []
    for looked, verdicts in judged:
        stored = store_observation(run_path, [look.subjects for look in looked])
        records += [{"type": "verdict", "observation": stored, **verdict} for verdict in verdicts]
    append(run_path, run_id, records)


def _trusted(expected: t.Any) -> t.Any:
    """Mark the thresholds of the catalogue as templates: it is the collection's own, or a file that the inventory names."""
    if isinstance(expected, str):
        return trust_as_template(expected)
    if isinstance(expected, list):
        return [_trusted(one) for one in expected]
    if isinstance(expected, dict):
        return {key: _trusted(one) for key, one in expected.items()}
    return expected
