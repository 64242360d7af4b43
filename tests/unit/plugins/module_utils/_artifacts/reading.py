# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Read the files of fixtures/, whole or damaged."""

from __future__ import annotations

import typing as t
from pathlib import Path

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._content import Content
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._formats import read_as
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._reading import Reading
from ansible_collections.cryptofunk.readiness.plugins.module_utils._artifacts._said import Said
from ansible_collections.cryptofunk.readiness.plugins.module_utils._errors import LookError

FIXTURES = Path(__file__).with_name("fixtures")


def data_of(file: str) -> bytes:
    return (FIXTURES / file).read_bytes()


def read(source: str | bytes, format_name: str = "auto", **said: t.Any) -> Reading:
    """Return the reading of a fixture, or of bytes."""
    data = data_of(source) if isinstance(source, str) else source
    return read_as(format_name, Content(data, Said(**said)))[1]


def format_of(file: str) -> str:
    return read_as("auto", Content(data_of(file)))[0]


def refused(source: str | bytes, format_name: str = "auto", **said: t.Any) -> LookError:
    """Return the error by which the source is refused."""
    with pytest.raises(LookError) as caught:
        read(source, format_name, **said)
    return caught.value
