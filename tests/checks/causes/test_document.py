"""The page of causes is made from the catalogue, and is up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.causes import cause, codes, sections
from oneroster_checks.causes.explanation import UNCHECKED, document, explain, listing
from oneroster_checks.causes.steps import SCREEN
from oneroster_checks.errors import UnknownCause
from oneroster_checks.providers import providers

PAGE = Path(__file__).parents[3] / "docs" / "causes.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == document(), "run `make docs`"


@pytest.mark.parametrize("code", codes())
def test_every_cause_can_be_explained(code: str) -> None:
    text = explain(code, "infinite-campus")
    assert text.startswith(f"{code}: ")
    assert "How it is recognized: " in text
    assert "\nWhat to do:\n  1. " in text
    assert text.endswith(f"\nSource: {cause(code).source}.")
    assert "{" not in text
    assert "[[" not in text


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("provider", [entry.id for entry in providers()])
def test_the_click_path_is_given_once(code: str, provider: str) -> None:
    assert explain(code, provider).count(SCREEN.removeprefix("Open ")) <= 1


def test_a_cause_that_no_check_names_says_so() -> None:
    def is_checked(code: str) -> bool:
        return code != "data.org-cycle"

    assert UNCHECKED in explain("data.org-cycle", "generic", is_checked)
    assert UNCHECKED not in explain("data.org-cycle", "generic")
    assert UNCHECKED not in explain("token.invalid-client", "generic", is_checked)
    assert document(is_checked).count(UNCHECKED) == 1
    assert UNCHECKED not in document()


def test_the_sections_of_the_page_are_those_of_the_catalogue() -> None:
    headings = [line[3:] for line in document().splitlines() if line.startswith("## ")]
    assert headings == [title for title, _ in sections()]


def test_every_cause_is_listed_once() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == list(codes())


def test_an_unknown_cause_cannot_be_explained() -> None:
    with pytest.raises(UnknownCause):
        explain("token.nonesuch", "generic")
