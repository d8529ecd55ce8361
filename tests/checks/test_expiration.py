"""OneRoster 1.1 credentials of Campus end after a year, whatever the OAuth version; what the checklist says of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oneroster_checks.connection import Connection, OAuthVersion
from oneroster_checks.finding import Status
from oneroster_checks.result import ChecklistItem, Result
from oneroster_practice import PracticeDistrict

from .engine import outcome, secrets

WRONG = secrets("not-the-secret-of-this-district")


async def _run(oauth: OAuthVersion, age: timedelta | None, *, refused: bool, **changes: object) -> Result:
    """A run against a 1.1 district, with credentials of this age, None where nobody knows it."""
    with PracticeDistrict(oauth=oauth, oneroster="1.1") as district:
        created = None if age is None else date.today() - age
        connection: Connection = district.connection.but(created=created, **changes)
        return await outcome(connection, WRONG if refused else district.credentials)


def _row(result: Result) -> ChecklistItem:
    return next(item for item in result.checklist if item.item == "credentials-current")


@pytest.mark.parametrize("oauth", [1, 2])
@pytest.mark.parametrize(
    ("days", "refused", "status", "words"),
    [
        (100, True, Status.PASS, "The credentials expire on "),
        (None, True, Status.ASK, "the creation date is not entered"),
        (100, False, Status.PASS, "The credentials expire on "),
        (None, False, Status.PASS, ""),
        (350, False, Status.WARN, ""),
        (400, False, Status.PASS, "the district has renewed them"),
    ],
)
async def test_the_row_says_what_is_known(
    oauth: OAuthVersion, days: int | None, refused: bool, status: Status, words: str
) -> None:
    row = _row(await _run(oauth, None if days is None else timedelta(days=days), refused=refused))
    assert row.status is status
    assert words in row.note
    if status in (Status.ASK, Status.WARN):
        assert row.note or row.fix


async def test_an_old_signature_that_is_refused_has_expired() -> None:
    result = await _run(1, timedelta(days=400), refused=True)
    assert result.verdict.cause == "oauth1.expired"
    row = _row(result)
    assert row.status is Status.FAIL
    assert any("Renew" in step.text for step in row.fix)


async def test_an_old_key_that_is_refused_by_the_token_url_may_have_expired() -> None:
    result = await _run(2, timedelta(days=400), refused=True)
    assert result.verdict.cause == "token.invalid-client"
    # A refused key may be wrong as well as old: the district is asked, and Renew is among the steps.
    assert _row(result).status is Status.ASK
    assert "more than a year ago" in _row(result).note
    assert any("Renew" in step.text for step in result.verdict.fix)


async def test_with_1_2_nothing_is_said_of_expiration() -> None:
    with PracticeDistrict("token.invalid-client") as district:
        result = await outcome(district.connection, district.credentials)
    assert result.verdict.cause == "token.invalid-client"
    assert all(item.item != "credentials-current" for item in result.checklist)
    assert not any("Renew" in step.text for step in result.verdict.fix)
