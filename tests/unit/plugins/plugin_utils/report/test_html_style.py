# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import re

import pytest

from ansible_collections.cryptofunk.readiness.plugins.plugin_utils.report._html_style import STYLE


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("colour", ["ink", "soft", "link", "failed", "error", "pending", "passed", "quiet"])
@pytest.mark.parametrize("ground", ["page", "shade"])
def test_text_has_enough_contrast(scheme: str, colour: str, ground: str) -> None:
    light, dark = re.findall(r":root \{(.*?)\}", STYLE.split("@media print", maxsplit=1)[0], re.DOTALL)
    colours = dict(re.findall(r"--(\w+): (#\w+);", dark if scheme == "dark" else light))
    lighter, darker = sorted((_luminance(colours[colour]), _luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5  # WCAG 2.1, level AA


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
