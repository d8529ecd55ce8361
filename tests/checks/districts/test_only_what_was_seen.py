"""No check says what no answer showed: neither a pass nor a fault, and of two faults not the wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply
from .between import asked_with, next_back_from, total_of_the_page
from .district import District, data_says, gradebook_says, with_document
from .odd_records import enrolled_only, ghosts_from
from .records import each, holding, lacking, many, nobody_who_is, nothing_in
from .replies import NOT_FOUND_PAGE, TOO_MANY_AS_HTML, bare, error_1_1, error_1_2, one_space, problem_json
from .row import VENDOR_PAIR, WITH_GRADES, Row, Typed, fails, healthy, holds, ids, warns
from .scope_rules import DEMOGRAPHICS_1_1, DEMOGRAPHICS_1_2, GRADES_1_1, ROSTER_1_1, ROSTER_1_2
from .seen import Seen, names, shows
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_OAUTH_1, ED_FI, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, campus_1_1, campus_signed = District(CAMPUS), District(CAMPUS_1_1), District(CAMPUS_OAUTH_1)
generic, older, signed = District(GENERIC), District(GENERIC_1_1), District(GENERIC_OAUTH_1)
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
GRADES = Typed(share=("rostering", "gradebook"))
BUSY = bare(429, ("Retry-After", "0"))
NOWHERE = Typed(base="{origin}/nowhere/ims/oneroster/v1p1")
SIGNATURE = ("oauth1.signature-method", "oauth1.query-signature", "oauth1.rejected", "oauth1.expired")
as_null = with_document(lambda document: dict.fromkeys(document))


def students_disabled(row: dict[str, object]) -> dict[str, object]:
    """The record of a user, disabled for one student of six."""
    return {**row, "enabledUser": "false"} if row["sourcedId"] == "student-3" else row


PROVES_NOTHING = (
    Seen(Row("429 for whatever is sorted", generic.where(data_says(BUSY, when=asked_with("sort", "orderBy"))),
        healthy()), never=("query.sort-ignored",), unproved=("query.sort",)),
    Seen(Row("429 as a web page for whatever is sorted, OAuth 1", signed.where(data_says(TOO_MANY_AS_HTML,
        when=asked_with("sort", "orderBy"))), healthy()), never=("query.sort-ignored",), unproved=("query.sort",)),
    Seen(Row("429 for whatever is filtered", older.where(data_says(BUSY, when=asked_with("filter"))), healthy()),
        never=("query.filter-ignored", "query.filter-unsupported", "query.delta-ignored", "query.no-match"),
        unproved=("query.filter",)),
    Seen(Row("429 for whatever selects fields", campus.where(data_says(BUSY, when=asked_with("fields"))), healthy()),
        never=("query.fields-ignored",), unproved=("query.fields",)),
    Seen(Row("404 for both signature methods", signed, fails("access.base-url-wrong"), NOWHERE), never=SIGNATURE,
        unproved=("oauth1.signature",)),
    Seen(Row("404 as a web page for both signature methods, and an old connection", campus_signed.where(
        data_says(NOT_FOUND_PAGE)), fails("access.base-url-wrong"), Typed(created=700)), never=SIGNATURE,
        unproved=("oauth1.signature", "oauth1.age")),
    Seen(Row("an empty 500 for both signature methods", signed.where(data_says(bare(500))),
        fails("access.server-error")), never=SIGNATURE, unproved=("oauth1.signature",)),
    Seen(Row("the grade book alone, and nothing in it: no record proves anything of every record", generic.shaped(
        parts=frozenset({"gradebook"})).where(nothing_in("categories", "lineItems", "results")), healthy(),
        Typed(share=("gradebook",))),
        unproved=("payload.records", "payload.version", "query.sort")),
    Seen(Row("resources alone, and one of them: its order proves no sorting", older.shaped(
        parts=frozenset({"resources"})), healthy(), Typed(share=("resources",))), never=("query.sort-ignored",),
        unproved=("query.sort",)),
)  # fmt: skip

# A scope cannot open what is not offered at all; and one that nobody speaks of is not what is missing.
NOT_OFFERED = (
    Seen(Row("demographics are a 404, and the scope is the roster's", generic.where(data_says(error_1_2(404,
        "unknownobject"), "demographics"), grants=ROSTER_1_2), fails("sharing.demographics-off"), DEMOGRAPHICS),
        never=("sharing.scope-missing",)),
    Seen(Row("demographics are a 404 of one space, and the scope is the roster's, 1.1", older.where(
        data_says(one_space(404), "demographics"), grants=ROSTER_1_1), fails("sharing.demographics-off"),
        DEMOGRAPHICS), never=("sharing.scope-missing",)),
    Seen(Row("assessments are a 404 web page, and the scope is the roster's", generic.where(data_says(NOT_FOUND_PAGE,
        "assessmentLineItems", "assessmentResults"), grants=ROSTER_1_2), fails("sharing.assessments-off"),
        Typed(share=("rostering", "assessments"))), never=("sharing.scope-missing",)),
    Seen(Row("resources are a 404, and the scope is the roster's", older.shaped(parts=frozenset({"rostering"})).where(
        grants=ROSTER_1_1), warns("sharing.resources-off"), Typed(share=("rostering", "resources"))),
        never=("sharing.scope-missing",)),
    Seen(Row("the grade book is a 404, and the scope is the roster's", older.shaped(
        parts=frozenset({"rostering"})).where(grants=ROSTER_1_1), fails("gradebook.not-enabled"), GRADES),
        never=("sharing.scope-missing",)),
    Seen(Row("demographics are a 403, and nobody speaks of a scope", campus.where(data_says(error_1_2(403,
        "forbidden"), "demographics")), fails("sharing.demographics-off"), DEMOGRAPHICS),
        never=("sharing.scope-missing", "token.scope-required")),
)  # fmt: skip

NOT_GRANTED = (
    Row("demographics: their scope was asked for and not granted", generic.where(data_says(error_1_2(403,
        "forbidden"), "demographics"), grants=ROSTER_1_2), fails("sharing.scope-missing"),
        Typed(share=("rostering", "demographics"), scope=f"{ROSTER_1_2} {DEMOGRAPHICS_1_2}")),
    Row("demographics: their scope was asked for and not granted, 1.1 and a web page", older.where(
        data_says(html_reply(403, "no"), "demographics"), grants=ROSTER_1_1), fails("sharing.scope-missing"),
        Typed(share=("rostering", "demographics"), scope=f"{ROSTER_1_1} {DEMOGRAPHICS_1_1}")),
    Row("the grade book: its scope was asked for and not granted", older.where(gradebook_says(problem_json(403,
        "Forbidden")), grants=ROSTER_1_1), fails("sharing.scope-missing"), Typed(share=("rostering", "gradebook"),
        scope=f"{ROSTER_1_1} {GRADES_1_1}")),
)  # fmt: skip

NOBODY_ENROLLED = (
    Row("nobody is enrolled, 1.2", generic.where(nothing_in("enrollments")), fails("sharing.enrollments-empty")),
    Row("nobody is enrolled, 1.1", older.where(nothing_in("enrollments")), fails("sharing.enrollments-empty")),
    Row("nobody is enrolled, at Campus", campus.where(nothing_in("enrollments")), fails("sharing.enrollments-empty")),
    Row("nobody is enrolled, at Campus with OAuth 1", campus_signed.where(nothing_in("enrollments")),
        fails("sharing.enrollments-empty")),
    Row("null for the enrollments, without total and links", District(ED_FI).where(nothing_in("enrollments"),
        data_says(as_null, "enrollments"), total="none", link="none"), fails("sharing.enrollments-empty")),
    Row("204 for the enrollments", older.where(data_says(bare(204), "enrollments")),
        fails("sharing.enrollments-empty")),
    Row("only teachers are enrolled", generic.where(enrolled_only("teacher")), fails("sharing.enrollments-empty")),
    Row("only teachers are enrolled, 1.1", campus_1_1.where(enrolled_only("teacher")),
        fails("sharing.enrollments-empty")),
)  # fmt: skip

DISABLED = (
    Seen(Row("every user is disabled, 1.1", older.where(each("users", holding(enabledUser="false"))),
        healthy(noting="accounts.disabled"))),
    Seen(Row("every user is disabled, at Campus 1.2", campus.where(each("users", holding(enabledUser="false"))),
        healthy(noting="accounts.disabled"))),
    Seen(Row("every user is disabled, as a real boolean", signed.where(each("users", holding(enabledUser=False))),
        healthy(noting="accounts.disabled"))),
    Seen(Row("one student of six is disabled", older.where(each("users", students_disabled)), healthy()),
        never=("accounts.disabled",)),
    Seen(Row("nothing says who is enabled", generic.where(each("users", lacking("enabledUser"))), healthy()),
        never=("accounts.disabled",)),
)  # fmt: skip

SAMPLES = (
    Row("the last third of 300 enrollments names absent students", older.where(many("enrollments", 300),
        ghosts_from(200)), fails("accounts.students-missing")),
    Row("the last third of 900 enrollments names absent students, OAuth 1", signed.where(many("enrollments", 900),
        ghosts_from(600)), fails("accounts.students-missing")),
    Row("the last third of 300 enrollments names absent students, and no total is told", campus_1_1.where(
        many("enrollments", 300), ghosts_from(200), total="none"), fails("accounts.students-missing")),
    Row("the middle third of 1,200 enrollments names absent students", campus_1_1.where(many("enrollments", 1200),
        ghosts_from(400, 800)), fails("accounts.students-missing")),
    Row("the last third of 600 enrollments names absent teachers", older.where(many("enrollments", 600),
        ghosts_from(400, role="teacher")), fails("accounts.staff-missing")),
    Row("two of 300 students are leftovers at the end", older.where(many("enrollments", 300), ghosts_from(297)),
        healthy()),
)  # fmt: skip

GUARDIANS = (
    Seen(Row("no guardian at Campus 1.1, where Grade Book sync is off", campus_1_1.where(nobody_who_is("guardian"),
        each("users", lacking("agents"))), warns("accounts.guardians-missing")), first_step="Grade Book"),
    Seen(Row("guardians that are named and not there at Campus 1.1, where Grade Book sync is off", campus_signed.where(
        nobody_who_is("guardian")), fails("accounts.guardians-missing")), first_step="Grade Book"),
    Seen(Row("no guardian at Campus 1.1, where Grade Book sync is on", campus_1_1.where(nobody_who_is("guardian"),
        each("users", lacking("agents"))), warns("accounts.guardians-missing"), WITH_GRADES),
        not_first="Grade Book"),
    Seen(Row("no guardian at another provider: nothing is known of its grade book", older.where(
        nobody_who_is("guardian"), each("users", lacking("agents"))), warns("accounts.guardians-missing")),
        not_first="Grade Book"),
)  # fmt: skip

PAGES = (
    Row("the total is that of the page", generic.where(many("enrollments", 250), data_says(total_of_the_page),
        link="none"), fails("paging.total-wrong")),
    Row("the total is that of the page, and next is right", older.where(many("enrollments", 250),
        data_says(total_of_the_page)), fails("paging.total-wrong")),
    Row("the total is that of the page, of the users alone, OAuth 1", signed.where(many("users", 230),
        data_says(total_of_the_page, "users"), link="none"), fails("paging.total-wrong")),
    Row("next leads back to the first page from the second", older.where(many("enrollments", 350),
        data_says(next_back_from(100, 0))), fails("paging.next-loops")),
    Row("next leads to the second page from the second, and no total is told", generic.where(many("enrollments", 350),
        data_says(next_back_from(100, 100)), total="none"), fails("paging.next-loops")),
    Row("next leads back to the first page from the second, of the students alone, at Campus", campus.where(
        many("users", 350), data_says(next_back_from(100, 0), "students")), fails("paging.next-loops")),
)  # fmt: skip

WAITS = (
    Row("two 503 that ask to wait, one behind the other", older.where(data_says(bare(503, ("Retry-After", "0")),
        times=2, first=3)), healthy()),
    Row("two 503 that ask to wait at the grade book, as 1.1 writes its errors", campus_1_1.where(data_says(
        error_1_1(503, "server_busy").but(("Retry-After", "0")), "lineItems", times=2)), healthy(),
        Typed(share=("rostering", "gradebook"), vendor=VENDOR_PAIR)),
)  # fmt: skip

SEEN = (*PROVES_NOTHING, *NOT_OFFERED, *DISABLED, *GUARDIANS)
# So that the table as a whole counts them.
ROWS_OF_SEEN = tuple(seen.row for seen in SEEN)


@pytest.mark.parametrize("row", [*NOT_GRANTED, *NOBODY_ENROLLED, *SAMPLES, *PAGES, *WAITS], ids=ids)
async def test_only_what_was_seen(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


@pytest.mark.parametrize("seen", SEEN, ids=names)
async def test_what_was_not_seen_is_not_said(seen: Seen, tmp_path: Path) -> None:
    await shows(seen, tmp_path)
