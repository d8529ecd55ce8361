"""Infinite Campus: its address forms, and the oddities that its clients have met."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply
from .district import District, data_says
from .records import each, many, nobody_who_is, without
from .replies import bare, error_1_1, error_1_2
from .row import WITH_GRADES, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, CAMPUS_OAUTH_1, V12

campus, older, legacy, signed = (
    District(shape) for shape in (CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, CAMPUS_OAUTH_1)
)
SPACED = "/campus/api/oneroster/v1p2/elm%20valley/ims/oneroster"
SPACED_ROOTS = tuple(
    f"/campus/api/oneroster/v1p2/elm valley/ims/oneroster/{service}/v1p2"
    for service in ("rostering", "gradebook", "resources")
)


def refuses_roles(request: Request, reply: Reply) -> Reply:
    """A filter of a role is refused on /users."""
    return error_1_2(400, "invalid_filter_field") if "role" in (request.asks("filter") or "") else reply


def roles_1_1(request: Request, reply: Reply) -> Reply:
    """The same, in the form of 1.1."""
    return error_1_1(400, "invalid_filter_field") if "role" in (request.asks("filter") or "") else reply


WORKS = (
    Row("an app name with a space", campus.shaped(token="/campus/oauth2/token?appName=elm valley", base=SPACED,
        roots=SPACED_ROOTS), passes(), Typed(token="{origin}/campus/oauth2/token?appName=elm%20valley")),
    Row("an app name with a space, as a plus", campus.shaped(token="/campus/oauth2/token?appName=elm valley",
        base=SPACED, roots=SPACED_ROOTS), passes(), Typed(token="{origin}/campus/oauth2/token?appName=elm+valley")),
    Row("roster scopes are tolerated", campus, passes(), Typed(scope=f"{V12}roster.readonly")),
    Row("a filter of a role is refused on /users", older.where(data_says(roles_1_1)), healthy()),
    Row("a filter of a role is refused on /users, with many people", older.where(many("users", 400),
        data_says(roles_1_1)), healthy()),
    Row("a filter of a role is refused on /users, 1.2", campus.where(data_says(refuses_roles)), passes()),
    Row("next is still there on the last page", campus.where(many("enrollments", 250), link="always next"), passes()),
    Row("enrollments refer to users who are tobedeleted", older.where(each("users", lambda user: {
        **user, "status": "tobedeleted"} if user["sourcedId"] == "student-2" else user)), passes()),
    Row("the primary org is a made-up district office", campus.where(each("users", lambda user: {
        **user, "primaryOrg": {"href": "x", "sourcedId": "district-office", "type": "org"}})), healthy()),
    Row("an agent who is not shared", older.where(without("guardian-2")),
        healthy(noting="accounts.guardians-missing")),
    Row("an old connection with grades", legacy, healthy(noting="address.legacy"), WITH_GRADES),
    Row("an old connection with OAuth 1 and grades", signed, healthy(noting="oauth1.discontinued"), WITH_GRADES),
    Row("the legacy base URL with a slash at the end", legacy, healthy(noting="address.legacy"),
        Typed(base="{base}/")),
    Row("the base URL with the suffix of the grade book", campus, passes(), Typed(base="{base}/gradebook/v1p2/")),
    Row("a custom domain: nothing about the host is assumed", campus, passes()),
)  # fmt: skip

BROKEN = (
    Row("the same app in another case", campus, fails("address.app-name-mismatch", suggestion="{token}", most=8),
        Typed(token="{origin}/campus/oauth2/token?appName=ELM")),
    Row("appname in small letters", campus, fails("address.app-name-missing", suggestion="{token}"),
        Typed(token="{origin}/campus/oauth2/token?appname=elm")),
    Row("appName on the base URL, and none on the token URL", campus, fails("address.app-name-missing",
        suggestion="{token}"), Typed(base="{base}?appName=elm", token="{origin}/campus/oauth2/token")),
    Row("the credentials of 1.1 on the address of 1.2: known, and nothing allowed",
        campus.where(data_says(error_1_2(403, "forbidden"))), fails("access.forbidden")),
    Row("the connection was switched off: the token is granted, all data is a 401 web page",
        campus.where(data_says(html_reply(401, "no"))), fails("access.token-rejected")),
    Row("old path, and the server answers only the app's current path",
        District(CAMPUS_1_1.but(base="/campus/api/oneroster/v1p1/elm/ims/oneroster/v1p1",
        roots=("/campus/api/oneroster/v1p1/elm/ims/oneroster/v1p1", ))), fails("address.legacy", suggestion="{base}"),
        Typed(base="{origin}/campus/oneroster/elm/ims/oneroster/v1p1")),
    Row("old path, and Campus sends to its login", legacy.where(data_says(Reply(302, b"", (("Location",
        "/campus/portal/login.jsp"), )))), fails("address.legacy")),
    Row("another path, and Campus sends to its login", campus.where(data_says(Reply(302, b"", (("Location",
        "/campus/portal/login.jsp"), )))), fails("access.login-page")),
    Row("no student has a username", older.where(nobody_who_is("student")), fails("accounts.students-missing")),
    Row("no username for anybody: an empty roster of people, and enrollments", older.where(nobody_who_is("student",
        "teacher", "guardian")), fails("accounts.students-missing", then=("accounts.staff-missing", ))),
    Row("OAuth 1, eleven months and a half old", signed, warns("oauth1.expires-soon"), Typed(created=352)),
    Row("OAuth 1, over a year old and refused", signed, fails("oauth1.expired"), Typed(created=380,
        secret="the-old-secret")),
    Row("the grade book is refused: credentials for the roster alone", campus.where(data_says(bare(403), "categories",
        "lineItems", "results")), fails("gradebook.not-enabled"), WITH_GRADES),
)  # fmt: skip


@pytest.mark.parametrize("row", [*WORKS, *BROKEN], ids=ids)
async def test_campus(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
