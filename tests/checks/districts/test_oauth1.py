"""OAuth 1: signatures that are refused, by which method, with which parameters, and how old the credentials are."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply
from .district import District, Override, data_says
from .replies import bare, error_1_1
from .row import Row, Typed, fails, healthy, holds, ids, warns
from .shapes import CAMPUS_OAUTH_1, CLASSLINK, GENERIC_OAUTH_1

campus, generic, classlink = District(CAMPUS_OAUTH_1), District(GENERIC_OAUTH_1), District(CLASSLINK)
WRONG = "another-secret-entirely"


def signed_with(method: str, reply: Reply) -> Override:
    """A fault for whoever signs with this method."""

    def change(request: Request, honest: Reply) -> Reply:
        return reply if f'"{method}"' in request.headers.get("authorization", "") else honest

    return data_says(change)


ONLY_1, ONLY_256 = frozenset({"HMAC-SHA1"}), frozenset({"HMAC-SHA256"})

EXPIRED = (
    Row("two years old, 401 in the standard's form", campus, fails("oauth1.expired"), Typed(secret=WRONG,
        created=730)),
    Row("a year and a day old, 401 as a web page", campus.where(error=lambda status: html_reply(status,
        "Unauthorized")), fails("oauth1.expired"), Typed(secret=WRONG, created=367)),
    Row("400 days old, 403 without a body", campus.where(data_says(bare(403))), fails("oauth1.expired"),
        Typed(created=400)),
    Row("a year old today, 400 for every signature", campus.where(data_says(bare(400))), fails("oauth1.expired"),
        Typed(created=366)),
)  # fmt: skip

REJECTED = (
    Row("a wrong secret, and nobody knows how old", campus, fails("oauth1.rejected"), Typed(secret=WRONG)),
    Row("a wrong secret, and a hundred days old", campus, fails("oauth1.rejected"), Typed(secret=WRONG, created=100)),
    Row("a wrong key at another provider", generic, fails("oauth1.rejected"), Typed(key="unknown")),
    Row("401 as a web page", classlink.where(error=lambda status: html_reply(status, "Unauthorized")),
        fails("oauth1.rejected"), Typed(secret=WRONG)),
    Row("400 in words of its own", generic.where(data_says(json_reply(400, {"error": "invalid signature"}))),
        fails("oauth1.rejected")),
    Row("403, whoever asks", generic.where(data_says(error_1_1(403, "forbidden"))), fails("oauth1.rejected")),
    Row("unauthorised inside a 200", classlink.where(data_says(error_1_1(200, "unauthorized"))),
        fails("oauth1.rejected")),
)  # fmt: skip

METHOD = (
    Row("only HMAC-SHA1, at Campus", campus.shaped(signatures=ONLY_1), warns("oauth1.signature-method"),
        Typed(created=30)),
    Row("only HMAC-SHA1, at ClassLink", classlink, warns("oauth1.signature-method")),
    Row("only HMAC-SHA1, the other breaks the server", generic.where(signed_with("HMAC-SHA256", bare(500))),
        warns("oauth1.signature-method")),
    Row("only HMAC-SHA1, the other is forbidden", generic.where(signed_with("HMAC-SHA256", html_reply(403,
        "Forbidden"))), warns("oauth1.signature-method")),
    Row("only HMAC-SHA256", generic.shaped(signatures=ONLY_256), warns("oauth1.signature-method")),
)  # fmt: skip

QUERY = (
    Row("the query is left out of what is verified", campus.where(signed_query="left out"),
        fails("oauth1.query-signature")),
    Row("the query is left out of what is verified, and 401 is a web page", generic.where(signed_query="left out",
        error=lambda status: html_reply(status, "no")), fails("oauth1.query-signature")),
    Row("the query is left out of what is verified, with HMAC-SHA1 alone",
        classlink.where(signed_query="left out"), fails("oauth1.query-signature")),
)  # fmt: skip

AGE = (
    Row("works, at Campus: no new ones can be made", campus, warns("oauth1.discontinued"), Typed(created=100)),
    Row("works, at Campus, and nobody knows how old", campus, warns("oauth1.discontinued")),
    Row("works after two years: it was renewed", campus, warns("oauth1.discontinued"), Typed(created=730)),
    Row("works, and ends in two weeks", campus, warns("oauth1.expires-soon"), Typed(created=350)),
    Row("works, and ends tomorrow", campus, warns("oauth1.expires-soon"), Typed(created=364)),
    Row("works at another provider", generic, healthy(), Typed(created=350)),
)  # fmt: skip

ALLOWED = (
    Row("the key is known and not allowed: another secret is a 401, this one a 403",
        generic.where(data_says(lambda request, honest: bare(403) if honest.status == 200 else honest)),
        fails("access.forbidden")),
    Row("signature taken, and the address is wrong", generic, fails("access.base-url-wrong"),
        Typed(base="{origin}/somewhere/ims/oneroster/v1p1")),
    Row("signature taken, and the address lacks its service", generic.shaped(roots=("/ims/oneroster/rostering/v1p1",
        )), fails("access.base-url-wrong", suggestion="{origin}/ims/oneroster/rostering/v1p1")),
    Row("an empty 500 for whatever is signed", generic.where(data_says(bare(500))), fails("access.server-error")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*EXPIRED, *REJECTED, *METHOD, *QUERY, *AGE, *ALLOWED], ids=ids)
async def test_oauth1(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
