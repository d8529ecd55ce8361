"""Token endpoints that know the key and not the grant, and those that want the request in another form."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply
from .district import District, in_body, in_header, token_says
from .policies import CORE_12
from .replies import bare, oauth_says, problem_json
from .row import Row, Typed, fails, holds, ids
from .shapes import AERIES, CAMPUS, GENERIC, GENERIC_1_1, SKYWARD

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def only_json(reply: Reply) -> District:
    """A token endpoint that reads a JSON body alone, and says this to every form."""

    def change(request: Request, honest: Reply) -> Reply:
        return honest if request.headers.get("content-type", "").startswith("application/json") else reply

    return generic.where(token_says(change))


GRANT = (
    Row("unauthorized_client as 400: the grant is not allowed for the client", generic.where(token_says(oauth_says(400,
        "unauthorized_client", error_description="requested grant type is not allowed for this client"))),
        fails("token.unauthorized-client")),
    Row("invalid_request with the words of a published server", generic.where(token_says(oauth_says(400,
        "invalid_request", error_description="requested grant type is not allowed for this client"))),
        fails("token.unauthorized-client")),
    Row("unauthorized_client as 401, with a challenge", older.where(token_says(oauth_says(401, "unauthorized_client",
        error_description="Client not enabled to retrieve service account").but(("WWW-Authenticate",
        'Basic realm="elm"')))), fails("token.unauthorized-client")),
    Row("unauthorized_client as 403, and the grant is named", District(SKYWARD).where(token_says(oauth_says(403,
        "unauthorized_client", error_description="Grant type 'client_credentials' not allowed for the client."))),
        fails("token.unauthorized-client")),
    Row("unauthorized_client without words, with a scope typed", generic.where(token_says(oauth_says(400,
        "unauthorized_client"))), fails("token.unauthorized-client"), Typed(scope=CORE_12)),
    Row("unauthorized_client inside a 200", older.where(token_says(oauth_says(200, "unauthorized_client",
        error_description="the application is not approved"))), fails("token.unauthorized-client")),
    Row("invalid_request in other words, in 1.1", older.where(token_says(oauth_says(400, "invalid_request",
        error_description="This client is not authorized to use the grant type client_credentials"))),
        fails("token.unauthorized-client")),
    Row("access_denied as 400, Aeries", District(AERIES).where(token_says(oauth_says(400, "access_denied",
        error_description="The integration has been turned off"))), fails("token.unauthorized-client")),
    Row("unauthorized_client in the header, the body is not looked at", campus.where(token_says(oauth_says(400,
        "unauthorized_client"), when=in_header), token_says(oauth_says(401, "invalid_client"), when=in_body)),
        fails("token.unauthorized-client")),
)  # fmt: skip

WRONG_KEY = (
    Row("a wrong secret, and words about a grant", generic.where(token_says(oauth_says(401, "invalid_client",
        error_description="Client authentication failed: no grant was issued"))), fails("token.invalid-client")),
    Row("a wrong secret, and words about a scope", older.where(token_says(oauth_says(401, "invalid_client",
        error_description="Unknown client, or a scope that is not its own"))), fails("token.invalid-client")),
)  # fmt: skip

FORM = (
    Row("unsupported_grant_type as 401", older.where(token_says(oauth_says(401, "unsupported_grant_type"))),
        fails("token.request-form")),
    Row("unsupported_grant_type as 422, with words", generic.where(token_says(oauth_says(422,
        "unsupported_grant_type", error_description="Only password and refresh_token are supported"))),
        fails("token.request-form")),
    Row("unsupported_grant_type at Campus as 400", campus.where(token_says(oauth_says(400, "unsupported_grant_type",
        hint="Check that all required parameters have been provided"))), fails("token.request-form")),
    Row("415 without a body", generic.where(token_says(bare(415, ("Accept-Post", "application/json")))),
        fails("token.request-form")),
    Row("415 as a web page", older.where(token_says(html_reply(415, "<h1>HTTP Status 415</h1>"))),
        fails("token.request-form")),
    Row("411: a length is required, though it was told", District(SKYWARD).where(token_says(html_reply(411,
        "<h2>Length Required</h2><p>HTTP Error 411.</p>"))), fails("token.request-form")),
    Row("411 without a body", generic.where(token_says(bare(411))), fails("token.request-form")),
    Row("a wrong secret: access was not granted", generic.where(token_says(json_reply(401,
        {"message": "Unauthorized: access was not granted"}))), fails("token.invalid-client")),
    Row("a wrong secret: invalid_grant, and unauthorized in its words", older.where(token_says(oauth_says(400,
        "invalid_grant", error_description="Unauthorized"))), fails("token.invalid-client")),
    Row("JSON only: 415 of problem+json", only_json(problem_json(415, "Unsupported Media Type")),
        fails("token.request-form")),
    Row("JSON only: 400, and the parser's words", only_json(json_reply(400, {"statusCode": 400,
        "message": "Unexpected token g in JSON at position 0"})), fails("token.request-form")),
    Row("JSON only: 400 and the content type", only_json(json_reply(400, {"error": "invalid_request",
        "error_description": "Content-Type must be application/json"})), fails("token.request-form")),
    Row("the body is not read: 400 and invalid_request, the grant's field is missing, which was sent", older.where(
        token_says(oauth_says(400, "invalid_request", error_description="Missing form parameter: grant_type"))),
        fails("token.request-form")),
    Row("the body is not read: 422, and the missing fields are listed", generic.where(token_says(json_reply(422,
        {"detail": [{"loc": ["body", "grant_type"], "msg": "field required", "type": "value_error.missing"}]}))),
        fails("token.request-form")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*GRANT, *WRONG_KEY, *FORM], ids=ids)
async def test_grants(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
