"""Runs pip-audit of this environment on constraints.txt, exactly as it stands there; nothing of it is installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from .report import read

_FILE = Path("constraints.txt")
_LONGEST_S = 600


def main() -> int:
    """0 where every package was looked up and none is known to be weak, 1 for a weak one, 2 where nobody could tell."""
    ended = subprocess.run(
        [sys.executable, "-m", "pip_audit", "--requirement", _FILE, "--no-deps", "--disable-pip", "--format", "json",
         "--progress-spinner", "off"],
        capture_output=True, text=True, check=False, timeout=_LONGEST_S,
    )  # fmt: skip
    found = read(ended.stdout)
    print(found)
    said = ended.stderr.strip().splitlines()
    if not found.audited and not found.skipped and said:
        print(f"pip-audit ended with: {said[-1]}")
    return found.exit_code


if __name__ == "__main__":
    sys.exit(main())
