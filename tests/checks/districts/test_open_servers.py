"""What servers do whose source is public: how they name lists and records, and what is said of it."""

from __future__ import annotations

from pathlib import Path

from oneroster_checks.finding import Status
from oneroster_checks.points import Point
from oneroster_checks.report import render
from oneroster_checks.stages.model import Depth

from ...servers import Reply, Request
from .district import Change, District, data_says, token_says, with_document
from .records import Record, each, many
from .replies import oauth_says
from .row import Row, Typed, fails, healthy, holds, warns
from .shapes import GENERIC, GENERIC_1_1

generic, older = District(GENERIC), District(GENERIC_1_1)
GRADES_ALONE = Typed(share=("gradebook",))
ONE_OF = {"classes": "class", "categories": "category", "demographics": "demographic"}


def after_the_path(request: Request, reply: Reply) -> Reply:
    """Every list has the name of its path, and every record that of one of its kind."""
    last, before = [*reversed(request.path.split("/"))][:2]

    def renamed(document: Record) -> Record:
        (value,) = document.values()
        if isinstance(value, list):
            return {last: value}
        return {ONE_OF.get(before, before.removesuffix("s")): value}

    return with_document(renamed)(request, reply)


def in_data(request: Request, reply: Reply) -> Reply:
    """Every list stands under `data`, beside its limit and offset; a record has no name at all."""

    def renamed(document: Record) -> object:
        (value,) = document.values()
        return {"data": value, "limit": 100, "offset": 0} if isinstance(value, list) else value

    return with_document(renamed)(request, reply)


def other_words(change: Change) -> District:
    return older.where(data_says(change))


async def test_names_after_the_path_are_told_as_names(tmp_path: Path) -> None:
    row = Row("1.1: lists and records are named after their paths", other_words(after_the_path), warns(
        "payload.other-key"), depth=Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    (said,) = [each.summary for each in result.findings if each.finding.check == "operations.presence"]
    assert result.verdict.cause == "payload.other-key"
    assert "the record under another name" in said
    assert "JSON without" not in said
    # Whole parts.
    assert "…" not in said


async def test_certification_wants_every_name(tmp_path: Path) -> None:
    row = Row("1.1: certification of names after the path", other_words(after_the_path), fails("payload.other-key"),
        depth=Depth.FULL, consumer="certification")  # fmt: skip
    result = await holds(row, tmp_path)
    wanted = {"certification.get-all-students", "certification.get-all-schools", "certification.get-student"}
    found = {name: result.finding(name) for name in wanted}
    assert {name for name, each in found.items() if each and each.status is Status.FAIL} == wanted
    text = " ".join(render([result], "text").split())
    assert "After that, expect: Missing operations [operation.absent]" in text
    assert "/schools/{id} (the record under another name)" in text


async def test_a_list_of_another_name_shows_no_wrong_base_url(tmp_path: Path) -> None:
    row = Row("1.2: every list under data", generic.shaped(parts=frozenset({"gradebook"})).where(data_says(in_data)),
        fails("payload.not-oneroster"), GRADES_ALONE)  # fmt: skip
    result = await holds(row, tmp_path)
    (item,) = [each for each in result.checklist if each.item == Point.CREDENTIALS_CORRECT]
    assert result.verdict.cause == "payload.not-oneroster"
    assert result.verdict.summary == (
        "/categories returned JSON without the list categories, but with records in a list named data."
    )
    assert item.status is Status.WARN
    assert item.note == "The base URL may be wrong."


async def test_the_name_that_the_standard_has(tmp_path: Path) -> None:
    row = Row("1.1: students under data", older.where(data_says(in_data, "students")), fails(
        "payload.not-oneroster"))  # fmt: skip
    result = await holds(row, tmp_path)
    (said,) = [each.summary for each in result.findings if each.finding.cause == "payload.not-oneroster"]
    assert "without the list users, but with records in a list named data" in said


async def test_pages_that_are_cut_without_a_total_are_told_by_what_was_read(tmp_path: Path) -> None:
    row = Row("1.2: at most 200 records at once, and no total", generic.where(many("users", 260), cap=200,
        total="none", link="none"), healthy(noting="paging.limit-capped"), depth=Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    finding = result.finding("verified.large-page")
    assert finding is not None
    assert finding.cause == "paging.limit-capped"
    assert (finding.facts["path"], finding.facts["received"], finding.facts["asked"]) == (
        "/users",
        200,
        10_000,
    )


async def test_a_list_without_a_name(tmp_path: Path) -> None:
    row = Row("1.1: lists without a name", older.where(data_says(with_document(lambda document: next(iter(
        document.values()))))), warns("payload.other-key"))  # fmt: skip
    result = await holds(row, tmp_path)
    assert result.verdict.summary == "/orgs returned a list without a name, where the standard says orgs."
    assert "accept a list without a name as well as orgs for /orgs" in str(result.verdict.fix[0])


async def test_who_is_enrolled_through_another_school_is_not_said_not_to_be_enrolled(tmp_path: Path) -> None:
    row = Row("1.1: enrollments that name another school than their class", older.where(each("enrollments",
        lambda enrollment: enrollment if enrollment["role"] == "teacher" else {**enrollment, "school": {"href": "x",
        "sourcedId": "school-2", "type": "org"}})), healthy(noting="operation.disagrees"),
        depth=Depth.FULL)  # fmt: skip
    result = await holds(row, tmp_path)
    (said,) = [each.summary for each in result.findings if each.finding.check == "operations.agreement"]
    assert "not enrolled" not in said
    assert "has people who are not in /schools/{school_id}/classes/{class_id}/enrollments" in said


def wants_a_scope(request: Request, reply: Reply) -> Reply:
    """A token request without a scope is no request at all, whoever makes it."""
    return (
        reply
        if b"scope=" in request.body
        else oauth_says(400, "invalid_request", error_description="scope is required")
    )


async def test_a_wrong_secret_is_told_by_the_answer_that_refused_it(tmp_path: Path) -> None:
    row = Row("1.1: a wrong secret, where no request without a scope is judged", older.where(token_says(
        wants_a_scope)), fails("token.invalid-client"), Typed(secret="another-secret-4471"))  # fmt: skip
    result = await holds(row, tmp_path)
    assert "invalid_client)" in result.verdict.summary
    assert "invalid_request" not in result.verdict.summary
