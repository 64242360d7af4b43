# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which connections a PostgreSQL server admits: the rules of pg_hba.conf.

This is a private part of the collection; nothing outside it may import it.
"""

from __future__ import annotations

import ipaddress
import typing as t

from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError, Reason
from ansible_collections.cryptofunk.readiness.plugins.module_utils._postgresql._context import Context

_RULES = """
select line_number as line, type, database as databases, user_name as users, address, netmask, auth_method as method,
       error is not null as is_wrong
from pg_hba_file_rules order by line_number
"""
_NETWORK = frozenset({"host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"})
_ENCRYPTED = frozenset({"hostssl", "hostgssenc"})
_WEAK = frozenset({"md5", "password", "ident"})

Rule = t.Dict[str, t.Any]


def hba(context: Context) -> dict[str, t.Any]:
    """Return the rules, and those of them that matter by what they admit."""
    who = context.login.user
    needs = f"grant select on pg_hba_file_rules to {who}; grant execute on function pg_hba_file_rules() to {who}"
    rows = context.session.rows(_RULES, needs=needs)
    if not rows:
        raise LookError(Reason.UNSUPPORTED, f"Cannot {context.session.attempt}: this server shows no rules")
    return sorted_out(rows)


def sorted_out(rows: t.Sequence[Rule]) -> dict[str, t.Any]:
    """Return the rules in *rows*, and the lists of those that admit plaintext, trust, weak methods and any address."""
    rules = [_rule(row) for row in rows if not row["is_wrong"]]
    admitting = [rule for rule in rules if rule["method"] != "reject"]
    remote = [rule for rule in admitting if rule["is_network"] and not rule["is_loopback"]]
    return {
        "rules": rules,
        "wrong_lines": [row["line"] for row in rows if row["is_wrong"]],
        "plaintext_rules": [
            text(rule) for rule in remote if not rule["encrypted_only"] and not _is_barred(rule, rules)
        ],
        "trust_rules": [text(rule) for rule in admitting if rule["method"] == "trust"],
        "weak_rules": [text(rule) for rule in admitting if rule["is_network"] and rule["method"] in _WEAK],
        "open_rules": [text(rule) for rule in remote if rule["is_any_address"]],
    }


def text(rule: Rule) -> str:
    """Return *rule* as a line of pg_hba.conf, with its number."""
    words = [rule["type"], ",".join(rule["databases"]), ",".join(rule["users"]), rule["address"], rule["method"]]
    return f"line {rule['line']}: {' '.join(word for word in words if word)}"


def _rule(row: Rule) -> Rule:
    address = _address(row["address"], row["netmask"])
    return {
        "line": row["line"],
        "type": row["type"],
        "databases": list(row["databases"] or []),
        "users": list(row["users"] or []),
        "address": address,
        "method": row["method"],
        "is_network": row["type"] in _NETWORK,
        "encrypted_only": row["type"] in _ENCRYPTED,
        "is_loopback": _is_loopback(address),
        "is_any_address": _is_any(address),
    }


def _address(address: str | None, netmask: str | None) -> str | None:
    """Return the address as it is written in the file: with the length of its prefix, or a word such as samenet."""
    if not address or not netmask:
        return address
    try:
        network = ipaddress.ip_network(f"{address}/{_prefix(netmask)}", strict=False)
    except ValueError:
        return f"{address} {netmask}"
    return str(network)


def _prefix(netmask: str) -> int:
    return bin(int(ipaddress.ip_address(netmask))).count("1")


def _network(address: str | None) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(address or "", strict=False)
    except ValueError:
        return None


def _is_loopback(address: str | None) -> bool:
    """Tell whether *address* admits this machine only."""
    network = _network(address)
    return address == "samehost" or (network is not None and network.prefixlen > 0 and network.is_loopback)


def _is_any(address: str | None) -> bool:
    network = _network(address)
    return address == "all" or (network is not None and network.prefixlen == 0)


def _is_barred(rule: Rule, rules: t.Sequence[Rule]) -> bool:
    """Tell whether an earlier rule rejects every plaintext connection, so that *rule* never sees one."""
    if "replication" in rule["databases"]:
        return False  # "all" does not mean replication
    return any(
        earlier["method"] == "reject"
        and earlier["type"] in ("host", "hostnossl")
        and "all" in earlier["databases"]
        and "all" in earlier["users"]
        and _covers(earlier["address"], rule["address"])
        for earlier in rules[: rules.index(rule)]
    )


def _covers(wide: str | None, narrow: str | None) -> bool:
    if wide == "all":
        return True
    outer, inner = _network(wide), _network(narrow)
    return outer is not None and inner is not None and outer.version == inner.version and inner.subnet_of(outer)  # type: ignore[arg-type]
