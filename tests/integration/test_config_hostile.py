# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Configurations that cannot be read, or that lead elsewhere: none of them passes, and none costs more than its budget."""

from __future__ import annotations

import os
import typing as t
from pathlib import Path

import pytest

from ._release import CONFIG, edit, look, make, outcomes


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    return make(tmp_path / "checkout")


BOMB = "a0: &a0 [1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
HOSTILE: dict[str, t.Callable[[Path], object]] = {
    "missing": Path.unlink,
    "not YAML": lambda file: file.write_text("app: [\n"),
    "empty": lambda file: file.write_text(""),
    "a list": lambda file: file.write_text("- app\n"),
    "a repeated key": lambda file: file.write_text(CONFIG + "app:\n  environment: production\n"),
    "a bomb": lambda file: file.write_text(CONFIG + BOMB),
    "an alias of itself": lambda file: file.write_text(CONFIG + "x: &x [*x]\n"),
    "deep": lambda file: file.write_text(CONFIG + "x: " + "[" * 900 + "]" * 900),
    "not UTF-8": lambda file: file.write_bytes(b"app: \xff\xfe\n"),
    "20 MB": lambda file: file.write_text(CONFIG + "# more\n" * 3_000_000),
    "a pipe": lambda file: (file.unlink(), os.mkfifo(file)),
    "a loop of links": lambda file: (file.unlink(), file.symlink_to(file.name)),
    "a folder": lambda file: (file.unlink(), file.mkdir()),
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_configuration_that_cannot_be_read_never_passes(checkout: Path, spoil: t.Callable[[Path], object]) -> None:
    spoil(checkout / "configs/config.yaml")

    assert {"3.1.1", "3.1.2", "3.1.4", "3.1.5", "3.2.2", "3.2.3", "3.2.4"} <= set(outcomes(look(checkout)))


def test_a_key_in_two_cases_is_unknown(checkout: Path) -> None:
    edit(checkout, "exchanges:", "Risk: {}\nexchanges:")

    assert outcomes(look(checkout)) == dict.fromkeys(("3.2.2", "3.2.3", "3.2.4", "3.2.5", "3.2.7", "3.3.5"), "error")


def test_a_link_out_of_the_checkout_is_refused(checkout: Path) -> None:
    (checkout / "configs/config.yaml").rename(checkout.parent / "config.yaml")
    (checkout / "configs/config.yaml").symlink_to(checkout.parent / "config.yaml")

    subject = look(checkout)

    assert subject["unseen"]["environment"]["message"] == "configs/config.yaml leads out of the checkout"
    assert outcomes(subject)["3.1.1"] == "error"
