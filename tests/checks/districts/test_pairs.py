"""Two faults at once: the one to fix first, and what will show after it where the run can know."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply
from .district import District, data_says, gradebook_says, token_says
from .records import each, lacking, nobody_who_is, nothing_in, sessions_from, without
from .replies import SERVICE_DESCRIPTION, bare, error_1_1, error_1_2, oauth_says
from .row import WITH_GRADES, Row, Typed, fails, holds, ids
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_OAUTH_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, V12

campus, campus_1_1, generic, older = (District(shape) for shape in (CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1))
GRADES = Typed(share=("rostering", "gradebook"))
ALL_PARTS = Typed(share=("rostering", "demographics", "gradebook"), vendor=WITH_GRADES.vendor)

BEFORE_ANY_REQUEST = (
    Row("base URL without https://, token URL without appName", campus,
        fails("address.malformed", then=("address.app-name-missing",)),
        Typed(base="sis.elm.example/campus", token="{origin}/campus/oauth2/token")),
    Row("/campus twice, and no appName", campus, fails("address.doubled-path", then=("address.app-name-missing", )),
        Typed(base="{origin}/campus/campus/api/oneroster/v1p2/elm/ims/oneroster",
        token="{origin}/campus/oauth2/token")),
    Row("base URL of 1.1 for 1.2, and no appName", campus, fails("address.version-mismatch",
        then=("address.app-name-missing", )), Typed(base="{origin}/campus/api/ims/oneroster/rostering/v1p1",
        token="{origin}/campus/oauth2/token")),
    Row("both addresses over plain http", generic, fails("address.plain-http", then=()),
        Typed(base="http://sis.elm.example/ims/oneroster", token="http://sis.elm.example/token")),
    Row("credentials in the base URL, and a token URL that is none", generic, fails("address.credentials-in-url",
        then=("address.malformed", )), Typed(base="https://me:secret77@sis.elm.example/api",
        token="sis.elm.example/token")),
    Row("OAuth 1 with 1.2, and the base URL of 1.1", campus, fails("address.unsupported-combination",
        then=("address.version-mismatch", )), Typed(oauth=1,
        base="{origin}/campus/oneroster/elm/ims/oneroster/v1p1")),
)  # fmt: skip

BEFORE_THE_DATA = (
    Row("the key lacks its prefix and is refused", campus, fails("key.unexpected-format", then=(), most=8),
        Typed(key="4711")),
    Row("another appName and a key that is refused: no such app comes first", campus,
        fails("address.app-name-mismatch", then=(), most=8), Typed(token="{origin}/campus/oauth2/token?appName=oak",
        key="InfiniteCampus_oak")),
    Row("a wrong clock, and credentials of two years: the clock comes first", District(CAMPUS_OAUTH_1).ahead(1800),
        fails("clock.skew", then=()), Typed(created=730)),
    Row("a wrong secret, and a base URL that leads nowhere: only the token can be seen", generic,
        fails("token.invalid-client", then=()), Typed(secret="wrong-secret", base="{origin}/nowhere")),
    Row("a scope that is refused, and the body that is not taken", generic.shaped(takes=frozenset({"header"})).where(
        token_says(lambda request, reply: oauth_says(400, "invalid_scope") if request.form.get("scope") else reply)),
        fails("token.invalid-scope"), Typed(scope=f"{V12}roster.readonly")),
    Row("only the body is taken, and the data is forbidden",
        generic.shaped(takes=frozenset({"body"})).where(data_says(bare(403))), fails("access.forbidden", then=())),
    Row("only HMAC-SHA1, and the base URL leads nowhere",
        District(GENERIC_OAUTH_1).shaped(signatures=frozenset({"HMAC-SHA1"})), fails("access.base-url-wrong",
        then=()), Typed(base="{origin}/nowhere/ims/oneroster/v1p1")),
    Row("half an hour of clock, and a wrong secret of OAuth 2", generic.ahead(1800), fails("token.invalid-client",
        then=()), Typed(secret="wrong-secret")),
)  # fmt: skip

IN_THE_DATA = (
    Row("the base URL lacks its suffix, and demographics are off", generic.where(data_says(error_1_2(403,
        "forbidden"), "demographics")), fails("access.base-url-wrong", suggestion="{base}",
        then=("sharing.demographics-off", )), Typed(base="{origin}/api", share=("rostering", "demographics"))),
    Row("the base URL looks alive and is wrong, and the grade book is refused", campus.where(
        gradebook_says(bare(403)), unknown_path=SERVICE_DESCRIPTION),
        fails("access.base-url-wrong", suggestion="{base}", then=("gradebook.not-enabled",)),
        Typed(base="{origin}/campus", share=("rostering", "gradebook"), vendor=WITH_GRADES.vendor)),
    Row("the old path is gone, and no vendor key is set", District(CAMPUS_1_1),
        fails("address.legacy", suggestion="{base}", then=("gradebook.vendor-credentials-missing",)),
        Typed(base="{origin}/campus/oneroster/elm/ims/oneroster/v1p1", share=("rostering", "gradebook"))),
    Row("demographics are off, and the grade book is not enabled", campus.where(
        data_says(error_1_2(403, "forbidden"), "demographics"), gradebook_says(bare(404))),
        fails("sharing.demographics-off", then=()), ALL_PARTS),
    Row("rostering is off, and no vendor key is set", campus.where(
        data_says(bare(403), "students", "teachers", "users", "classes", "enrollments")),
        fails("sharing.rostering-off", then=("gradebook.vendor-credentials-missing",)), GRADES),
    Row("no session of this year, nobody shared, and no vendor key", campus.where(
        sessions_from(-400, -60), nothing_in("users", "classes", "enrollments")),
        fails("year.not-active", then=("gradebook.vendor-credentials-missing",)), GRADES),
    Row("students and teachers without accounts", campus_1_1.where(nobody_who_is("student"), without("teacher-1")),
        fails("accounts.students-missing", then=("accounts.staff-missing",))),
    Row("students without accounts, and no vendor key", campus_1_1.where(nobody_who_is("student")),
        fails("accounts.students-missing", then=("gradebook.vendor-credentials-missing",)), GRADES),
    Row("teachers without accounts, and the grade book not enabled", campus_1_1.where(
        without("teacher-1", "teacher-2"), gradebook_says(html_reply(403, "no"))),
        fails("accounts.staff-missing", then=("gradebook.not-enabled",)), WITH_GRADES),
    Row("classes without sessions, and offset ignored", generic.where(nothing_in("academicSessions"),
        offset="ignored"), fails("year.no-terms", then=("paging.offset-ignored", ))),
    Row("offset and filter ignored", generic.where(offset="ignored", filter="ignored"),
        fails("paging.offset-ignored", then=("query.filter-ignored",))),
    Row("the filter is ignored, and data for whoever asks", older.where(filter="ignored", open_doors=True),
        fails("query.filter-ignored", then=("error.unsafe",))),
    Row("records of the other version, and broken for it", older.where(each("users", lacking("familyName")),
        records="1.2"), fails("payload.version-mismatch", then=())),
    Row("no total and a grade book that is refused", campus.where(gradebook_says(bare(403)), total="none",
        link="none"), fails("gradebook.not-enabled", then=()), WITH_GRADES),
    Row("demographics want a scope, and no vendor key is set", campus.where(data_says(error_1_2(403, "forbidden"),
        "demographics"), grants=f"{V12}roster.readonly {V12}gradebook.readonly"), fails("sharing.scope-missing",
        then=("gradebook.vendor-credentials-missing", )), Typed(share=("rostering", "demographics", "gradebook"))),
    Row("half of the grade book is refused, and the total is wrong", campus_1_1.where(
        data_says(error_1_1(403, "forbidden"), "results"),
        data_says(lambda request, reply: reply.without("x-total-count").but(("X-Total-Count", "0")), "classes")),
        fails("gradebook.not-enabled", then=("paging.total-wrong",)), WITH_GRADES),
    Row("demographics are refused with 403, and tokens end after five calls", campus_1_1.where(
        data_says(bare(403), "demographics"), each_token_lasts=5),
        fails("sharing.demographics-off", then=()), ALL_PARTS),
    Row("demographics are refused with 401, and tokens end after five calls", campus_1_1.where(
        data_says(html_reply(401, "no"), "demographics"), each_token_lasts=5),
        fails("sharing.demographics-off", then=()), ALL_PARTS),
    Row("the token ends, and its end is a 403; later the grade book is refused",
        campus.where(data_says(lambda request, reply: bare(403) if reply.status == 401 else reply),
        gradebook_says(bare(403)), first_token_lasts=4), fails("gradebook.not-enabled", then=()), WITH_GRADES),
)  # fmt: skip


@pytest.mark.parametrize("row", [*BEFORE_ANY_REQUEST, *BEFORE_THE_DATA, *IN_THE_DATA], ids=ids)
async def test_pairs(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
