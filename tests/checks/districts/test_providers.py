"""Providers other than Infinite Campus, in the shapes that the reference knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply
from .district import Change, District, data_says, gradebook_says, token_says
from .grants import renewed
from .records import many
from .replies import TOO_MANY_AS_HTML, bare, error_1_1, oauth_says
from .row import WITH_GRADES, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import (
    AERIES,
    BLACKBAUD,
    CLASSLINK,
    ED_FI,
    POWERSCHOOL,
    POWERSCHOOL_1_2,
    SKYWARD,
    SYNERGY,
    V11,
    V12,
    VERACROSS,
)

aeries, powerschool, classlink = District(AERIES), District(POWERSCHOOL), District(CLASSLINK)
skyward, synergy, blackbaud = District(SKYWARD), District(SYNERGY), District(BLACKBAUD)
veracross, ed_fi = District(VERACROSS), District(ED_FI).where(total="none", link="none", cap=500)
ROSTER_1_1, ROSTER_1_2 = f"{V11}roster.readonly", f"{V12}roster.readonly"


def session_cookie(request: Request, reply: Reply) -> Reply:
    """The token comes with a cookie."""
    return reply.but(("Set-Cookie", "JSESSIONID=4711; Path=/; HttpOnly"))


def without_cookie(reply: Reply) -> Change:
    """Said to whoever does not send the token's cookie."""
    return lambda request, honest: honest if "4711" in request.headers.get("cookie", "") else reply


AERIES_ROWS = (
    Row("Aeries: works, with the scope that it needs", aeries, passes()),
    Row("Aeries: six hours to live", aeries.where(token_says(renewed(expires_in=21600))), passes()),
    Row("Aeries: a wrong secret", aeries, fails("token.invalid-client"), Typed(secret="wrong-secret")),
    Row("Aeries: a wrong secret, as 400", aeries.where(token_says(oauth_says(400, "invalid_client"))),
        fails("token.invalid-client")),
    Row("Aeries: a scope that it does not know", aeries, fails("token.invalid-scope"), Typed(scope="roster")),
    Row("Aeries: resources, which it has not", aeries, warns("sharing.resources-off"), Typed(share=("rostering",
        "resources"))),
    Row("Aeries: data wants the cookie that came with the token", aeries.where(token_says(session_cookie),
        data_says(without_cookie(error_1_1(401, "unauthorized")))), passes()),
    Row("Aeries: the token URL without the district's path", aeries, fails("token.not-an-endpoint"),
        Typed(token="{origin}/token")),
    Row("Aeries: grades, and the scope is the roster's alone", aeries.where(
        gradebook_says(error_1_1(403, "forbidden"))), fails("sharing.scope-missing"),
        Typed(share=("rostering", "gradebook"), scope=ROSTER_1_1)),
)  # fmt: skip

POWERSCHOOL_ROWS = (
    Row("PowerSchool: works, with expires_in as a text", powerschool.where(token_says(renewed(expires_in="2591999"))),
        passes()),
    Row("PowerSchool: 1.2 works", District(POWERSCHOOL_1_2), passes()),
    Row("PowerSchool: the plugin was installed anew, so key and secret are others", powerschool.where(
        token_says(oauth_says(401, "invalid_client"))), fails("token.invalid-client")),
    Row("PowerSchool: the plugin is switched off", powerschool.where(data_says(html_reply(403,
        "<h1>Access denied</h1>"))), fails("access.forbidden")),
    Row("PowerSchool: the host alone as the base URL", District(POWERSCHOOL.but(base="/ims/oneroster/v1p1",
        roots=("/ims/oneroster/v1p1", ))), fails("access.base-url-wrong", suggestion="{origin}/ims/oneroster/v1p1"),
        Typed(base="{origin}")),
    Row("PowerSchool: the token URL of its own interface", powerschool, fails("token.not-an-endpoint"),
        Typed(token="{origin}/oauth/authorize")),
    Row("PowerSchool: three pages of enrollments", powerschool.where(many("enrollments", 250)), passes()),
)  # fmt: skip

