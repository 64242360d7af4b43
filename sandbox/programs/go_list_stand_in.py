# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A stand-in for ``go list -u -m -json all``, for machines without Go: it prints the file that its first argument names."""

from __future__ import annotations

import sys
from pathlib import Path

WORDS = ["list", "-u", "-m", "-json", "all"]

if __name__ == "__main__":
    if sys.argv[2:] != WORDS:
        sys.exit(f"only {' '.join(WORDS)} is printed here")
    sys.stdout.write(Path(sys.argv[1]).read_text(encoding="utf-8"))
