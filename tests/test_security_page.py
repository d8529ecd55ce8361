"""SECURITY.md promises nothing without a test: every file that it names is there, and every row names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .fuzz.mutations import MUTATIONS
from .fuzz.test_seeded_runs import RUNS, TESTS
from .secret_forms import FORMS

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w./]+)`", PAGE)))
ROWS = [
    line for line in PAGE.splitlines() if line.startswith("| ") and not line.endswith(("| test |", "| how |"))
]


def test_the_page_names_tests() -> None:
    assert len(NAMED) > 25
    assert len(ROWS) > 25


@pytest.mark.parametrize("name", NAMED)
def test_every_file_that_is_named_exists(name: str) -> None:
    assert (ROOT / name).is_file()


@pytest.mark.parametrize("row", ROWS)
def test_every_row_names_how_it_is_shown(row: str) -> None:
    assert re.search(r"`(?:tests/|make )[^`]+` \|$", row), row


def test_the_figures_are_those_of_the_tests() -> None:
    assert f"{TESTS * RUNS:,}, with more than" in PAGE
    assert f"of {len(MUTATIONS)} kinds of mutation" in PAGE
    assert f"| forms of a secret that are hidden | {len(FORMS)} |" in PAGE
