"""What the district shares: nothing, no roster, a part of it, and whether a school year is running."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ...servers import html_reply, json_reply
from .district import District, data_says, with_document
from .records import Data, Edit, Record, each, holding, many, nothing_in, sessions_from
from .replies import bare, error_1_1, error_1_2, one_space, problem_json
from .row import VENDOR_PAIR, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import AERIES, CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1, V11, V12

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
EVERYTHING = ("orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics")
PEOPLE = ("students", "teachers", "users", "classes", "enrollments")
ROSTER = ("users", "classes", "enrollments")
as_null = with_document(lambda document: dict.fromkeys(document))
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
RESOURCES = Typed(share=("rostering", "resources"))
ASSESSMENTS = Typed(share=("rostering", "assessments"), vendor=VENDOR_PAIR)
GRADES = Typed(share=("rostering", "gradebook"), vendor=VENDOR_PAIR)

NOTHING = (
    Row("an empty list everywhere", campus.where(nothing_in(*EVERYTHING)), fails("sharing.nothing")),
    Row("null everywhere", older.where(nothing_in(*EVERYTHING), data_says(as_null)), fails("sharing.nothing")),
    Row("204 everywhere", generic.where(data_says(bare(204))), fails("sharing.nothing")),
    Row("an empty list everywhere, without headers", older.where(nothing_in(*EVERYTHING), total="none", link="none"),
        fails("sharing.nothing")),
)  # fmt: skip

ROSTERING = (
    Row("orgs, and everything else is 403 in the standard's form", campus.where(data_says(error_1_2(403, "forbidden"),
        *PEOPLE)), fails("sharing.rostering-off")),
    Row("orgs, and everything else is a 404 of one space", older.where(data_says(one_space(404), *PEOPLE)),
        fails("sharing.rostering-off")),
    Row("orgs, and everything else is a 401 web page", generic.where(data_says(html_reply(401, "Unauthorized"),
        *PEOPLE)), fails("sharing.rostering-off")),
    Row("orgs, and everything else is empty", generic.where(nothing_in(*ROSTER)), fails("sharing.rostering-off")),
    Row("orgs, and everything else is null", older.where(nothing_in(*ROSTER), data_says(as_null, *PEOPLE)),
        fails("sharing.rostering-off")),
    Row("orgs, and everything else is forbidden inside a 200", older.where(data_says(error_1_1(200, "forbidden"),
        *PEOPLE)), fails("sharing.rostering-off")),
    Row("classes are refused, people are there", generic.where(data_says(problem_json(403, "no"), "classes",
        "enrollments")), fails("sharing.rostering-off")),
    Row("people, and not one class", generic.where(nothing_in("classes", "enrollments")),
        fails("sharing.rostering-off")),
    Row("people, enrollments, and not one class", older.where(nothing_in("classes")), fails("sharing.rostering-off")),
    Row("no people, half refused and half empty", generic.where(nothing_in(*ROSTER), data_says(bare(403), "students",
        "teachers")), fails("sharing.rostering-off")),
)  # fmt: skip

PARTS = (
    Row("demographics: 403 in the standard's form", campus.where(data_says(error_1_2(403, "forbidden"),
        "demographics")), fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("demographics: a 404 of one space", older.where(data_says(one_space(404), "demographics")),
        fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("demographics: an empty list", generic.where(nothing_in("demographics")), fails("sharing.demographics-off"),
        DEMOGRAPHICS),
    Row("demographics: a 401 web page", older.where(data_says(html_reply(401, "no"), "demographics")),
        fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("demographics: unsupported inside a 200", generic.where(data_says(error_1_2(200, "unsupported",
        major="unsupported"), "demographics")), fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("resources: 403 without a body", older.where(data_says(bare(403), "resources")),
        warns("sharing.resources-off"), RESOURCES),
    Row("resources: 404 as a web page", generic.where(data_says(html_reply(404, "Not Found"), "resources")),
        warns("sharing.resources-off"), RESOURCES),
    Row("resources: an empty list", older.where(nothing_in("resources")), warns("sharing.resources-off"), RESOURCES),
    Row("assessments: 403", campus.where(data_says(error_1_2(403, "forbidden"), "assessmentLineItems")),
        fails("sharing.assessments-off"), ASSESSMENTS),
    Row("assessments: a 404 of one space", campus.where(data_says(one_space(404), "assessmentLineItems")),
        fails("sharing.assessments-off"), ASSESSMENTS),
    Row("assessments: none at all", campus.where(nothing_in("assessmentLineItems")), warns("sharing.assessments-off"),
        ASSESSMENTS),
    Row("grade book: empty lists", campus.where(nothing_in("categories", "lineItems", "results")),
        warns("sharing.gradebook-off"), GRADES),
    Row("grade book: null lists", District(CAMPUS_1_1).where(nothing_in("categories", "lineItems", "results"),
        data_says(as_null, "categories", "lineItems", "results")), warns("sharing.gradebook-off"), GRADES),
)  # fmt: skip

ROSTER_ONLY_1_1, ROSTER_ONLY_1_2 = f"{V11}roster.readonly", f"{V12}roster.readonly"

SCOPES = (
    Row("demographics: 403, and the token's scope is the roster's", generic.where(data_says(error_1_2(403,
        "forbidden"), "demographics"), grants=ROSTER_ONLY_1_2), fails("sharing.scope-missing"), DEMOGRAPHICS),
    Row("grade book: 403 as a web page, and the token's scope is the roster's", older.where(data_says(html_reply(403,
        "no"), "categories", "lineItems", "results"), grants=ROSTER_ONLY_1_1), fails("sharing.scope-missing"),
        GRADES),
    Row("the whole roster: 403, and the token's scope is the grade book's", older.where(
        data_says(bare(403)), grants=f"{V11}gradebook.readonly"), fails("sharing.scope-missing")),
    Row("assessments: 403, and the token's scope is the roster's", generic.where(data_says(problem_json(403, "no"),
        "assessmentLineItems"), grants=ROSTER_ONLY_1_2), fails("sharing.scope-missing"), Typed(share=("rostering",
        "assessments"))),
    Row("Aeries: enrollments are refused with the core of the roster alone",
        District(AERIES).where(data_says(error_1_1(403, "forbidden"), "enrollments")), fails("sharing.scope-missing"),
        Typed(scope=f"{V11}roster-core.readonly")),
)  # fmt: skip

YEAR = (
    Row("every session has ended, and nobody is shared", campus.where(sessions_from(-400, -60), nothing_in(*ROSTER)),
        fails("year.not-active")),
    Row("every session is to come, and nobody is shared", older.where(sessions_from(40, 300), nothing_in(*ROSTER)),
        fails("year.not-active")),
    Row("every session has ended, and people are there", generic.where(sessions_from(-300, -20)),
        warns("year.not-active")),
    Row("the next year has not begun, and people are there", older.where(sessions_from(14, 300)),
        warns("year.not-active")),
    Row("classes, and no session at all", generic.where(nothing_in("academicSessions")), fails("year.no-terms")),
    Row("classes, and null for the sessions", older.where(nothing_in("academicSessions"), data_says(as_null,
        "academicSessions")), fails("year.no-terms")),
    Row("classes, and 204 for the sessions", generic.where(data_says(bare(204), "academicSessions")),
        fails("year.no-terms")),
)  # fmt: skip


def students_only(row: Record) -> bool:
    """Whether this enrollment is a student's."""
    return row["role"] == "student"


