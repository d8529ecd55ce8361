"""Pictures of the wizard from real runs of the practice district; `python -m tests.pictures` writes them."""

from __future__ import annotations

from pathlib import Path

# Where the pictures of the README are, and how large their terminal is.
FOLDER = Path(__file__).parents[2] / "screenshots"
SIZE = (110, 34)
