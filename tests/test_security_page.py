"""SECURITY.md promises nothing without a test: every file that it names is there, and every row names one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .bad_files import PROFILES
from .checks.http.test_unpacking import GOOD, REFUSED
from .checks.http.test_without_end import ENDLESS
from .checks.test_visible import EVERY, outputs
from .cli.test_full_read_ends import MOMENTS as READ_MOMENTS
from .cli.test_proxies import UNUSABLE, VARIABLES
from .cli.test_signals import MOMENTS as CTRL_C
from .fuzz.mutations import MUTATIONS
from .fuzz.test_seeded_runs import RUNS, TESTS
from .hostile_bodies import MAKERS
from .hostile_collections import PAGES
from .hostile_results import PLACES, PLAIN
from .hostile_texts import CONTROLS
from .secret_forms import FORMS, PAIRED
from .test_browser import LOADING, PAYLOADS
from .test_canaries_carriers import PAIRS, WHOLE
from .test_patterns import every_pattern
from .tui.test_keyring_half import ACTS
from .tui.test_killed_writers import ALLOWED, KILLS, MOMENTS
from .tui.test_wizard_files import LAST_RUNS
from .tui.test_wizard_logs import LOGS, PASTED, TYPED

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


@pytest.mark.parametrize(
    "words",
    [
        f"{TESTS * RUNS:,}, with more than",
        f"of {len(MUTATIONS)} kinds of mutation",
        f"| {len(every_pattern())}, with more than 13,000 texts",
        f"| {len(FORMS)}, and {len(PAIRS)} pairs",
        f"| {2 * (len(WHOLE) + len(PAIRED))}; found in what came out",
        f"| {len(MAKERS)} bodies, {len(GOOD) + len(REFUSED)} content codings",
        f"| {len(ENDLESS)}; the latest request",
        f"| {len(CONTROLS) * len(PLACES) * len(outputs(PLAIN)):,}: {len(CONTROLS)} characters, {len(PLACES)} fields",
        f"| {len(EVERY)} in Markdown; {len(PAYLOADS) + len(LOADING)} in HTML",
        f"| {MOMENTS * len(ALLOWED) + KILLS}; lost",
        # One more has no access.
        f"| {len(PROFILES) + 1} profiles, {len(LAST_RUNS)} results",
        f"| {2 * CTRL_C}, and",
        f"| {READ_MOMENTS} each |",
        f"| {len(PAGES)}, in both versions",
        f"| {len(UNUSABLE) * len(VARIABLES)} and ",
        f"every change of {len(ACTS)} actions",
        f"| {len(LOGS)} and {len(TYPED) + len(PASTED) + 1}; found in a log",
    ],
)
def test_the_figures_are_those_of_the_tests(words: str) -> None:
    assert words in PAGE
