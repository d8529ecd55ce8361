"""Data that moved: redirects on the same host are followed once, and the address to use is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from oneroster_checks.finding import Status

from ...servers import Reply, Request
from .district import Change, District, data_says
from .oddities import in_chunks
from .replies import bare, leads_to
from .row import WITH_GRADES, Row, Typed, fails, healthy, holds, ids, run, warns
from .shapes import CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, SKYWARD

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)


def from_old(request: Request) -> bool:
    """Whether a request is for the place where the service was."""
    return request.target.startswith("/old/")


def to_new(status: int = 302, host: bool = False) -> Change:
    """The service moved from /old to where it is now."""

    def change(request: Request, reply: Reply) -> Reply:
        origin = f"http://{request.headers['host']}" if host else ""
        return leads_to(status, f"{origin}{request.target.removeprefix('/old')}")

    return change


def wants_slash(request: Request) -> bool:
    """Whether a path lacks its slash at the end."""
    return not request.path.endswith("/")


def with_slash(request: Request, reply: Reply) -> Reply:
    """The same path with a slash, as web frameworks redirect."""
    path, mark, query = request.target.partition("?")
    return leads_to(301, f"{path}/{mark}{query}")


OLD_1_2 = Typed(base="{origin}/old/api/ims/oneroster")
OLD_1_1 = Typed(base="{origin}/old/ims/oneroster/v1p1")

FOLLOWED = (
    Row("302 to another path, in 1.2", generic.where(data_says(to_new(), when=from_old)),
        warns("access.redirected", suggestion="{base}"), OLD_1_2),
    Row("308 to another path, with scheme and host, in 1.1", older.where(data_says(to_new(308, host=True),
        when=from_old)), warns("access.redirected", suggestion="{base}"), OLD_1_1),
    Row("307 to another path, signed with OAuth 1", District(GENERIC_OAUTH_1).where(data_says(to_new(307),
        when=from_old)), warns("access.redirected", suggestion="{base}"), OLD_1_1),
    Row("301 to another path, with the grade book", campus.where(data_says(to_new(301), when=from_old)),
        warns("access.redirected", suggestion="{base}"), Typed(
        base="{origin}/old/campus/api/oneroster/v1p2/elm/ims/oneroster", vendor=WITH_GRADES.vendor,
        share=WITH_GRADES.share)),
    Row("the base URL lacks its version, and the redirect adds it to the roots of 1.1", older.where(data_says(
        to_new(), when=from_old)), warns("access.redirected"), Typed(base="{origin}/old/ims/oneroster")),
    Row("a slash is wanted behind every path", generic.where(data_says(with_slash, when=wants_slash)),
        warns("access.redirected")),
    Row("a slash is wanted behind every path, in 1.1", older.where(data_says(with_slash, when=wants_slash)),
        warns("access.redirected")),
    Row("a slash is wanted, signed with OAuth 1", District(GENERIC_OAUTH_1).where(data_says(with_slash,
        when=wants_slash)), warns("access.redirected")),
    Row("the first request is redirected, to the same path with a mark", District(SKYWARD).where(data_says(
        lambda request, reply: leads_to(302, f"{request.target}&node=2"), times=1)), warns("access.redirected")),
    Row("one part is redirected to where it is, and the rest is in place", generic.where(
        data_says(lambda request, reply: leads_to(302, request.target.replace("/demographics", "/demographics/")),
        "demographics", when=wants_slash)), healthy(), Typed(share=("rostering", "demographics"))),
    Row("answers in chunks behind a redirect", generic.where(data_says(in_chunks), data_says(to_new(),
        when=from_old)), warns("access.redirected", suggestion="{base}"), OLD_1_2),
)  # fmt: skip

BEHIND = (
    Row("a wrong secret behind the redirect of OAuth 1", District(GENERIC_OAUTH_1).where(data_says(to_new(),
        when=from_old)), fails("oauth1.rejected"),
        Typed(base="{origin}/old/ims/oneroster/v1p1", secret="another-one-1")),
    Row("403 behind the redirect", generic.where(data_says(bare(403), when=lambda request: not from_old(request)),
        data_says(to_new(), when=from_old)), fails("access.forbidden"), OLD_1_2),
    Row("a server error behind the redirect", older.where(data_says(bare(500),
        when=lambda request: not from_old(request)), data_says(to_new(), when=from_old)),
        fails("access.server-error"), OLD_1_1),
)  # fmt: skip


@pytest.mark.parametrize("row", [*FOLLOWED, *BEHIND], ids=ids)
async def test_redirects(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


async def test_a_run_asks_at_the_new_address_from_then_on(tmp_path: Path) -> None:
    result, served = await run(FOLLOWED[0], tmp_path)
    old = [heard for heard in served.server.heard if from_old(heard) and heard.method == "GET"]
    assert len(old) == 1
    found = result.finding("access.redirects")
    assert found is not None
    assert found.status is Status.WARN
    assert found.facts["suggestion"] == served.fill("{base}")
    assert "this run followed the redirect on the same host" in result.verdict.summary
    assert served.fill("{base}") in result.verdict.fix[0].text


async def test_a_slash_is_said_and_breaks_nothing_else(tmp_path: Path) -> None:
    result, _ = await run(FOLLOWED[5], tmp_path)
    assert result.verdict.summary == (
        "127.0.0.1 redirects data requests at /orgs (HTTP 301): a slash at the end of the path is missing; this run "
        "followed the redirect on the same host."
    )
    assert result.verdict.then == ()


async def test_nothing_is_said_where_nothing_is_redirected(tmp_path: Path) -> None:
    result, _ = await run(Row("in place", generic, healthy()), tmp_path)
    found = result.finding("access.redirects")
    assert found is not None
    assert (found.status, found.cause) == (Status.PASS, None)
