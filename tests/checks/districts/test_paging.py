"""Pages, totals, links and page sizes as servers have them: what breaks a client, and what is only odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import certificates, html_reply
from .district import District, data_says
from .oddities import growing
from .pages import (
    above,
    behind,
    broken_off,
    next_is,
    number,
    page_address,
    rows_in,
    stuck,
    total_is,
    when,
)
from .records import last_first, many
from .replies import bare, error_1_1, error_1_2, problem_json
from .row import Port, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import CAMPUS, CAMPUS_1_1, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
LONG = many("enrollments", 250)
LARGE, LARGE_ENROLLED = many("users", 3000), many("enrollments", 3000)
LONGER = many("enrollments", 350)
QUICKLY = Typed(timeout=1.0)
TOO_MANY_ROWS_1_1, TOO_MANY_ROWS_1_2 = error_1_1(400, "invalid data"), error_1_2(400, "invaliddata")

ELSEWHERE = (
    Row("next names the host behind the proxy", generic.where(LONG, data_says(next_is(lambda request, target:
        "http://sis-internal.example:8080/ims/oneroster/enrollments?limit=100&offset=100"))),
        warns("paging.next-elsewhere")),
    Row("next names the host behind the proxy, in 1.1 and without a total", older.where(LONG, data_says(next_is(
        lambda request, target: target.replace("127.0.0.1", "10.20.0.7"))), total="none"),
        warns("paging.next-elsewhere")),
    Row("next has lost the port", campus.where(LONG, data_says(next_is(lambda request, target: target.replace(
        f":{request.headers['host'].rpartition(':')[2]}", "")))), warns("paging.next-elsewhere")),
    Row("next speaks http where the base URL is https", older.where(LONG), warns("paging.next-elsewhere"),
        port=Port(certificates.good)),
    Row("next speaks another scheme", District(GENERIC_OAUTH_1).where(LONG, data_says(next_is(lambda request,
        target: target.replace("http://", "https://")))), warns("paging.next-elsewhere")),
    Row("next has lost the beginning of its path", older.where(LONG, data_says(next_is(lambda request, target:
        target.replace("/ims/oneroster/v1p1", "")))), warns("paging.next-elsewhere")),
    Row("only a short list has a link, and it leads elsewhere", generic.where(data_says(lambda request,
        reply: reply.but(("Link", '<https://other.example/orgs?offset=3>; rel="next"')), "orgs")),
        warns("paging.next-elsewhere")),
)  # fmt: skip

LOOPS = (
    Row("the second page's next leads to the first", generic.where(LONGER, data_says(next_is(lambda request, target:
        page_address(request, 0) if number(request, "offset") else target))), fails("paging.next-loops")),
    Row("the second page's next leads to itself", older.where(LONGER, data_says(next_is(lambda request, target:
        page_address(request, 100) if number(request, "offset") else target))), fails("paging.next-loops")),
    Row("every next leads to its own page", campus.where(LONG, data_says(next_is(lambda request, target:
        page_address(request, number(request, "offset"))))), fails("paging.next-loops")),
    Row("the second page's next leads to the first, and no total", older.where(LONGER, data_says(next_is(
        lambda request, target: page_address(request, 0) if number(request, "offset") else target)), total="none"),
        fails("paging.next-loops")),
    Row("the last page's next leads to the first", generic.where(many("enrollments", 150), data_says(next_is(
        lambda request, target: page_address(request, 0) if number(request, "offset") else target)),
        link="always next"), fails("paging.next-loops")),
    Row("next names a cursor that starts again", older.where(LONG, data_says(next_is(lambda request, target:
        page_address(request, 0) + "&cursor=abc"))), fails("paging.next-loops")),
    Row("the second page's next leads back into the first", generic.where(LONGER, data_says(next_is(lambda request,
        target: page_address(request, 50) if number(request, "offset") == 100 else target))),
        fails("paging.next-loops")),
)  # fmt: skip

TOTALS = (
    Row("the total is that of the page, and the page is full", generic.where(LONG, data_says(total_is(lambda request,
        reply: str(rows_in(reply)))), link="none"), fails("paging.total-wrong")),
    Row("the total is that of the page, and pages have ten rows", older.where(data_says(total_is(lambda request,
        reply: str(rows_in(reply)))), cap=10, link="none"), fails("paging.total-wrong")),
    Row("the total says more, and behind the first page is nothing", older.where(many("enrollments", 100), data_says(
        total_is(lambda request, reply: "180"), "enrollments"), link="none"), fails("paging.total-wrong")),
    Row("the total says more, and behind the first page is a 404", generic.where(many("enrollments", 100), data_says(
        total_is(lambda request, reply: "180"), "enrollments"), data_says(when(behind(100), bare(404))),
        link="none"), fails("paging.total-wrong")),
    Row("two totals that differ", older.where(data_says(lambda request, reply: reply.but(("X-Total-Count", "7")))),
        warns("paging.total-missing")),
)  # fmt: skip

SIZES = (
    Row("a limit above 50 is a 400 in the standard's form", generic.where(LONG, data_says(when(above(50),
        TOO_MANY_ROWS_1_2))), warns("load.page-too-large")),
    Row("the same in 1.1", older.where(data_says(when(above(50), TOO_MANY_ROWS_1_1))), warns("load.page-too-large")),
    Row("a limit above 20 is a 400 of another form", generic.where(LONG, data_says(when(above(20), problem_json(
        400, "limit")))), warns("load.page-too-large")),
    Row("a limit above 50 is a 422", campus.where(data_says(when(above(50), bare(422)))),
        warns("load.page-too-large")),
    Row("pages of a hundred enrollments break the server", older.where(LONG, data_says(when(above(30), bare(500)),
        "enrollments")), warns("load.page-too-large")),
    Row("pages of a hundred are too late for the balancer", generic.where(LONG, data_says(when(above(50), html_reply(
        504, "Gateway Timeout", ("Retry-After", "0"))), "enrollments", "students")), warns("load.page-too-large")),
    Row("pages of a hundred break off", older.where(LONG, data_says(when(above(50), broken_off), "enrollments")),
        warns("load.page-too-large")),
    Row("pages of a hundred do not end in time", generic.where(LONG, data_says(when(above(50), stuck),
        "enrollments")), warns("load.page-too-large"), QUICKLY),
    Row("a thousand sessions are too many", District(CAMPUS_1_1).where(data_says(when(above(500),
        bare(413)))), warns("load.page-too-large")),
    Row("every page of every size breaks the server", older.where(data_says(bare(500))),
        fails("access.server-error")),
)  # fmt: skip

LIMITS = (
    Row("limit is ignored", generic.where(limit="ignored"), warns("paging.limit-ignored")),
    Row("limit is ignored, and there are more than a hundred", older.where(LONG, limit="ignored"),
        warns("paging.limit-ignored")),
    Row("limit and offset are ignored: the whole list, always", generic.where(limit="ignored", offset="ignored"),
        warns("paging.limit-ignored")),
    Row("the whole list, always, without a total or a link", older.where(LONG, limit="ignored", offset="ignored",
        total="none", link="none"), healthy(noting="paging.limit-ignored")),
    Row("pages of ten where more is asked for", older.where(LONG, cap=10), warns("paging.limit-capped")),
    Row("a large district in pages of fifty, neither total nor links", older.where(LARGE, LARGE_ENROLLED,
        last_first("users"), cap=50, total="none", link="none"), warns("paging.limit-capped")),
    Row("a large district in pages of fifty, each with its own total", older.where(LARGE, LARGE_ENROLLED,
        last_first("users"), data_says(total_is(lambda request, reply: str(rows_in(reply)))), cap=50, link="none"),
        fails("paging.total-wrong")),
    Row("a large district in full pages, each with its own total", generic.where(LARGE, LARGE_ENROLLED,
        last_first("users"), data_says(total_is(lambda request, reply: str(rows_in(reply)))), link="none"),
        fails("paging.total-wrong")),
    Row("pages of five, neither total nor links", campus.where(cap=5, total="none", link="none"),
        warns("paging.limit-capped")),
)  # fmt: skip

ODD = (
    Row("next is relative to the path", generic.where(LONG, data_says(next_is(lambda request, target:
        f"?{target.partition('?')[2]}"))), passes()),
    Row("next is relative to the host", older.where(LONG, link="relative"), passes()),
    Row("next names the host in capitals", generic.where(LONG, data_says(next_is(lambda request, target:
        target.replace("127.0.0.1", "LOCALHOST")))), passes(), Typed(base="{elsewhere}/api/ims/oneroster",
        token="{elsewhere}/oauth2/token")),
    Row("next is still there on the last page, behind its end", older.where(many("enrollments", 150),
        link="always next"), passes()),
    Row("the last page's next is the last page", generic.where(many("enrollments", 150), data_says(next_is(
        lambda request, target: page_address(request, 100))), link="always next"), passes()),
    Row("the only page's next is itself", older.where(data_says(next_is(lambda request, target: page_address(request,
        0))), link="always next"), passes()),
    Row("the last page's next leads to a 404", generic.where(many("enrollments", 150), data_says(when(behind(150),
        bare(404))), link="always next"), passes()),
    Row("next names a cursor, and offset is not needed", older.where(LONG, data_says(next_is(lambda request, target:
        f"{target}&cursor=abc"))), passes()),
    Row("the total stands there twice", generic.where(LONG, data_says(lambda request, reply: reply.but(*[
        pair for pair in reply.headers if pair[0] == "X-Total-Count"]))), passes()),
    Row("behind a full last page is a 404, and no total", older.where(many("enrollments", 100), data_says(when(
        behind(100), bare(404))), total="none", link="none"), healthy(noting="paging.total-missing")),
    Row("behind a full last page is a 400 in the standard's form, and no total", generic.where(
        many("enrollments", 100), data_says(when(behind(100), error_1_2(400, "invaliddata"))), total="none",
        link="none"), healthy(noting="paging.total-missing")),
    Row("somebody enrolls while pages are read", older.where(LONG, offset="one short", total=growing), healthy()),
    Row("the last row is asked for alone, and is the only one with its number", generic.where(many("enrollments", 2),
        many("classes", 2)), passes()),
    Row("ten rows where no limit is asked, no total and no links", generic.where(LONG, default_limit=10,
        total="none", link="none"), healthy(noting="paging.total-missing")),
    Row("somebody leaves while pages are read", generic.where(LONG, total=lambda request, total: total - number(
        request, "offset") // 100), passes()),
    Row("the page is clamped to 500, with neither total nor links", older.where(many("enrollments", 700), cap=500,
        total="none", link="none"), healthy(noting="paging.total-missing")),
    Row("a district of ten classes and ten students", generic.where(many("classes", 10), many("users", 15),
        data_says(lambda request, reply: reply, "students")), passes()),
    Row("the newest first", older.where(LONG, last_first("enrollments"), last_first("classes")), passes()),
    Row("a page of a hundred is refused once", generic.where(LONG, data_says(when(above(50), bare(500)),
        "enrollments", times=1)), healthy(noting="load.unsteady")),
    Row("the second page is throttled for good", generic.where(LONG, data_says(when(behind(100), bare(429,
        ("Retry-After", "0"))))), passes()),
)  # fmt: skip


@pytest.mark.parametrize("row", [*ELSEWHERE, *LOOPS, *TOTALS, *SIZES, *LIMITS, *ODD], ids=ids)
async def test_paging(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
