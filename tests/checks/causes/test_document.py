"""The page of causes is made from the catalogue, and is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from oneroster_checks.causes import cause, codes, sections
from oneroster_checks.causes.conditions import CONDITIONS
from oneroster_checks.causes.explanation import UNCHECKED, document, explain, listing
from oneroster_checks.causes.steps import SCREEN
from oneroster_checks.errors import CannotRun, UnknownCause, UnknownProvider
from oneroster_checks.providers import providers

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "causes.md"


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
    """Which those are is read from the code of the checks, traces and commands, where a cause is named, and from
    CannotRun, which names those of a run that never begins."""
    engine = "checks/oneroster_checks"
    inner = ("stages", "diagnosis", "moving", "tracing")
    rooms = (*(f"{engine}/{each}" for each in inner), "tui/oneroster_wizard")
    code = "".join(path.read_text() for room in rooms for path in (ROOT / room).rglob("*.py"))
    code += "".join(f'"{each}"' for each in CannotRun)
    named = {each for each in codes() if f'"{each}"' in code}
    assert {each for each in codes() if cause(each).checked} == named
    for each in codes():
        assert (UNCHECKED in explain(each, "generic")) is (each not in named)
    assert document().count(UNCHECKED) == len(set(codes()) - named)
    listed = {
        line.split()[0] for line in listing().splitlines() if line.endswith("(no check looks for it yet)")
    }
    assert listed == set(codes()) - named


def test_a_step_that_depends_on_a_fact_says_when() -> None:
    used = set[str]()
    for code in codes():
        entry = cause(code)
        for step in (step for steps in (entry.fix, *entry.fix_for.values()) for step in steps):
            # A step with a text of its own for this says when in it.
            for sign, fact in re.findall(r"\[\[([?-])([a-z_]+)\|", "" if step.general else step.text):
                used.add(fact)
                words = CONDITIONS[fact][sign == "-"]
                # Else it says so itself.
                assert words or f"[[{sign}{fact}|If " in step.text, (code, step.text)
                assert words in document()
    assert used == set(CONDITIONS)


def test_no_step_of_an_explanation_is_there_twice() -> None:
    for code in codes():
        for provider in providers():
            steps = explain(code, provider.id).partition("What to do:")[2].splitlines()
            texts = [line.partition(". ")[2] for line in steps if line.startswith("  ")]
            assert len(set(texts)) == len(texts), (code, provider.id)


def test_a_condition_stands_before_its_step() -> None:
    text = explain("token.unauthorized-client", "generic")
    assert "1. District: If the server says that the grant is not allowed, allow the connection" in text
    assert "3. District: If the server says nothing about the grant, allow the connection" in text


def test_the_sections_of_the_page_are_those_of_the_catalogue() -> None:
    headings = [line[3:] for line in document().splitlines() if line.startswith("## ")]
    assert headings == [title for title, _ in sections()]


def test_every_cause_is_listed_once() -> None:
    assert [line.split()[0] for line in listing().splitlines()] == list(codes())


def test_an_unknown_cause_cannot_be_explained() -> None:
    with pytest.raises(UnknownCause):
        explain("token.nonesuch", "generic")


def test_a_cause_cannot_be_explained_for_an_unknown_provider() -> None:
    with pytest.raises(UnknownProvider, match="nonesuch"):
        explain("token.invalid-client", "nonesuch")
