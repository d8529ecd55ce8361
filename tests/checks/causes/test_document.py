"""The page of causes is made from the catalogue, and is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.causes import codes
from oneroster_checks.causes.explanation import document, explain, listing

PAGE = Path(__file__).parents[3] / "docs" / "causes.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == document(), "run `make docs`"


@pytest.mark.parametrize("code", codes())
def test_every_cause_can_be_explained(code: str) -> None:
    text = explain(code, "infinite-campus")
    assert text.startswith(f"{code}: ")
    assert "How it is told: " in text
    assert "\nWhat to do:\n  1. " in text
    assert "\nSource: " in text
    assert "{" not in text
    assert "[[" not in text


def test_every_cause_is_listed_once() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == list(codes())
