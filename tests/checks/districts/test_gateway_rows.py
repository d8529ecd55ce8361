"""A gateway's own key, an application's own error, redirects, one broken part, pages that are too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import certificates as paper
from ...servers import html_reply, json_reply, text_reply
from . import gateways as seen
from .district import District, data_says, token_says
from .gateways import behind, elsewhere, large, moved, once_let_in, other_port, slashed, to_plain_http
from .records import many
from .replies import STACK_TRACE, YELLOW_PAGE, bare, error_1_1, error_1_2, leads_to, problem_json, spring_says
from .row import WITH_GRADES, Port, Row, Typed, fails, healthy, holds, ids
from .shapes import BLACKBAUD, CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, POWERSCHOOL, SKYWARD, SYNERGY

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
skyward = District(SKYWARD)

GATEWAY_KEY = (
    Row("Azure API Management misses its subscription key", generic.where(data_says(seen.AZURE_API_MANAGEMENT)),
        fails("access.gateway-key")),
    Row("Azure API Management knows no such subscription key, at Blackbaud", District(BLACKBAUD).where(data_says(
        seen.AZURE_INVALID_KEY)), fails("access.gateway-key")),
    Row("AWS API Gateway: 403 and its error type", older.where(data_says(seen.AWS_API_GATEWAY)),
        fails("access.gateway-key")),
    Row("Kong: 401 with a challenge for a key", generic.where(data_says(seen.KONG)), fails("access.gateway-key")),
    Row("Kong under another name: 401 without a challenge", skyward.where(data_says(seen.KONG_RENAMED)),
        fails("access.gateway-key")),
    Row("Apigee: the variable of the key cannot be resolved", older.where(data_says(seen.APIGEE)),
        fails("access.gateway-key")),
    Row("Apigee: the key is invalid", generic.where(data_says(seen.APIGEE_INVALID)), fails("access.gateway-key")),
    Row("Google Cloud Endpoints: no unregistered callers", older.where(data_says(seen.GOOGLE_ENDPOINTS)),
        fails("access.gateway-key")),
    Row("Azure API Management in front of the token endpoint, too", generic.where(token_says(
        seen.AZURE_API_MANAGEMENT), data_says(seen.AZURE_API_MANAGEMENT)), fails("access.gateway-key")),
    Row("Kong in front of a server whose requests are signed", District(GENERIC_OAUTH_1).where(data_says(seen.KONG)),
        fails("access.gateway-key")),
)  # fmt: skip

NO_GATEWAY_KEY = (
    Row("401 of an ordinary server that speaks of keys", generic.where(data_says(bare(401, ("WWW-Authenticate",
        'Bearer realm="key service"')))), fails("access.token-rejected")),
    Row("403 and Forbidden in JSON, without the marks of a gateway", older.where(data_says(json_reply(403,
        {"message": "Forbidden"}))), fails("access.forbidden")),
)  # fmt: skip

ERROR_ANSWER = (
    Row("400: the district is not provisioned", generic.where(data_says(json_reply(400,
        {"error": "District not provisioned"}))), fails("access.error-answer")),
    Row("402: the license has expired", older.where(data_says(json_reply(402, {"message": "License expired",
        "code": "LIC-12"}))), fails("access.error-answer")),
    Row("409 of problem+json: the rollover is running", campus.where(data_says(problem_json(409,
        "School year rollover in progress"))), fails("access.error-answer")),
    Row("400 in the standard's form, for every path", generic.where(data_says(error_1_2(400, "invaliddata"))),
        fails("access.error-answer")),
    Row("400 in the standard's form of 1.1, for every path", older.where(data_says(error_1_1(400, "invalid data"))),
        fails("access.error-answer")),
    Row("406 without a body, for every path", generic.where(data_says(bare(406))), fails("access.error-answer")),
    Row("406 as a web page, for every path, by the product that gave the token", skyward.where(*behind(
        "Apache-Coyote/1.1"), data_says(once_let_in(html_reply(406, "<h1>Not Acceptable</h1>", ("Server",
        "Apache-Coyote/1.1"))))),
        fails("access.error-answer")),
    Row("400 without a body, for every path", older.where(data_says(bare(400))), fails("access.error-answer")),
    Row("422: the tenant is unknown", generic.where(data_says(json_reply(422, {"errors": [{
        "detail": "Tenant 4711 is not active"}]}))), fails("access.error-answer")),
    Row("an error inside a 200, in words of its own", older.where(data_says(json_reply(200, {"error": {
        "code": "SUB-04", "message": "The subscription of this school has ended"}}))), fails("access.error-answer")),
    Row("an error inside a 200, in the standard's form", generic.where(data_says(error_1_2(200, "invaliddata"))),
        fails("access.error-answer")),
    Row("an error inside a 200, in the standard's form of 1.1", older.where(data_says(error_1_1(200, "invalid data"))),
        fails("access.error-answer")),
    Row("an error inside a 200: a failure without a list of anything", skyward.where(data_says(json_reply(200,
        {"success": False, "errors": ["Integration is suspended until the contract is renewed"]}))),
        fails("access.error-answer")),
)  # fmt: skip

NO_ERROR_ANSWER = (
    Row("403: the license has expired", generic.where(data_says(json_reply(403, {"message": "License expired"}))),
        fails("access.forbidden")),
    Row("500: the district is not provisioned", older.where(data_says(json_reply(500,
        {"error": "District not provisioned"}))), fails("access.server-error")),
    Row("404: the district is not provisioned", generic.where(data_says(json_reply(404,
        {"error": "No such district"}))), fails("access.base-url-wrong")),
)  # fmt: skip

REDIRECTED = (
    Row("302 to the same path of another host", generic.where(data_says(elsewhere(302, "https://new.elm.example"))),
        fails("access.redirected")),
    Row("301 to the front page of another host", older.where(data_says(leads_to(301, "https://www.elm.example/"))),
        fails("access.redirected")),
    Row("308 to another host without a scheme", campus.where(data_says(leads_to(308,
        "//data.elm.example/ims/oneroster"))), fails("access.redirected")),
    Row("307 to another port of the same host", generic.where(data_says(other_port(307))),
        fails("access.redirected")),
    Row("301 from https to http", older.where(data_says(to_plain_http(301))), fails("access.redirected"),
        port=Port(paper.good)),
    Row("302 to itself, without end", generic.where(data_says(lambda request, reply: leads_to(302, request.target))),
        fails("access.redirected")),
    Row("302 to the next of many addresses", older.where(data_says(lambda request, reply: leads_to(302,
        f"{request.path}/next"))), fails("access.redirected")),
)  # fmt: skip

FOLLOWED = (
    Row("301 to the same path with a slash, at the collections that many read first", generic.where(data_says(
        slashed(), "orgs", "classes")), healthy(noting="access.redirected")),
    Row("308 to the same path with a slash, everywhere", older.where(data_says(slashed(308))),
        healthy(noting="access.redirected")),
    Row("302 to the new place of the interface on the same host", generic.shaped(roots=tuple(
        f"/api/2025/ims/oneroster/{service}/v1p2" for service in ("rostering", "gradebook", "resources"))).where(
        data_says(moved(302, "/api/ims/", "/api/2025/ims/"))), healthy(noting="access.redirected")),
    Row("307 to the new place, as a whole address, in 1.1", older.shaped(roots=("/sis/ims/oneroster/v1p1", )).where(
        data_says(lambda request, reply: leads_to(307, f"http://{request.headers['host']}/sis{request.target}")
        if request.path.startswith("/ims/") else reply)), healthy(noting="access.redirected")),
    Row("303 of one collection to its twin", generic.where(data_says(moved(303, "/orgs", "/schools"), "orgs")),
        healthy(noting="access.redirected")),
)  # fmt: skip

PART_BROKEN = (
    Row("an empty 500 at /orgs alone", generic.where(data_says(bare(500), "orgs")), fails("access.part-broken")),
    Row("a stack trace at /orgs alone", older.where(data_says(STACK_TRACE, "orgs")), fails("access.part-broken")),
    Row("403 in the standard's form at /orgs alone", campus.where(data_says(error_1_2(403, "forbidden"), "orgs")),
        fails("access.part-broken")),
    Row("404 at /orgs alone", older.where(data_says(spring_says(404, "Not Found"), "orgs")),
        fails("access.part-broken")),
    Row("a yellow page at /academicSessions alone", generic.where(data_says(YELLOW_PAGE, "academicSessions")),
        fails("access.part-broken")),
    Row("500 of problem+json at /enrollments alone", older.where(data_says(problem_json(500, "Timeout expired"),
        "enrollments")), fails("access.part-broken")),
    Row("500 of Spring at /classes alone", skyward.where(data_says(spring_says(500, "Internal Server Error"),
        "classes")), fails("access.part-broken")),
    Row("500 at /demographics alone", generic.where(data_says(bare(500), "demographics")),
        fails("access.part-broken"), Typed(share=("rostering", "demographics"))),
    Row("500 at /lineItems alone, the rest of the grade book is there", campus.where(data_says(STACK_TRACE,
        "lineItems")), fails("access.part-broken"), WITH_GRADES),
)  # fmt: skip

TOO_LARGE = (
    Row("400 in the standard's form for a limit above 50", generic.where(many("enrollments", 130), data_says(error_1_2(
        400, "invalid_selection_field"), when=large(50))), healthy(noting="load.page-too-large")),
    Row("400 in the standard's form of 1.1 for a limit above 25", older.where(data_says(error_1_1(400, "invalid data"),
        when=large(25))), healthy(noting="load.page-too-large")),
    Row("400 of problem+json for a limit above 50", District(POWERSCHOOL).where(data_says(problem_json(400,
        "The field limit must be between 1 and 50."), when=large(50))), healthy(noting="load.page-too-large")),
    Row("413 for a limit above 60", generic.where(data_says(text_reply(413, "Payload too large"), when=large(60))),
        healthy(noting="load.page-too-large")),
    Row("422 for a limit above 50", older.where(data_says(json_reply(422, {"detail": [{"loc": ["query", "limit"],
        "msg": "ensure this value is less than or equal to 50"}]}), when=large(50))),
        healthy(noting="load.page-too-large")),
    Row("an empty 500 for a limit above 50", District(SYNERGY).where(data_says(bare(500), when=large(50))),
        healthy(noting="load.page-too-large"), Typed(share=("rostering", ))),
    Row("504 of the balancer for a limit above 50, at /enrollments alone", generic.where(*behind("Kestrel"),
        many("enrollments", 260), data_says(seen.page(504, "504 Gateway Time-out", "<h1>504</h1>", ("Server",
        "awselb/2.0"), ("Retry-After", "0")), "enrollments", when=large(50))), healthy(noting="load.page-too-large")),
)  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        *GATEWAY_KEY,
        *NO_GATEWAY_KEY,
        *ERROR_ANSWER,
        *NO_ERROR_ANSWER,
        *REDIRECTED,
        *FOLLOWED,
        *PART_BROKEN,
        *TOO_LARGE,
    ],
    ids=ids,
)
async def test_gateways(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