CLASSLINK_ROWS = (
    Row("ClassLink: works with HMAC-SHA1", classlink, warns("oauth1.signature-method")),
    Row("ClassLink: 429 with a wait in the middle", classlink.where(data_says(TOO_MANY_AS_HTML, times=1, first=5)),
        healthy(noting="load.throttled")),
    Row("ClassLink: 429 that does not end", classlink.where(data_says(TOO_MANY_AS_HTML)), fails("access.throttled")),
    Row("ClassLink: a wrong secret", classlink, fails("oauth1.rejected"), Typed(secret="wrong-secret")),
    Row("ClassLink: the base URL without /ims/oneroster", classlink,
        fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/v1p1")),
)  # fmt: skip

OTHERS = (
    Row("Skyward: works", skyward, passes()),
    Row("Skyward: data wants the cookie of the token, and the token URL is on another host", skyward.where(
        token_says(session_cookie), data_says(without_cookie(bare(401)))), fails("access.token-rejected"),
        Typed(token="{elsewhere}/elm/oauth/token")),
    Row("Skyward: a wrong secret", skyward.where(token_says(oauth_says(400, "invalid_client"))),
        fails("token.invalid-client")),
    Row("Skyward: the secret of another district's connection", skyward, fails("token.invalid-client"),
        Typed(key="oak")),
    Row("Synergy: works, with grades", synergy, passes()),
    Row("Synergy: data wants the cookie that came with the token", synergy.where(
        token_says(session_cookie), data_says(without_cookie(bare(401)))), healthy()),
    Row("Synergy: wrong scopes break the grade book", synergy.where(gradebook_says(json_reply(403,
        {"message": "insufficient scope"})), grants=ROSTER_1_1), fails("sharing.scope-missing")),
    Row("Blackbaud: works, with a slash at the end and two hosts", blackbaud, passes(),
        Typed(token="{elsewhere}/token")),
    Row("Blackbaud: 401 without detail", blackbaud.where(token_says(bare(401))), fails("token.invalid-client")),
    Row("Blackbaud: 403 without detail", blackbaud.where(data_says(json_reply(403, {"statusCode": 403,
        "message": "Forbidden"}))), fails("access.forbidden")),
    Row("Blackbaud: 404 without detail", blackbaud.where(data_says(json_reply(404, {"statusCode": 404,
        "message": "Resource not found"}))), fails("access.base-url-wrong")),
    Row("Veracross: works, one scope an operation", veracross.where(scope_of={"orgs": ROSTER_1_1,
        "classes": ROSTER_1_1}), passes()),
    Row("Veracross: demographics want a scope that was not granted",
        veracross.where(scope_of={"demographics": f"{V11}roster-demographics.readonly"}, grants=ROSTER_1_1),
        fails("sharing.scope-missing"), Typed(share=("rostering", "demographics"))),
    Row("Veracross: the school's name is missing in the token URL", veracross, fails("token.not-an-endpoint"),
        Typed(token="{origin}/oauth/oneroster")),
    Row("Ed-Fi: works, with no total, no links and pages of 500", ed_fi, healthy(noting="paging.total-missing")),
    Row("Ed-Fi: 700 enrollments", ed_fi.where(many("enrollments", 700)), healthy(noting="paging.total-missing")),
    Row("Ed-Fi: demographics want their own scope",
        ed_fi.where(scope_of={"demographics": f"{V12}roster-demographics.readonly"}, grants=ROSTER_1_2),
        fails("sharing.scope-missing"), Typed(share=("rostering", "demographics"))),
    Row("Ed-Fi: demographics, with their scope",
        ed_fi.where(scope_of={"demographics": f"{V12}roster-demographics.readonly"}),
        healthy(noting="paging.total-missing"), Typed(share=("rostering", "demographics"))),
    Row("Ed-Fi: there is no grade book", ed_fi, fails("gradebook.not-enabled"), WITH_GRADES),
    Row("Ed-Fi: the base URL of the data, not of OneRoster", ed_fi, fails("access.base-url-wrong"),
        Typed(base="{origin}/v7/data/v3")),
    Row("Ed-Fi: problem+json without a body for a wrong key", ed_fi.where(token_says(lambda request,
        reply: replace(bare(401), headers=(("Content-Type", "application/problem+json"), )))),
        fails("token.invalid-client")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*AERIES_ROWS, *POWERSCHOOL_ROWS, *CLASSLINK_ROWS, *OTHERS], ids=ids)
async def test_providers(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
