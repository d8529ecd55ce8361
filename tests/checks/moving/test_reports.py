"""The reports of a move: they fit in a terminal, say the verdict, and have every number."""

from __future__ import annotations

import json

import pytest

from oneroster_checks.report import Letterhead, message_to_district
from oneroster_checks.report.moved import move_html, move_json, move_text, table_row

from .pairs import comparison

WIDTHS = (72, 80, 120)


@pytest.mark.parametrize(
    "problem", [None, "migrate.users-new", "migrate.class-ids-changed", "migrate.users-lost"]
)
@pytest.mark.parametrize("width", WIDTHS)
async def test_the_text_fits_in_a_terminal_and_ends_with_the_verdict(problem: str | None, width: int) -> None:
    moved = await comparison(problem, size="medium")
    lines = move_text(moved, width=width).splitlines()
    # Addresses stay whole, so that they can be copied.
    assert [line for line in lines if len(line) > width and "http" not in line] == []
    status = moved.result.verdict.status.value.upper()
    assert lines[-1].startswith(f"Verdict: {status}. It is ")
    assert any(line.strip().startswith("Users") and "12,000" in line for line in lines)
    assert lines.count("Findings") == 1


async def test_the_page_has_the_steps_the_numbers_and_the_message() -> None:
    moved = await comparison("migrate.users-lost")
    page = move_html(moved, Letterhead("Elm & Oak", "Acme", "Ann"))
    assert "It is not safe to move yet." in page
    assert "Open Census &gt; People" in page
    assert 'href="mailto:' in page
    assert ">189</td>" in page
    # Nothing in it acts or is loaded.
    assert "default-src &#39;none&#39;" in page
    assert "<script" not in page


async def test_json_says_who_does_what() -> None:
    moved = await comparison("migrate.part-missing")
    (move,) = json.loads(move_json([moved]))["moves"]
    verdict = move["run"]["verdict"]
    assert (move["safe"], verdict["cause"]) == (False, "migrate.part-missing")
    assert verdict["fix"][0].startswith("District: Open")
    assert verdict["problems"][0]["title"] == "Grade Book is not shared with the new connection"
    assert table_row(moved)[2] == "It is not safe to move yet."


async def test_the_message_asks_the_district_for_its_steps_alone() -> None:
    text = message_to_district((await comparison("migrate.school-missing")).result).text
    assert "our new connection" in text
    assert "elect the schools that the old connection has" in text
    assert "the vendor" not in text
