"""What real servers do (the reference, "Servers seen in the wild"): a row a behaviour that no other file has."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import pytest

from ...servers import Reply, Request, html_reply
from ...servers import certificates as paper
from .district import Change, District, data_says, token_says
from .policies import ROSTER_11, ROSTER_12
from .records import Data, each, last_first, many
from .replies import NOT_FOUND_PAGE, bare, error_1_1, error_1_2, leads_to, one_space
from .row import VENDOR_PAIR, Port, Row, Typed, fails, healthy, holds, ids, passes, warns
from .shapes import AERIES, CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1, POWERSCHOOL, SKYWARD

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
GRADES_ALONE = Typed(share=("gradebook",))
ASSESSMENTS_ALONE = Typed(share=("assessments",))
DEMOGRAPHICS = Typed(share=("rostering", "demographics"))
ALL = ("orgs", "academicSessions", "classes", "users", "enrollments")


def behind_the_last(reply: Reply, count: int) -> Change:
    """Said to whoever asks for a page that begins behind this many records."""
    return lambda request, honest: reply if int(request.asks("offset") or 0) >= count else honest


def next_at(origin: str) -> Change:
    """The next page stands at another origin, on every page but the last."""

    def change(request: Request, reply: Reply) -> Reply:
        links = [value for name, value in reply.headers if name == "Link"]
        if not links:
            return reply
        path = links[0].partition("://")[2].partition("/")[2]
        return reply.without("link").but(("Link", f"<{origin}/{path}"))

    return change


def with_cookie(name: str, refusal: Reply) -> tuple[Change, Change]:
    """A token endpoint that sets a cookie, and data that refuses whoever does not bring it back."""

    def sets(request: Request, reply: Reply) -> Reply:
        return reply.but(("Set-Cookie", f"{name}=node-7; Path=/; HttpOnly; SameSite=Lax"))

    def wants(request: Request, reply: Reply) -> Reply:
        return reply if f"{name}=node-7" in request.headers.get("cookie", "") else refusal

    return sets, wants


def sticky(district: District, name: str, refusal: Reply) -> District:
    """The same district with a cookie between its token endpoint and its data."""
    sets, wants = with_cookie(name, refusal)
    return district.where(token_says(sets), data_says(wants))


def another_view(data: Data) -> None:
    """The ids of people are written another way in their own collection than where they are referred to."""
    data["users"] = [{**user, "sourcedId": f"{str(user['sourcedId']).upper()}@elm"} for user in data["users"]]


def upside_down(data: Data) -> None:
    """Every collection in the opposite order."""
    for name in ALL:
        last_first(name)(data)


ONE_PART_ALONE = (
    Row("a server for the grade book alone, without /orgs", generic.shaped(parts=frozenset({"gradebook"})), healthy(),
        GRADES_ALONE),
    Row("a server for the grade book alone, in 1.1, with a 404 of one space", older.shaped(parts=frozenset({
        "gradebook"})).where(data_says(one_space(404), "orgs", "academicSessions", "classes", "users", "students",
        "teachers", "enrollments")), healthy(), GRADES_ALONE),
    Row("a key for the grade book alone, the roster is forbidden, at Campus", campus.where(data_says(error_1_2(403,
        "forbidden"), *ALL, "students", "teachers")), healthy(), Typed(share=("gradebook",), vendor=VENDOR_PAIR)),
    Row("a server for assessments alone, without /orgs", generic.shaped(parts=frozenset({"gradebook"})).where(
        data_says(NOT_FOUND_PAGE, *ALL, "students", "teachers")), healthy(), ASSESSMENTS_ALONE),
    Row("a server for resources alone, without /orgs", generic.shaped(parts=frozenset({"resources"})), healthy(),
        Typed(share=("resources",))),
    Row("the grade book alone, and the address leads nowhere", generic.shaped(parts=frozenset({"gradebook"})),
        fails("access.base-url-wrong", suggestion="{base}"), Typed(base="{origin}/api", share=("gradebook",))),
)  # fmt: skip

NOT_OFFERED = (
    Row("demographics are not offered: 404, and the token's scope is the roster's", generic.where(data_says(error_1_2(
        404, "unknownobject"), "demographics"), grants=ROSTER_12), fails("sharing.demographics-off"), DEMOGRAPHICS),
    Row("demographics are not offered: a web page of 404, and the token's scope is the roster's", older.where(
        data_says(NOT_FOUND_PAGE, "demographics"), grants=ROSTER_11), fails("sharing.demographics-off"),
        DEMOGRAPHICS),
    Row("resources are not offered: 404 of one space, and the token's scope is the roster's", older.where(data_says(
        one_space(404), "resources"), grants=ROSTER_11), warns("sharing.resources-off"), Typed(share=("rostering",
        "resources"))),
    Row("the grade book is not offered: 404, and the token's scope is the roster's", generic.shaped(parts=frozenset({
        "rostering"})).where(grants=ROSTER_12), fails("gradebook.not-enabled"), Typed(share=("rostering",
        "gradebook"))),
)  # fmt: skip

PAGES = (
    Row("behind the last page is a 404 in the standard's form, with a total", generic.where(data_says(behind_the_last(
        error_1_2(404, "unknownobject"), 3))), healthy()),
    Row("behind the last page is a 404 in the standard's form of 1.1, without a total", older.where(data_says(
        behind_the_last(error_1_1(404, "unknown object"), 3)), total="none", link="none"), healthy()),
    Row("next names a host inside the server's own network", generic.where(many("enrollments", 250), data_says(
        next_at("http://oneroster-7c9f.sis.svc.cluster.local:8080"))), healthy(noting="paging.next-elsewhere")),
    Row("next names the server by its inner address, in 1.1", older.where(many("enrollments", 250), data_says(
        next_at("https://10.20.30.40"))), healthy(noting="paging.next-elsewhere")),
    Row("next is http behind a proxy that ends TLS", generic.where(many("enrollments", 250)),
        healthy(noting="paging.next-elsewhere"), port=Port(paper.good)),
    Row("orderBy is ignored, and everything is in order already", older.where(sort="ignored"),
        healthy(noting="query.sort-ignored")),
    Row("orderBy is ignored, and everything is in the opposite order", generic.where(upside_down, sort="ignored"),
        healthy(noting="query.sort-ignored")),
    Row("the order is followed from a natural order upside down", older.where(upside_down), passes()),
)  # fmt: skip

COOKIES = (
    Row("Aeries: data wants the cookie of the token endpoint, else 401", sticky(District(AERIES), "ASP.NET_SessionId",
        error_1_1(401, "unauthorized")), healthy()),
    Row("PowerSchool: data wants the cookie of the token endpoint, else the login page", sticky(District(POWERSCHOOL),
        "JSESSIONID", leads_to(302, "/admin/pw.html")), healthy()),
    Row("another provider: data wants the cookie of the balancer, else 403", sticky(generic, "AWSALB", html_reply(403,
        "Forbidden")), healthy()),
    Row("Skyward: data wants the cookie of the balancer, else an empty 500", sticky(District(SKYWARD), "SERVERID",
        bare(500)), healthy()),
    Row("the cookie of one host is not sent to the other", generic.where(token_says(with_cookie("SID", bare(500))[0]),
        data_says(lambda request, reply: bare(400) if "cookie" in request.headers else reply)), healthy(),
        Typed(token="{elsewhere}/oauth2/token")),
)  # fmt: skip

BUSY = (
    Row("503 with a second to wait, twice at one call", generic.where(data_says(bare(503, ("Retry-After", "1")),
        times=2, first=2)), healthy()),
    Row("503 at the token endpoint with a second to wait", older.where(token_says(html_reply(503, "Busy", (
        "Retry-After", "1")), times=1)), healthy()),
)  # fmt: skip

VIEWS = (
    Row("ids of people are computed another way in their own list: every reference dangles", older.where(another_view),
        fails("accounts.students-missing")),
    Row("ids of people are numbers in their own list, and codes where they are enrolled", District(SKYWARD).where(
        each("users", lambda user: {**user, "sourcedId": str(crc32(str(user["sourcedId"]).encode()))})),
        fails("accounts.students-missing")),
    Row("OAuth 1: ids of people in their own list have another ending", District(GENERIC_OAUTH_1).where(each("users",
        lambda user: {**user, "sourcedId": f"{user['sourcedId']}-2026"})), fails("accounts.students-missing")),
)  # fmt: skip


@pytest.mark.parametrize("row", [*ONE_PART_ALONE, *NOT_OFFERED, *PAGES, *COOKIES, *BUSY, *VIEWS], ids=ids)
async def test_real_servers(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
