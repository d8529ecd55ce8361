"""One collection that fails while the others work, and connections that are for one part alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, text_reply
from .district import Change, District, data_says, gradebook_says
from .records import many, nobody_who_is, nothing_in
from .replies import STACK_TRACE, bare, error_1_1, error_1_2, leads_to, one_space, problem_json
from .row import VENDOR_PAIR, WITH_GRADES, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, V11, V12

campus, older, generic, older_generic = (
    District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1)
)
signed = District(GENERIC_OAUTH_1)
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
RESOURCES = Typed(share=("rostering", "resources"))
ASSESSMENTS = Typed(share=("rostering", "assessments"), vendor=VENDOR_PAIR)
LOGIN = html_reply(200, "<form><input type=password></form>")
BROKEN = "access.part-broken"

ONE_COLLECTION = (
    Row("orgs alone: an empty 500", generic.where(data_says(bare(500), "orgs")), fails(BROKEN, then=())),
    Row("orgs alone: 403 in the standard's form", campus.where(data_says(error_1_2(403, "forbidden"), "orgs")),
        fails(BROKEN, then=())),
    Row("orgs alone: a 404 of one space", older_generic.where(data_says(one_space(404), "orgs")), fails(BROKEN)),
    Row("orgs alone: 401 as a web page", older.where(data_says(html_reply(401, "no"), "orgs")), fails(BROKEN)),
    Row("orgs alone: a stack trace, OAuth 1", signed.where(data_says(STACK_TRACE, "orgs")), fails(BROKEN)),
    Row("students alone: 403", generic.where(data_says(bare(403), "students", "users")), fails(BROKEN)),
    Row("students alone: 404, and none is among the users", generic.where(nobody_who_is("student"), data_says(bare(404),
        "students")), fails(BROKEN)),
    Row("students alone: 404, and they are among the users", generic.where(data_says(bare(404), "students")), passes()),
    Row("students alone: a stack trace", older_generic.where(data_says(STACK_TRACE, "students")), fails(BROKEN)),
    Row("teachers alone: 502 of the balancer", campus.where(data_says(html_reply(502, "Bad Gateway"), "teachers")),
        fails(BROKEN)),
    Row("classes alone: 403", generic.where(data_says(problem_json(403, "no"), "classes")), fails(BROKEN)),
    Row("classes alone: 500", older.where(data_says(error_1_1(500, "server_busy"), "classes")), fails(BROKEN)),
    Row("enrollments alone: 500", generic.where(data_says(bare(500), "enrollments")), fails(BROKEN)),
    Row("enrollments alone: 403", older.where(data_says(error_1_1(403, "forbidden"), "enrollments")), fails(BROKEN)),
    Row("enrollments alone: a web page for people", campus.where(data_says(LOGIN, "enrollments")), fails(BROKEN)),
    Row("enrollments alone: plain text", generic.where(data_says(text_reply(200, "ok"), "enrollments")),
        fails(BROKEN)),
    Row("sessions alone: 500", generic.where(data_says(STACK_TRACE, "academicSessions")), fails(BROKEN)),
    Row("sessions alone: 404", older.where(data_says(bare(404), "academicSessions")), fails(BROKEN)),
    Row("demographics alone: 500", older.where(data_says(bare(500), "demographics")), fails(BROKEN), DEMOGRAPHICS),
    Row("demographics alone: a redirect", generic.where(data_says(leads_to(302, "/moved/here"), "demographics")),
        fails(BROKEN), DEMOGRAPHICS),
    Row("resources alone: 500", generic.where(data_says(bare(500), "resources")), warns(BROKEN), RESOURCES),
    Row("results alone: 500", campus.where(data_says(STACK_TRACE, "results")), fails(BROKEN), WITH_GRADES),
    Row("assessments alone: 500", campus.where(data_says(bare(500), "assessmentLineItems")), fails(BROKEN),
        ASSESSMENTS),
    Row("demographics that are not offered are no broken part", generic.where(data_says(bare(404), "demographics")),
        fails("sharing.demographics-off"), DEMOGRAPHICS),
)  # fmt: skip

# From a request on, every one fails: not one part is broken, the server is.
GOES_DOWN = (
    Row("the server goes down after the orgs", generic.where(data_says(bare(500), first=2)),
        fails("access.server-error")),
    Row("the server goes down at the enrollments", older.where(data_says(STACK_TRACE, first=5)),
        fails("access.server-error")),
)  # fmt: skip

SCOPES = (
    Row("demographics: 404 is not offered, whatever the scope", generic.where(data_says(bare(404), "demographics"),
        grants=f"{V12}roster.readonly"), fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("resources: 404 is not offered, whatever the scope", older_generic.where(data_says(bare(404), "resources"),
        grants=f"{V11}roster.readonly"), warns("sharing.resources-off"), RESOURCES),
    Row("grade book: 404 is not offered, whatever the scope", generic.where(gradebook_says(bare(404)),
        grants=f"{V12}roster.readonly"), fails("gradebook.not-enabled"), Typed(share=("rostering", "gradebook"))),
    Row("orgs: 403, and the token's scope is the grade book's", older_generic.where(data_says(bare(403), "orgs"),
        grants=f"{V11}gradebook.readonly"), fails("sharing.scope-missing")),
    Row("demographics: asked for, not granted, and 403", generic.where(data_says(bare(403), "demographics"),
        grants=f"{V12}roster.readonly"), fails("sharing.scope-missing"), Typed(share=("rostering", "demographics"),
        scope=f"{V12}roster.readonly {V12}roster-demographics.readonly")),
)  # fmt: skip


def only(*collections: str) -> District:
    """A server of 1.2 that has these collections, and 404 for everything else."""
    return generic.where(data_says(_unless(collections)))


def _unless(collections: tuple[str, ...]) -> Change:
    def change(request: Request, reply: Reply) -> Reply:
        words = request.path.strip("/").split("/")
        return reply if any(word in collections for word in words[-2:]) else bare(404)

    return change


GRADES_ALONE = Typed(share=("gradebook",))
GRADEBOOK_SERVER = only("categories", "lineItems", "results")

ALONE = (
    Row("the grade book alone, and everything is there", generic, passes(), GRADES_ALONE),
    Row("the grade book alone, at Campus", campus, passes(), Typed(share=("gradebook",), vendor=VENDOR_PAIR)),
    Row("the grade book alone, and orgs are broken", generic.where(data_says(bare(500), "orgs")), healthy(),
        GRADES_ALONE),
    Row("the grade book alone, and no school is shared", older_generic.where(nothing_in("orgs", "users", "classes",
        "enrollments")), healthy(), GRADES_ALONE),
    Row("the grade book alone, and the year is over", older_generic.where(nothing_in("academicSessions")), healthy(),
        GRADES_ALONE),
    Row("the grade book alone, and it is empty", generic.where(nothing_in("categories", "lineItems", "results")),
        warns("sharing.gradebook-off"), GRADES_ALONE),
    Row("the grade book alone, and results are broken", generic.where(data_says(bare(500), "results")),
        fails(BROKEN), GRADES_ALONE),
    Row("the grade book alone, without the vendor key", campus, fails("gradebook.vendor-credentials-missing"),
        GRADES_ALONE),
    Row("resources alone", generic, passes(), Typed(share=("resources",))),
    Row("assessments alone", generic, passes(), Typed(share=("assessments",))),
    Row("demographics alone", generic, passes(), Typed(share=("demographics",))),
    Row("the grade book alone, in pages of ten, without totals", older_generic.where(many("results", 60), cap=10,
        total="none", link="none"), healthy(), GRADES_ALONE),
)  # fmt: skip

# A server that has no orgs at all.
WITHOUT_ORGS = (
    Row("a server for the grade book, without orgs", GRADEBOOK_SERVER, healthy(), GRADES_ALONE),
    Row(
        "a server for the grade book, and results are refused",
        GRADEBOOK_SERVER.where(data_says(bare(403), "results")),
        fails("gradebook.not-enabled"),
        GRADES_ALONE,
    ),
    Row(
        "a server for assessments, without orgs",
        only("assessmentLineItems"),
        healthy(),
        Typed(share=("assessments",)),
    ),
    Row("a server for resources, without orgs", only("resources"), healthy(), Typed(share=("resources",))),
    Row(
        "a server for the grade book, signed with OAuth 1, whose gateway forbids all else",
        signed.where(data_says(bare(403), "orgs", "classes", "users")),
        healthy(),
        GRADES_ALONE,
    ),
    Row(
        "assessments work, and the grade book does not",
        generic.where(data_says(bare(403), "categories", "lineItems", "results")),
        fails("gradebook.not-enabled"),
        Typed(share=("gradebook", "assessments")),
    ),
    Row(
        "resources work, and the grade book does not",
        older_generic.where(data_says(bare(404), "categories", "lineItems", "results")),
        fails("gradebook.not-enabled"),
        Typed(share=("gradebook", "resources")),
    ),
)

# What is asked for is of the roster, which needs no vendor key.
ROSTER_INSTEAD = (
    Row("assessments alone in 1.1, and the token is refused", older.where(data_says(bare(401))),
        fails("access.token-rejected"), Typed(share=("assessments",))),
    Row("nothing is expected, and the token is refused", campus.where(data_says(bare(401))),
        fails("access.token-rejected"), Typed(share=())),
)  # fmt: skip


@pytest.mark.parametrize(
    "row", [*ONE_COLLECTION, *GOES_DOWN, *SCOPES, *ALONE, *WITHOUT_ORGS, *ROSTER_INSTEAD], ids=ids
)
async def test_parts(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
