"""A fixed bearer token: no token URL, the secret is the token. What is right, what is refused, and where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import html_reply, json_reply
from .district import SECRET, District, data_says, is_data
from .replies import LOGIN_PAGE, NOT_FOUND_PAGE, TOO_MANY_AS_HTML, bare, error_1_1
from .row import Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import CLASSLINK_PROXY, GENERIC

proxy = District(CLASSLINK_PROXY)
generic = District(GENERIC.but(token="", client_id="", fixed_token=True))
REFUSED = error_1_1(401, "unauthorized")
OTHER_TOKEN = Typed(secret="another-token-of-old")

HEALTHY = (
    Row("a fixed token works", proxy, passes()),
    Row("a fixed token works, OneRoster 1.2", generic, passes()),
    Row("a token URL and a client id from before are not used", proxy, passes(),
        Typed(token="https://sis.elm.invalid/token", key="https://sis.elm.invalid/key")),
    Row("spaces and a line break around the token", proxy, warns("key.stray-characters"),
        Typed(secret=f"  {SECRET}\n")),
    Row("the word Bearer was pasted along", generic, warns("key.stray-characters"), Typed(secret=f"Bearer {SECRET}")),
    Row("the whole header was pasted", proxy, warns("key.stray-characters"),
        Typed(secret=f"Authorization: bearer {SECRET}")),
    Row("the token was broken over two lines, with spaces", generic, warns("key.stray-characters"),
        Typed(secret=f"{SECRET[:9]}\n   {SECRET[9:]}")),
    Row("the proxy asks to wait once", proxy.where(data_says(TOO_MANY_AS_HTML, times=1, first=4)),
        healthy(noting="load.throttled")),
    Row("401 as a web page for strangers", proxy.where(error=lambda status: html_reply(status, "no")),
        healthy(noting="error.shape")),
    Row("grades are shared too", proxy, passes(), Typed(share=("rostering", "gradebook"))),
)  # fmt: skip

REFUSALS = (
    Row("another token", proxy, fails("access.token-rejected"), OTHER_TOKEN),
    Row("another token, OneRoster 1.2", generic, fails("access.token-rejected"), OTHER_TOKEN),
    Row("another token, and 401 at every path of the host", proxy.where(unknown_path=REFUSED),
        fails("access.token-rejected"), OTHER_TOKEN),
    Row("a wrong base URL at a host that refuses before it looks", proxy.where(unknown_path=REFUSED),
        fails("access.token-rejected"), Typed(base="{origin}/proxy/oak/ims/oneroster/v1p1")),
    Row("401 as a web page", generic.where(error=lambda status: html_reply(status, "<h1>Unauthorized</h1>")),
        fails("access.token-rejected"), OTHER_TOKEN),
    Row("403 for everything", proxy.where(data_says(json_reply(403, {"message": "Forbidden"}))),
        fails("access.forbidden")),
    Row("403 for the demographics", generic.where(data_says(bare(403), "demographics")),
        fails("sharing.demographics-off"), Typed(share=("rostering", "demographics"))),
    Row("403 for people and classes", proxy.where(data_says(error_1_1(403, "forbidden"), "students", "teachers",
        "classes", "users", "courses", "enrollments")), fails("sharing.rostering-off")),
    Row("429 that does not end", proxy.where(data_says(TOO_MANY_AS_HTML)), fails("access.throttled")),
)  # fmt: skip

ADDRESSES = (
    Row("404 at the base URL, and no other form of it is known", proxy, fails("access.base-url-wrong"),
        Typed(base="{origin}/prxy/elm/ims/oneroster/v1p1")),
    Row("the base URL ends too early", proxy, fails("access.base-url-wrong", suggestion="{base}"),
        Typed(base="{origin}/proxy/elm")),
    Row("a wrong base URL and another token: 404 is all that is seen", proxy, fails("access.base-url-wrong"),
        Typed(base="{origin}/elsewhere/ims/oneroster/v1p1", secret="another-token-of-old")),
    Row("404 as a web page", generic.where(data_says(NOT_FOUND_PAGE)), fails("access.base-url-wrong")),
    Row("the web site for people", proxy.where(data_says(LOGIN_PAGE, when=is_data)), fails("access.login-page")),
    Row("no scheme", proxy, fails("address.malformed"), Typed(base="127.0.0.1:{port}/proxy/elm")),
    Row("the base URL of the other version", generic, fails("address.version-mismatch"), Typed(base="{base}/v1p1")),
    Row("the base URL is in the field of the token", proxy, fails("address.fields-swapped"), Typed(secret="{base}")),
    Row("no token", proxy, fails("key.missing"), Typed(secret="  ")),
    Row("no such host", proxy, fails("network.name-not-found"),
        Typed(base="https://proxy.elm.invalid/ims/oneroster/v1p1")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*HEALTHY, *REFUSALS, *ADDRESSES], ids=ids)
async def test_fixed_tokens(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
