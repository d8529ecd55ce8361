"""Numbers in sentences say what was seen, and steps lead to the screen of what is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from oneroster_checks.finding import Status
from oneroster_checks.labels import Who
from oneroster_checks.result import ReportedFinding, Result
from oneroster_checks.stages.model import Depth

from ...servers import Reply, Request
from ..engine import wrong_facts
from .district import District, data_says
from .records import Data, each, holding, lacking, last_first, many, nobody_who_is, nothing_in, without
from .replies import bare
from .row import AS_GIVEN, VENDOR_PAIR, Expected, Port, Row, Typed, run
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1, V12

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))
UNTOLD = {"total": "none", "link": "none"}


async def result_of(
    district: District, folder: Path, typed: Typed = AS_GIVEN, depth: Depth = Depth.QUICK
) -> Result:
    """The result of a run against a district, of whatever kind."""
    result, _ = await run(Row("a district", district, Expected("healthy"), typed, Port(), depth), folder)
    assert wrong_facts(result) == []
    return result


def found(result: Result, check: str) -> ReportedFinding:
    """What one check found, with its sentence."""
    return next(each for each in result.findings if each.finding.check == check)


async def test_totals_are_exact(tmp_path: Path) -> None:
    result = await result_of(generic.where(many("users", 1100), many("classes", 250)), tmp_path)
    rostering = found(result, "sharing.rostering")
    assert rostering.summary == "The district shares 800 students and teachers and 250 classes."
    assert "lower_bounds" not in rostering.finding.facts
    assert result.counts["classes"] == 250


async def test_without_totals_a_page_far_behind_gives_the_range(tmp_path: Path) -> None:
    result = await result_of(generic.where(many("users", 3300), many("classes", 500), **UNTOLD), tmp_path)
    rostering = found(result, "sharing.rostering")
    facts = rostering.finding.facts
    people, classes = int(str(facts["people"])), int(str(facts["classes"]))
    assert 100 <= classes <= 500 <= int(str(facts["classes_at_most"]))
    assert 900 <= people <= 2400 <= int(str(facts["people_at_most"]))
    assert set(facts["lower_bounds"]) == {"people", "classes"}  # type: ignore[arg-type]
    assert rostering.summary == (
        f"The district shares {people:,} to {facts['people_at_most']:,} students and teachers and "
        f"{classes:,} to {facts['classes_at_most']:,} classes."
    )
    assert not {"students", "classes"} & result.counts.keys()


async def test_what_one_page_holds_without_a_total_is_known_by_a_longer_page(tmp_path: Path) -> None:
    result = await result_of(generic.where(**UNTOLD), tmp_path)
    assert (
        found(result, "sharing.rostering").summary
        == "The district shares 8 students and teachers and 4 classes."
    )
    # No server is known that sends fewer than ten where more are asked for and more exist.
    assert found(result, "sharing.orgs").summary == "The district shares 3 orgs (schools and districts)."
    assert result.counts["students"] == 6


async def test_a_page_that_a_server_cuts_is_no_total(tmp_path: Path) -> None:
    result = await result_of(older.where(many("users", 90), many("classes", 40), cap=20, **UNTOLD), tmp_path)
    summary = found(result, "sharing.rostering").summary
    assert "20 people" not in summary
    assert " to " in summary or "at least" in summary
    assert "classes" not in result.counts


async def test_an_offset_that_is_ignored_gives_no_range(tmp_path: Path) -> None:
    district = generic.where(many("users", 3300), many("classes", 500), offset="ignored", **UNTOLD)
    summary = found(await result_of(district, tmp_path), "sharing.rostering").summary
    assert summary == "The district shares at least 200 students and teachers and at least 100 classes."


async def test_a_share_is_of_those_who_were_compared(tmp_path: Path) -> None:
    def missing(data: Data) -> None:
        many("users", 2000)(data)
        many("enrollments", 2000)(data)
        data["users"] = [user for user in data["users"] if user["sourcedId"] != "student-2"]

    result = await result_of(older.where(missing), tmp_path)
    students = found(result, "accounts.students")
    facts = students.finding.facts
    assert facts["examples"] == ("student-2",)
    assert facts["count"] == 1
    assert facts["of"] == 6
    assert students.summary.startswith("Of 6 enrolled students compared, 1 (17%)")
    assert students.summary.count("student-") == 0


async def test_no_more_than_five_examples_and_none_of_them_personal(tmp_path: Path) -> None:
    result = await result_of(campus_1_1.where(nobody_who_is("student")), tmp_path)
    students = found(result, "accounts.students")
    assert len(students.finding.facts["examples"]) == 5  # type: ignore[arg-type]
    steps = " ".join(step.text for step in students.fix)
    assert "Users" in steps
    assert "student-1" in steps
    assert "No Show" in steps
    assert "schools" in steps


async def test_teachers_are_sought_in_their_district_assignments(tmp_path: Path) -> None:
    result = await result_of(campus_1_1.where(without("teacher-2")), tmp_path)
    steps = " ".join(step.text for step in found(result, "accounts.staff").fix)
    assert "District Assignments" in steps
    assert "teacher-2" in steps


@pytest.mark.parametrize(
    ("typed", "grade_book"),
    [
        (Typed(), True),
        (Typed(share=("rostering", "gradebook"), vendor=VENDOR_PAIR), False),
        (Typed(share=("rostering", "gradebook")), True),
    ],
    ids=["not expected", "returned", "refused"],
)
async def test_guardians_come_with_the_grade_book(typed: Typed, grade_book: bool, tmp_path: Path) -> None:
    result = await result_of(campus_1_1.where(nobody_who_is("guardian")), tmp_path, typed)
    steps = [step.text for step in found(result, "accounts.guardians").fix]
    assert ("Grade Book" in steps[0]) is grade_book
    assert any("Grade Book" in step for step in steps) is grade_book
    assert any("Portal" in step for step in steps)


async def test_guardians_of_1_2_need_no_account(tmp_path: Path) -> None:
    result = await result_of(campus.where(nobody_who_is("guardian")), tmp_path, depth=Depth.FULL)
    agents = found(result, "data.agents")
    assert agents.finding.cause == "accounts.guardians-missing"
    steps = " ".join(step.text for step in agents.fix)
    assert "Portal" in steps
    assert "account" not in steps
    assert "Grade Book" not in steps


@pytest.mark.parametrize(("role", "screen"), [("student", "Staff History"), ("teacher", "Roster")])
async def test_who_is_not_enrolled_is_named(role: str, screen: str, tmp_path: Path) -> None:
    def one_side(data: Data) -> None:
        data["enrollments"] = [row for row in data["enrollments"] if row["role"] == role]

    other = "teacher" if role == "student" else "student"
    result = await result_of(campus.where(one_side), tmp_path)
    assert result.verdict.summary == (
        f"The district shares 8 students and teachers and 4 classes, but not one enrollment of a {other}."
    )
    steps = [step for step in result.verdict.fix if step.who is Who.DISTRICT]
    assert screen in steps[0].text
    assert sum("Section >" in step.text for step in steps) == 1


async def test_nobody_enrolled_leads_to_both_screens(tmp_path: Path) -> None:
    result = await result_of(campus.where(nothing_in("enrollments")), tmp_path)
    assert (
        result.verdict.summary
        == "The district shares 8 students and teachers and 4 classes, but not one enrollment."
    )
    text = " ".join(step.text for step in result.verdict.fix)
    assert "Section > Roster" in text
    assert "Section > Staff History" in text


async def test_a_broken_part_is_named_with_one_that_works(tmp_path: Path) -> None:
    result = await result_of(generic.where(data_says(bare(500), "enrollments")), tmp_path)
    assert result.verdict.summary == "Requests for /enrollments fail (HTTP 500), while /orgs works."
    assert any("/enrollments" in step.text and "time" in step.text for step in result.verdict.fix)


async def test_a_collection_that_breaks_in_its_middle_says_where(tmp_path: Path) -> None:
    def late(request: Request, reply: Reply) -> Reply:
        return bare(500) if int(request.asks("offset") or 0) >= 400 else reply

    district = generic.where(many("enrollments", 700), data_says(late, "enrollments"), cap=200)
    result = await result_of(district, tmp_path, depth=Depth.FULL)
    assert result.verdict.summary == (
        "Requests for /enrollments fail after 400 records (HTTP 500), while /orgs works."
    )


async def test_a_total_of_the_page_makes_nobody_missing(tmp_path: Path) -> None:
    def of_the_page(request: Request, reply: Reply) -> Reply:
        rows = next(iter(json.loads(reply.body).values())) if reply.status == 200 else []
        return reply.without("x-total-count").but(("X-Total-Count", str(len(rows))))

    district = older.where(
        many("users", 900), many("enrollments", 900), last_first("users"), data_says(of_the_page), cap=50
    )
    result = await result_of(district, tmp_path)
    assert found(result, "accounts.students").finding.status is Status.PASS
    assert "students" not in result.counts


async def test_several_broken_collections_are_one_finding(tmp_path: Path) -> None:
    district = generic.where(data_says(bare(500), "students", "demographics"))
    result = await result_of(district, tmp_path, Typed(share=("rostering", "demographics")))
    assert result.verdict.summary == (
        "Requests for /students, /demographics fail (HTTP 500), while /teachers works."
    )


async def test_a_scope_that_was_asked_for_and_not_granted_says_so(tmp_path: Path) -> None:
    scope = f"{V12}roster.readonly {V12}roster-demographics.readonly"
    district = generic.where(data_says(bare(403), "demographics"), grants=f"{V12}roster.readonly")
    result = await result_of(district, tmp_path, Typed(share=("rostering", "demographics"), scope=scope))
    part = found(result, "sharing.demographics")
    assert "which was asked for and not granted" in part.summary
    assert not any("to the scope field" in step.text for step in part.fix)
    result = await result_of(district, tmp_path, Typed(share=("rostering", "demographics")))
    part = found(result, "sharing.demographics")
    assert "asked for" not in part.summary
    assert any("to the scope field" in step.text for step in part.fix)


async def test_the_grade_book_alone_settles_its_points(tmp_path: Path) -> None:
    result = await result_of(campus_1_1, tmp_path, Typed(share=("gradebook",), vendor=VENDOR_PAIR))
    rows = {row.item: row for row in result.checklist}
    for item in ("connection-active", "credentials-correct", "data-to-share", "vendor-credentials"):
        assert rows[item].status is Status.PASS, item
    assert not rows["user-accounts"].applicable
    assert rows["user-accounts"].note == "You do not expect rostering."
    ran = {each.finding.check for each in result.findings}
    assert not {"sharing.orgs", "sharing.rostering", "year.terms", "accounts.students"} & ran


async def test_an_empty_grade_book_alone_is_not_in_order(tmp_path: Path) -> None:
    district = generic.where(nothing_in("categories", "lineItems", "results"))
    result = await result_of(district, tmp_path, Typed(share=("gradebook",)))
    assert result.verdict.summary == "The grade book can be read but is empty."


async def test_disabled_users_are_counted(tmp_path: Path) -> None:
    district = campus_1_1.where(each("users", holding(enabledUser="false")))
    enabled = found(await result_of(district, tmp_path), "accounts.enabled")
    assert enabled.summary == "Every user that was checked is disabled (11)."
    assert (enabled.finding.facts["count"], enabled.finding.facts["of"]) == (11, 11)


async def test_the_sample_of_a_large_district_is_small(tmp_path: Path) -> None:
    district = older.where(many("users", 5000), many("enrollments", 9000), last_first("users"), **UNTOLD)
    result = await result_of(district.where(each("users", lacking("agents"))), tmp_path)
    assert result.requests <= 30
    assert found(result, "accounts.students").finding.status is Status.PASS
