# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What TLS servers accept, and whether their certificates hold.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import functools
import time
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils import _argspec
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._look import Observation, Part, look_at_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe import _tls_offer as offers
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._parallel import run_all
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_report import (
    ABOUT_CERTIFICATE,
    ABOUT_OFFERS,
    about_certificate,
    about_offers,
)
from ansible_collections.cryptofunk.readiness.plugins.module_utils._probe._tls_verify import Trust, sent_chain, verify

SPEC: dict[str, t.Any] = {
    "argument_spec": {
        "endpoints": {
            "type": "list",
            "elements": "dict",
            "required": True,
            "options": {
                "host": {"type": "str", "required": True},
                "port": {"type": "int", "default": 443},
                "server_name": {"type": "str"},
                "protocol": {"type": "str", "choices": ["tls", "postgresql"], "default": "tls"},
            },
        },
        "ca_path": {"type": "path"},
        **_argspec.timeout(10.0),
    }
}

_AT_A_TIME = 4  # connections to one endpoint
_SHARE = (
    0.85  # of the budget for the looks at the network; a peer that swallows one offer must not cost the others' answers
)


def observe(options: dict[str, t.Any], deadline: Deadline) -> Observation:
    """Look at all endpoints side by side."""
    endpoints = [
        offers.Endpoint(one["host"], one["port"], one["server_name"] or "", one["protocol"])
        for one in options["endpoints"]
    ]
    looks = [
        (endpoint.name, functools.partial(_look, endpoint, options["ca_path"], deadline)) for endpoint in endpoints
    ]
    return look_at_all(looks, deadline)


def _look(endpoint: offers.Endpoint, ca_path: str | None, deadline: Deadline) -> dict[str, t.Any]:
    budget = Deadline(deadline.left() * _SHARE)
    part = Part()
    part.seen.update(
        host=endpoint.host,
        port=endpoint.port,
        server_name=endpoint.server_name or endpoint.host,
        protocol=endpoint.protocol,
    )
    made, answers, trust = _ask(endpoint, ca_path, budget)
    plain = next((answer.detail for answer in answers if answer.state == offers.PLAIN), None)
    part.seen.update(speaks_tls=plain is None, plain_protocol=plain or "")
    if plain is not None:
        _miss_all(part, LookError(Reason.UNSUPPORTED, f"{endpoint.name} speaks {plain} without TLS"))
        return part.to_dict()
    if all(answer.state == offers.UNKNOWN for answer in answers):
        raise next(answer.error for answer in answers if answer.error)
    about_offers(part, made, answers)
    about_certificate(part, endpoint, lambda: _chain_as_sent(endpoint, answers, budget), trust, time.time())
    return part.to_dict()


def _ask(
    endpoint: offers.Endpoint, ca_path: str | None, deadline: Deadline
) -> tuple[list[offers.Offer], list[offers.Answer], Trust | LookError]:
    """Make every offer and one strict handshake, a few at a time."""
    made = offers.all_offers()
    jobs: list[t.Callable[[], offers.Answer | Trust]] = []
    jobs += [functools.partial(offers.make_offer, endpoint, offer, deadline) for offer in made]
    jobs.append(functools.partial(verify, endpoint, ca_path, deadline))
    outcomes = run_all(jobs, _AT_A_TIME, deadline)
    trust = next((one for one in outcomes if isinstance(one, Trust)), None)
    answers = [_answer(one) for one in outcomes[:-1]]
    return made, offers.with_closures_decided(answers), trust or _error(outcomes[-1])


def _answer(outcome: offers.Answer | Trust | LookError) -> offers.Answer:
    if isinstance(outcome, offers.Answer):
        return outcome
    error = _error(outcome)
    return offers.Answer(offers.UNKNOWN, error.message, error=error)


def _error(outcome: offers.Answer | Trust | LookError) -> LookError:
    return outcome if isinstance(outcome, LookError) else LookError(Reason.NOT_OBSERVED, "The look gave nothing")


def _chain_as_sent(endpoint: offers.Endpoint, answers: list[offers.Answer], deadline: Deadline) -> t.Sequence[bytes]:
    """Return the certificates that came in the clear, or fetch them where none did."""
    in_clear = next((answer.certificates for answer in answers if answer.certificates), None)
    return in_clear or sent_chain(endpoint, deadline)


def _miss_all(part: Part, error: LookError) -> None:
    for key in ABOUT_OFFERS + ABOUT_CERTIFICATE:
        part.miss(key, error)
