"""What ends on a known day, who is warned of it when, and where it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from oneroster_checks.changes.endings import endings, forewarnings
from oneroster_checks.changes.model import Ending, EndingKind, Observed
from oneroster_checks.connection import Connection
from oneroster_checks.finding import Finding, Stage, Status
from oneroster_checks.report import district_message, render, ticket
from oneroster_checks.result import ReportedFinding
from oneroster_practice import PracticeDistrict

from ..engine import outcome
from .weeks import healthy

TODAY = date(2026, 11, 14)
YEARLY = Connection(base_url="https://sis.elm.example/api", oauth=1, oneroster="1.1")


def _ends(kind: EndingKind, days: int, *findings: Finding) -> tuple[Ending, ...]:
    """What ends where one thing ends in so many days."""
    day = TODAY + timedelta(days=days)
    connection = (
        YEARLY.but(created=day.replace(year=day.year - 1)) if kind is EndingKind.CREDENTIALS else YEARLY
    )
    seen = {EndingKind.CERTIFICATE: Observed(day), EndingKind.YEAR: Observed(year_ends=day)}
    return endings(connection, seen.get(kind, Observed()), findings, TODAY)


@pytest.mark.parametrize(
    ("kind", "days"), [(EndingKind.CREDENTIALS, 60), (EndingKind.CERTIFICATE, 21), (EndingKind.YEAR, 30)]
)
def test_it_is_soon_from_this_day_on(kind: EndingKind, days: int) -> None:
    for left, soon in ((days + 1, False), (days, True), (1, True), (0, True)):
        (ending,) = _ends(kind, left)
        assert (ending.kind, ending.days, ending.soon) == (kind, left, soon)


def test_each_says_when_it_is_and_who_acts() -> None:
    said = [_ends(kind, 12)[0].summary for kind in EndingKind]
    assert said == [
        "The credentials expire on November 26, 2026 (in 12 days), unless the district renews them before then.",
        "The certificate of sis.elm.example expires on November 26, 2026 (in 12 days), unless the district has it "
        "renewed.",
        "The current school year or term ends on November 26, 2026 (in 12 days); after that, the district has to make "
        "the next one active.",
    ]
    assert "(tomorrow)" in _ends(EndingKind.YEAR, 1)[0].summary
    assert "(today)" in _ends(EndingKind.YEAR, 0)[0].summary
    assert "ended on November 13, 2026 (yesterday)" in _ends(EndingKind.YEAR, -1)[0].summary


def test_credentials_that_do_not_end_have_no_end() -> None:
    assert endings(YEARLY.but(created=TODAY, oneroster="1.2", oauth=2), Observed(), (), TODAY) == ()
    assert endings(YEARLY.but(created=TODAY, provider="generic"), Observed(), (), TODAY) == ()
    assert endings(YEARLY, Observed(), (), TODAY) == ()


def test_what_is_over_is_there_only_where_no_finding_says_so() -> None:
    told = Finding("year.active", "Year", Stage.SHARING, Status.WARN, "year.not-active")
    assert _ends(EndingKind.YEAR, -3, told) == ()
    assert _ends(EndingKind.YEAR, -3)[0].soon
    works = Finding("oauth1.age", "Age", Stage.ACCESS, Status.PASS)
    unknown = replace(works, status=Status.SKIP)
    # A district has renewed what still works, on a day that nobody here knows.
    assert _ends(EndingKind.CREDENTIALS, -3, works) == ()
    assert _ends(EndingKind.CREDENTIALS, -3, unknown)[0].days == -3


async def test_a_warning_that_tells_of_it_is_not_doubled() -> None:
    for age, warned, told in ((320, 0, 1), (340, 1, 0)):
        with PracticeDistrict(oauth=1) as district:
            created = date.today() - timedelta(days=age)
            result = await outcome(district.connection.but(created=created), district.credentials)
        causes = [each.finding.cause for each in result.findings]
        assert causes.count("oauth1.expires-soon") == warned
        (ending,) = [each for each in result.endings if each.kind is EndingKind.CREDENTIALS]
        assert ending.soon
        assert len([each for each in forewarnings(result) if each is ending]) == told
        assert " ".join(render([result], "text").split()).count(ending.summary) == told


def test_every_report_tells_what_ends_soon() -> None:
    soon = Ending(EndingKind.CERTIFICATE, TODAY, 12, True, "The certificate ends on a day.")
    late = Ending(EndingKind.YEAR, TODAY, 200, False, "The year ends later.")
    result = replace(healthy(), endings=(soon, late))
    for text in (
        render([result], "text"),
        ticket(result),
        render([result], "markdown"),
        render([result], "html"),
    ):
        assert soon.summary in text
        assert late.summary not in text
    shown = render([result], "json")
    assert soon.summary in shown
    assert (
        '"kind": "year",\n          "ends": "2026-11-14",\n          "days": 200,\n          "soon": false'
        in shown
    )


def test_the_district_is_told_what_to_do_only_when_it_is_soon() -> None:
    later = replace(healthy(), endings=_ends(EndingKind.CERTIFICATE, 22))
    assert "There is nothing for you to do." in district_message(later)
    result = replace(healthy(), endings=_ends(EndingKind.CERTIFICATE, 12))
    message = district_message(result)
    assert "nothing for you to do" not in message
    assert "Please note:\n- The certificate of 127.0.0.1 expires on November 26, 2026. Please have" in message


async def test_beside_what_has_to_be_fixed_it_is_a_note() -> None:
    with PracticeDistrict("gradebook.not-enabled") as district:
        broken = await outcome(district.connection, district.credentials)
    message = district_message(replace(broken, endings=_ends(EndingKind.YEAR, 12)))
    assert (
        "Please also note:\n- The current school year or term ends on November 26, 2026. Please make"
        in message
    )
    finding = replace(broken.findings[0].finding, status=Status.WARN, cause="year.not-active")
    told = replace(broken, findings=(*broken.findings, ReportedFinding(finding, "Told.")))
    assert "Please also note" not in district_message(replace(told, endings=_ends(EndingKind.YEAR, 12)))
