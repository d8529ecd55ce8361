"""Scopes: tokens that are good for nothing without one, clients that may have one only, servers that judge it first."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply, json_reply, text_reply
from .district import District, data_says, in_header, token_says
from .policies import (
    CORE_11,
    CORE_12,
    DEMOGRAPHICS_11,
    DEMOGRAPHICS_12,
    GRADES_11,
    GRADES_12,
    INVALID_SCOPE,
    ROSTER_11,
    ROSTER_12,
    Scopes,
    challenged,
    insufficient,
    only,
    opened_by,
)
from .replies import STACK_TRACE, bare, error_1_1, error_1_2, oauth_says, problem_json, spring_says
from .row import Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import (
    AERIES,
    CAMPUS,
    ED_FI,
    GENERIC,
    GENERIC_1_1,
    POWERSCHOOL,
    POWERSCHOOL_1_2,
    SKYWARD,
    SYNERGY,
)

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
WRONG = Typed(secret="of-another-district")
NEEDS_ONE = healthy(noting="token.scope-required")
ONE_IS_DUE = warns("token.scope-required")

GOOD_FOR_NOTHING = (
    Row("403 whose words name the scope, core opens", generic.where(scopes=opened_by(CORE_12, closed=insufficient(403,
        "Insufficient scope: your token must have roster-core.readonly"))), NEEDS_ONE),
    Row("403 with the challenge of RFC 6750 and no body, the whole roster opens", older.where(scopes=opened_by(
        ROSTER_11, closed=challenged(403, ROSTER_11))), NEEDS_ONE),
    Row("403 of problem+json without a word of scopes, core opens", generic.where(scopes=opened_by(CORE_12,
        closed=problem_json(403, "Forbidden"))), NEEDS_ONE),
    Row("403 without a body or a challenge, the whole roster opens", District(SKYWARD).where(scopes=opened_by(
        ROSTER_11, closed=bare(403))), NEEDS_ONE),
    Row("403 in the standard's form, at Campus", campus.where(scopes=opened_by(CORE_12, ROSTER_12)), NEEDS_ONE),
    Row("403 as a web page, core opens, at PowerSchool", District(POWERSCHOOL).where(scopes=opened_by(CORE_11,
        closed=html_reply(403, "<h1>Access is denied</h1>"))), NEEDS_ONE),
    Row("401 without a body, core opens", older.where(scopes=opened_by(CORE_11, closed=bare(401))), NEEDS_ONE),
    Row("401 in words of its own, the whole roster opens", generic.where(scopes=opened_by(ROSTER_12,
        closed=json_reply(401, {"message": "The access token does not carry a permission for this resource"}))),
        NEEDS_ONE),
    Row("401 with the challenge, and a scope of the standard in it", District(POWERSCHOOL_1_2).where(
        scopes=opened_by(CORE_12, closed=challenged(401, CORE_12, b'{"code": "E-17"}'))), NEEDS_ONE),
    Row("500 with a stack trace, core opens", older.where(scopes=opened_by(CORE_11, closed=STACK_TRACE)), NEEDS_ONE),
    Row("an empty 500, the whole roster opens", generic.where(scopes=opened_by(ROSTER_12, closed=bare(500))),
        NEEDS_ONE),
    Row("forbidden inside a 200, core opens", older.where(scopes=opened_by(CORE_11, closed=error_1_1(200,
        "forbidden"))), NEEDS_ONE),
    Row("403 of Spring: a server of 1.2 that wants the scopes of 1.1", generic.where(scopes=opened_by(CORE_11,
        closed=spring_says(403, "Forbidden"))), NEEDS_ONE),
    Row("403 in plain text: a server of 1.1 that wants the scopes of 1.2", older.where(scopes=opened_by(ROSTER_12,
        closed=text_reply(403, "scope missing"))), NEEDS_ONE),
    Row("only both scopes together open", generic.where(scopes=Scopes(opens=frozenset({CORE_12, ROSTER_12}),
        all_of_them=True, closed=insufficient(403, "A required scope is not in the token"))), NEEDS_ONE),
    Row("two scopes together are refused, and the roster's own opens", older.where(scopes=opened_by(ROSTER_11,
        refused=oauth_says(400, "invalid_scope", error_description="One scope per request"),
        one_at_a_time=True, default="profile")), NEEDS_ONE),
    Row("unknown scopes are dropped without a word, and the answer names none", generic.where(scopes=opened_by(
        CORE_12, may_have=frozenset({CORE_12}), unknown="dropped", tells="nothing", closed=bare(403))), NEEDS_ONE),
    Row("the scopes of the chosen version are dropped, those of the other open", District(SYNERGY).where(
        scopes=opened_by(ROSTER_12, may_have=frozenset({ROSTER_12, GRADES_12}), unknown="dropped",
        closed=error_1_1(403, "forbidden"))), NEEDS_ONE, Typed(share=("rostering",))),
    Row("a default scope of another service, and the roster has to be asked for", older.where(scopes=opened_by(
        CORE_11, ROSTER_11, default="openid", closed=insufficient(403, "token lacks the roster scope"))), NEEDS_ONE),
    Row("scopes are told by their short names", generic.where(scopes=opened_by(CORE_12, tells="short names",
        closed=problem_json(403, "Insufficient permissions"))), NEEDS_ONE),
    Row("only the body is taken, and data wants a scope", generic.shaped(takes=frozenset({"body"})).where(
        scopes=opened_by(CORE_12, closed=bare(403))), NEEDS_ONE),
)  # fmt: skip

NO_TOKEN_WITHOUT = (
    Row("core only: every other scope, and none, is invalid_scope", generic.where(scopes=only(CORE_12)), ONE_IS_DUE),
    Row("core only, in 1.1: none is invalid_request", older.where(scopes=only(CORE_11, without=oauth_says(400,
        "invalid_request", error_description="Missing parameter: scope"))), ONE_IS_DUE),
    Row("core only: invalid_scope is a 401", District(SKYWARD).where(scopes=only(CORE_11, refused=oauth_says(401,
        "invalid_scope"))), ONE_IS_DUE),
    Row("the whole roster only: invalid_scope is a 403", generic.where(scopes=only(ROSTER_12, refused=oauth_says(403,
        "invalid_scope", error_description="Scope not allowed"))), ONE_IS_DUE),
    Row("one scope at a time: two together are invalid_scope, none is, too", older.where(scopes=only(CORE_11,
        ROSTER_11, one_at_a_time=True)), ONE_IS_DUE),
    Row("the other version's core only", generic.where(scopes=only(CORE_11)), ONE_IS_DUE),
    Row("the other version's roster only, and none is a 401", older.where(scopes=only(ROSTER_12, without=oauth_says(
        401, "invalid_scope", error_description="no default scope is configured"))), ONE_IS_DUE),
    Row("the scope is judged first, and the key is right", generic.where(scopes=only(CORE_12, first="scope")),
        ONE_IS_DUE),
    Row("the scope is judged first, none is invalid_request, at Campus", campus.where(scopes=only(ROSTER_12, CORE_12,
        first="scope", without=oauth_says(400, "invalid_request"))), ONE_IS_DUE),
    Row("only the body is taken, and a scope is wanted", older.shaped(takes=frozenset({"body"})).where(
        scopes=only(CORE_11)), NEEDS_ONE),
    Row("unknown scopes are dropped, and one that is known is wanted", generic.where(scopes=only(CORE_12, ROSTER_12,
        unknown="dropped")), ONE_IS_DUE),
    Row("the header is a 400 web page, the body wants a scope", generic.where(token_says(html_reply(400,
        "<h1>Bad Request</h1>"), when=in_header), scopes=only(CORE_12, refused=INVALID_SCOPE)), NEEDS_ONE),
)  # fmt: skip

AS_EXPECTED = (
    Row("Ed-Fi: one scope at a time", District(ED_FI).where(scopes=only(CORE_12, ROSTER_12,
        one_at_a_time=True), total="none", link="none"), healthy()),
    Row("Aeries: the whole roster only, core is refused", District(AERIES).where(scopes=only(ROSTER_11)), healthy()),
    Row("the scope that the client may have was typed", generic.where(scopes=only(CORE_12)), passes(),
        Typed(scope=CORE_12)),
    Row("the other version's scope was typed, and is right", older.where(scopes=opened_by(CORE_12)), healthy(),
        Typed(scope=CORE_12)),
    Row("short names were typed, and are right", generic.where(scopes=only("roster-core.readonly",
        "roster.readonly")), passes(), Typed(scope="roster-core.readonly")),
    Row("a scope of the provider's own was typed, and opens", older.where(scopes=only("sis.rostering.read",
        opens=frozenset({"sis.rostering.read"}))), passes(), Typed(scope="sis.rostering.read")),
)  # fmt: skip

WRONG_KEY = (
    Row("the scope is judged first, and the secret is wrong", generic.where(scopes=only(CORE_12, first="scope")),
        fails("token.invalid-client"), WRONG),
    Row("the scope is judged first as a 401, and the key is wrong, in 1.1", older.where(scopes=only(CORE_11,
        ROSTER_11, first="scope", refused=oauth_says(401, "invalid_scope"))), fails("token.invalid-client"),
        Typed(key="elm-valley-4712")),
    Row("the scope is judged first, only the roster's own is known, and the secret is wrong", generic.where(
        scopes=only(ROSTER_12, first="scope", without=oauth_says(400, "invalid_request"))),
        fails("token.invalid-client"), WRONG),
    Row("credentials are judged first, and the secret is wrong", older.where(scopes=only(CORE_11)),
        fails("token.invalid-client"), WRONG),
    Row("the right scope was typed, and the secret is wrong", generic.where(scopes=only(CORE_12, first="scope")),
        fails("token.invalid-client"), Typed(secret="of-another-district", scope=CORE_12)),
)  # fmt: skip

WRONG_SCOPE = (
    Row("every scope and none is invalid_scope, and the key is right", generic.where(scopes=only("sis.read")),
        fails("token.invalid-scope")),
    Row("every scope is invalid_scope as a 401, in 1.1", older.where(scopes=only("api://elm/.default",
        refused=oauth_says(401, "invalid_scope"))), fails("token.invalid-scope")),
    Row("none is invalid_request, every scope of OneRoster is invalid_scope", generic.where(scopes=only(
        "https://sis.elm.example/.default", without=oauth_says(400, "invalid_request"))),
        fails("token.invalid-scope")),
    Row("every scope is invalid_scope, and a wrong header form is a 401", older.shaped(takes=frozenset({"body"}))
        .where(scopes=only("roster")), fails("token.invalid-scope")),
    Row("the other version's scope was typed, and only this one's are known", generic.where(scopes=only(CORE_12,
        ROSTER_12)), fails("token.invalid-scope"), Typed(scope=ROSTER_11)),
    Row("openid was typed, and core alone is known", older.where(scopes=only(CORE_11, refused=oauth_says(403,
        "invalid_scope"))), fails("token.invalid-scope"), Typed(scope="openid")),
    Row("short names were typed, and only the full ones are known", generic.where(scopes=only(CORE_12, ROSTER_12)),
        fails("token.invalid-scope"), Typed(scope="roster.readonly")),
)  # fmt: skip

DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
GRADES = Typed(share=("rostering", "gradebook"))
ROSTER_ONLY = frozenset({CORE_12, ROSTER_12})

A_PART = (
    Row("demographics: the challenge of RFC 6750, and the client may have the roster only", generic.where(
        scopes=Scopes(may_have=ROSTER_ONLY, unknown="dropped", default=ROSTER_12, closed=challenged(403,
        DEMOGRAPHICS_12), parts={"demographics": frozenset({DEMOGRAPHICS_12})})), fails("sharing.scope-missing"),
        DEMOGRAPHICS),
    Row("demographics: 403 of problem+json, and their scope was asked for and not granted", older.where(scopes=Scopes(
        may_have=frozenset({ROSTER_11}), unknown="dropped", closed=problem_json(403, "Forbidden"),
        parts={"demographics": frozenset({DEMOGRAPHICS_11})})), fails("sharing.scope-missing"),
        Typed(share=("rostering", "demographics"), scope=f"{ROSTER_11} {DEMOGRAPHICS_11}")),
    Row("grade book: words of its own, and its scope is invalid_scope for this client", generic.where(scopes=Scopes(
        may_have=ROSTER_ONLY, default=CORE_12, closed=insufficient(403, "needs a scope of the grade book"),
        parts=dict.fromkeys(("categories", "lineItems", "results"), frozenset({GRADES_12})))),
        fails("sharing.scope-missing"), GRADES),
    Row("grade book: 403 without a body, and its scope was asked for and not granted", older.where(scopes=Scopes(
        may_have=frozenset({ROSTER_11}), unknown="dropped", closed=bare(403),
        parts=dict.fromkeys(("categories", "lineItems", "results"), frozenset({GRADES_11})))),
        fails("sharing.scope-missing"), Typed(share=("rostering", "gradebook"), scope=f"{ROSTER_11} {GRADES_11}")),
    Row("the whole roster: the client may have demographics only, everything else is dropped", generic.where(
        scopes=Scopes(may_have=frozenset({DEMOGRAPHICS_12}), unknown="dropped", default=DEMOGRAPHICS_12,
        opens=ROSTER_ONLY, closed=error_1_2(403, "forbidden"))), fails("sharing.scope-missing")),
)  # fmt: skip

IN_VAIN = (
    Row("403 with whichever scope", generic.where(data_says(error_1_2(403, "forbidden"))), fails("access.forbidden")),
    Row("403 as a web page with whichever scope, and scopes are not told", older.where(scopes=opened_by("sis.write",
        may_have=frozenset({CORE_11, ROSTER_11, CORE_12, ROSTER_12}), tells="nothing", closed=html_reply(403,
        "Forbidden"))), fails("access.forbidden")),
    Row("401 with whichever scope, and every scope but the default is refused", generic.where(data_says(bare(401)),
        scopes=Scopes(may_have=frozenset({"sis.read"}), default="sis.read")), fails("access.token-rejected")),
    Row("500 with whichever scope", older.where(data_says(STACK_TRACE), scopes=Scopes(unknown="dropped",
        may_have=frozenset())), fails("access.server-error")),
    Row("404 with whichever scope", generic.where(data_says(spring_says(404, "Not Found")), scopes=Scopes(
        may_have=ROSTER_ONLY)), fails("access.base-url-wrong")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        *GOOD_FOR_NOTHING,
        *NO_TOKEN_WITHOUT,
        *AS_EXPECTED,
        *WRONG_KEY,
        *WRONG_SCOPE,
        *A_PART,
        *IN_VAIN,
    ],
    ids=ids,
)
async def test_scopes(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
