# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
name: about
short_description: Keep what a look saw of one thing
version_added: 0.1.0
author:
  - cryptofunk.readiness authors (@cryptofunk)
description:
  - One look can serve many items. This filter keeps the subjects with one name, so that an item is judged by what it is about.
  - A subject without a name stands for a look that failed as a whole. It is always kept, and so is a look that did not take place.
positional: name
options:
  _input:
    description:
      - The registered result of a probe whose subjects have a C(name).
    type: dict
    required: true
  name:
    description:
      - The name.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Judge the README
  cryptofunk.readiness.assess:
    topic: documentation.user_docs
    of: readme
    observed: "{{ documents | cryptofunk.readiness.about('readme') }}"
"""

RETURN = r"""
_value:
  description: The result with fewer subjects in its observation.
  type: dict
"""

import typing as t
from collections.abc import Mapping

from ansible.errors import AnsibleFilterError


def about(result: t.Any, name: str) -> dict[str, t.Any]:
    """Return *result* with those subjects alone that are called *name*."""
    if not isinstance(result, Mapping):
        raise AnsibleFilterError("about needs the registered result of a probe")
    subjects = result.get("observation")
    if not isinstance(subjects, list):
        return dict(result)
    return {**result, "observation": [one for one in subjects if _is_about(one, name)]}


def _is_about(subject: Mapping[str, t.Any], name: str) -> bool:
    if "name" not in subject:
        return bool(subject.get("error"))
    return bool(subject["name"] == name)


class FilterModule:
    """The filter of this file."""

    def filters(self) -> dict[str, t.Callable[..., t.Any]]:
        return {"about": about}
