# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The shapes of a component and of a sabotage. ``components`` and ``sabotages`` say what is meant by each part."""

from __future__ import annotations

import typing as t
from dataclasses import dataclass

from sandbox._profile import Profile
from sandbox._sandbox import Sandbox

Act = t.Callable[[Sandbox], None]


class Component(t.Protocol):
    """The shape of a component's module."""

    @property
    def NAME(self) -> str: ...  # pylint: disable=invalid-name
    @property
    def NEEDS(self) -> t.Sequence[str]: ...  # pylint: disable=invalid-name
    @property
    def PROFILES(self) -> t.Sequence[Profile]: ...  # pylint: disable=invalid-name
    @property
    def PORTS(self) -> t.Mapping[str, int]: ...  # pylint: disable=invalid-name
    @property
    def start(self) -> Act: ...
    @property
    def stop(self) -> Act: ...
    @property
    def is_up(self) -> t.Callable[[Sandbox], bool]: ...
    @property
    def targets(self) -> t.Callable[[Sandbox], dict[str, t.Any]]: ...


@dataclass(frozen=True)
class Sabotage:
    """One way to break the sandbox.

    *parts* is what of the component is changed, where that is no more than parts of it: files, settings, tables, switches. ``a/b``
    is within ``a``, and all is within ``.``: the whole component, but nothing that only needs it. *seen_through* are the components
    by which its items are seen, beside the one that is broken.
    """

    name: str
    component: str
    items: tuple[str, ...]
    says: str
    do: Act
    undo: Act
    becomes: str = "failed"
    profiles: tuple[Profile, ...] = (Profile.HARDENED,)
    parts: tuple[str, ...] = ()
    seen_through: tuple[str, ...] = ()