def enrolled(wanted: Callable[[Record], bool], number: int = 0) -> Edit:
    """Only these enrollments are there, copied up to a number."""

    def edit(data: Data) -> None:
        data["enrollments"] = [row for row in data["enrollments"] if wanted(row)]
        if number:
            many("enrollments", number)(data)

    return edit


def students_first(data: Data) -> None:
    """Enrollments of students come first, and the teachers' are on the last of many pages."""
    many("enrollments", 1400)(data)
    data["enrollments"].sort(key=lambda row: str(row["role"]))


NOBODY = (
    Row("people and classes, and nobody is enrolled", campus.where(nothing_in("enrollments")),
        fails("sharing.enrollments-empty")),
    Row("people and classes, and null for the enrollments", older.where(nothing_in("enrollments"), data_says(as_null,
        "enrollments")), fails("sharing.enrollments-empty")),
    Row("people and classes, and 204 for the enrollments", generic.where(data_says(bare(204), "enrollments")),
        fails("sharing.enrollments-empty")),
    Row("many people and classes, without totals, and nobody is enrolled", generic.where(nothing_in("enrollments"),
        many("users", 3000), many("classes", 500), total="none", link="none"), fails("sharing.enrollments-empty")),
    Row("every enrollment is deleted", older.where(each("enrollments", holding(status="tobedeleted"))),
        fails("sharing.enrollments-empty")),
    Row("students are enrolled, and not one teacher", campus.where(enrolled(students_only)),
        fails("sharing.enrollments-empty")),
    Row("teachers are enrolled, and not one student", older.where(enrolled(lambda row: not students_only(row))),
        fails("sharing.enrollments-empty")),
    Row("students only, without totals", generic.where(enrolled(students_only), total="none", link="none"),
        fails("sharing.enrollments-empty")),
    Row("students only, on many pages", generic.where(enrolled(students_only, 900)),
        fails("sharing.enrollments-empty")),
    Row("students only, on many pages, 1.1", older.where(enrolled(students_only, 900)),
        fails("sharing.enrollments-empty")),
    Row("students only on many pages, and the filter is ignored: not certain", generic.where(enrolled(students_only,
        900), filter="ignored"), fails("query.filter-ignored")),
    Row("students only on many pages, and every filter is empty: not certain", generic.where(enrolled(students_only,
        900), filter="empty"), healthy()),
    Row("students only on many pages, and the filter is refused: not certain", older.where(enrolled(students_only,
        900), filter="refused"), healthy()),
    Row("teachers are on the last pages", generic.where(students_first), passes()),
    Row("teachers are on the last pages, 1.1", older.where(students_first), passes()),
    Row("teachers are on the last pages, without totals", generic.where(students_first, total="none", link="none"),
        healthy()),
    Row("teachers are on the last pages, and the filter is refused", generic.where(students_first, filter="refused"),
        healthy()),
)  # fmt: skip

BROKEN_PARTS = (
    Row("students: JSON without a list", generic.where(data_says(json_reply(200, {"count": 0}), "students")),
        fails("payload.not-oneroster")),
    Row("enrollments: a string where the list belongs", older.where(data_says(json_reply(200, {"enrollments": "none"}),
        "enrollments")), fails("payload.not-oneroster")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*NOTHING, *ROSTERING, *NOBODY, *PARTS, *SCOPES, *YEAR, *BROKEN_PARTS], ids=ids
)
async def test_sharing(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
