"""No report of a move says anything personal: neither a name, nor an email address, nor a whole id that may be one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from oneroster_checks.moving.migrating import migrate
from oneroster_checks.report import message_to_district
from oneroster_checks.report.moved import move_html, move_json, move_text
from oneroster_practice import PracticePair, Problem, problems
from oneroster_practice.people import FAMILY_NAMES, GIVEN_NAMES, MAIL_DOMAIN

from .odd_front import OddFront, Oddity, Record
from .pairs import compared, side

EVERY = [problem for problem in problems() if problem.pair]
PERSONAL = (*GIVEN_NAMES, *FAMILY_NAMES, MAIL_DOMAIN)


def told(texts: list[str], words: tuple[str, ...]) -> list[str]:
    """The words that some text holds, in any case."""
    lowered = "\n".join(texts).lower()
    return [word for word in words if word.lower() in lowered]


@pytest.mark.parametrize("problem", EVERY, ids=lambda problem: problem.code)
async def test_no_report_names_a_person(problem: Problem) -> None:
    with PracticePair(problem.code) as pair:
        moved = await compared(pair)
        secrets = [each.credentials.client_secret.reveal() for each in (pair.old, pair.new)]
    texts = [
        move_text(moved, everything=True), move_json([moved]), move_html(moved),
        message_to_district(moved.result).text, repr(moved),
    ]  # fmt: skip
    assert told(texts, PERSONAL) == []
    assert told(texts, tuple(secrets)) == []


def named(row: Record) -> Record:
    """A user whose sourcedId is the username, with the family name in it."""
    if "username" not in row:
        return row
    return {**row, "sourcedId": row["username"], "metadata": {"ic.legacySourcedId": f"was-{row['username']}"}}


async def test_ids_that_are_names_are_not_shown() -> None:
    with PracticePair() as pair:
        old, new = side(pair.old), side(pair.new)
        async with OddFront(new.connection, Oddity(record=named)) as after:
            moved = await migrate(old, replace(new, connection=after.connection))
    texts = [move_text(moved, everything=True), move_json([moved]), move_html(moved)]
    assert moved.result.verdict.cause is not None
    assert told(texts, PERSONAL) == []
