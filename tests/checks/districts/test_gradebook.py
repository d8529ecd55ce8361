"""The grade book: the vendor's header missing or refused, the whole of it refused, or broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, json_reply
from .district import VENDOR_KEY, District, data_says, gradebook_says
from .records import nothing_in
from .replies import (
    NOT_FOUND_PAGE,
    STACK_TRACE,
    bare,
    error_1_1,
    error_1_2,
    one_space,
    problem_json,
    spring_says,
)
from .row import WITH_GRADES, Row, Typed, fails, healthy, holds, ids, passes
from .shapes import CAMPUS, CAMPUS_1_1, CAMPUS_LEGACY, CAMPUS_OAUTH_1, GENERIC, GENERIC_1_1

campus, older, legacy = District(CAMPUS), District(CAMPUS_1_1), District(CAMPUS_LEGACY)
NO_PAIR = Typed(share=("rostering", "gradebook"))
WRONG_PAIR = Typed(share=("rostering", "gradebook"), vendor=(VENDOR_KEY, "not-the-vendor-secret"))


def has_pair(request: Request) -> bool:
    """Whether the vendor's header came along."""
    return "x-vendor-authorization" in request.headers


def has_none(request: Request) -> bool:
    """Whether the vendor's header is missing."""
    return not has_pair(request)


def refused_as(reply: Reply) -> District:
    """A grade book that refuses every pair, and the lack of one, in this way."""
    return campus.where(gradebook_says(lambda request, honest: reply if honest.status == 401 else honest))


MISSING = (
    Row("no vendor key: 401 in the standard's form of 1.2", campus, fails("gradebook.vendor-credentials-missing"),
        NO_PAIR),
    Row("no vendor key: 401 in the standard's form of 1.1", older, fails("gradebook.vendor-credentials-missing"),
        NO_PAIR),
    Row("no vendor key: 401 as a web page", refused_as(html_reply(401, "Unauthorized")),
        fails("gradebook.vendor-credentials-missing"), NO_PAIR),
    Row("no vendor key: 401 without a body", refused_as(bare(401)), fails("gradebook.vendor-credentials-missing"),
        NO_PAIR),
    Row("no vendor key: 403, where others say 401", refused_as(spring_says(403, "Forbidden")),
        fails("gradebook.vendor-credentials-missing"), NO_PAIR),
    Row("no vendor key: unauthorised inside a 200", refused_as(error_1_2(200, "unauthorisedrequest")),
        fails("gradebook.vendor-credentials-missing"), NO_PAIR),
    Row("no vendor key: OAuth 1", District(CAMPUS_OAUTH_1), fails("gradebook.vendor-credentials-missing"), NO_PAIR),
    Row("half of the vendor's pair", campus, fails("gradebook.vendor-credentials-missing"),
        Typed(share=("rostering", "gradebook"), vendor=(VENDOR_KEY, ""))),
    Row("no vendor key: assessments alone", campus, fails("gradebook.vendor-credentials-missing"),
        Typed(share=("rostering", "assessments"))),
)  # fmt: skip

REJECTED = (
    Row("a wrong vendor secret: 401 in the standard's form", campus, fails("gradebook.vendor-credentials-rejected"),
        WRONG_PAIR),
    Row("a wrong vendor secret: 401 as a web page", refused_as(html_reply(401, "Unauthorized")),
        fails("gradebook.vendor-credentials-rejected"), WRONG_PAIR),
    Row("a wrong vendor secret: 401 without a body", refused_as(bare(401)),
        fails("gradebook.vendor-credentials-rejected"), WRONG_PAIR),
    Row("a wrong vendor secret: 1.1", older, fails("gradebook.vendor-credentials-rejected"), WRONG_PAIR),
    Row("a wrong vendor secret: unauthorised inside a 200", refused_as(error_1_2(200, "unauthorisedrequest")),
        fails("gradebook.vendor-credentials-rejected"), WRONG_PAIR),
    Row("a wrong vendor secret: OAuth 1", District(CAMPUS_OAUTH_1), fails("gradebook.vendor-credentials-rejected"),
        WRONG_PAIR),
    Row("a wrong vendor secret: assessments alone", campus, fails("gradebook.vendor-credentials-rejected"),
        Typed(share=("rostering", "assessments"), vendor=(VENDOR_KEY, "not-the-vendor-secret"))),
)  # fmt: skip

NOT_ENABLED = (
    Row("403 in the standard's form of 1.2", campus.where(gradebook_says(error_1_2(403, "forbidden"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("403 in the standard's form of 1.1", older.where(gradebook_says(error_1_1(403, "forbidden"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("404 of one space", legacy.where(gradebook_says(one_space(404))), fails("gradebook.not-enabled"),
        WITH_GRADES),
    Row("403 as a web page", campus.where(gradebook_says(html_reply(403, "Forbidden"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("404 as a web page", campus.where(gradebook_says(NOT_FOUND_PAGE)), fails("gradebook.not-enabled"),
        WITH_GRADES),
    Row("forbidden inside a 200", older.where(gradebook_says(error_1_1(200, "forbidden"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("unsupported inside a 200", campus.where(gradebook_says(error_1_2(200, "unsupported", major="unsupported"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("a status of 403 inside a 200", campus.where(gradebook_says(json_reply(200, {"status": 403,
        "message": "no licence"}))), fails("gradebook.not-enabled"), WITH_GRADES),
    Row("401 without the pair, 403 with it", campus.where(gradebook_says(bare(403), when=has_pair)),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("categories are there, line items and results are refused", campus.where(data_says(problem_json(403,
        "Forbidden"), "lineItems", "results")), fails("gradebook.not-enabled"), WITH_GRADES),
    Row("another provider: 403", District(GENERIC_1_1).where(gradebook_says(error_1_1(403, "forbidden"))),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("another provider: the service is not there", District(GENERIC).shaped(parts=frozenset({"rostering"})),
        fails("gradebook.not-enabled"), WITH_GRADES),
    Row("OAuth 1: credentials for the roster alone", District(CAMPUS_OAUTH_1).where(gradebook_says(spring_says(403,
        "Forbidden"))), fails("gradebook.not-enabled"), WITH_GRADES),
)  # fmt: skip

BROKEN = (
    Row("the grade book breaks with a stack trace", campus.where(gradebook_says(STACK_TRACE)),
        fails("access.part-broken"), WITH_GRADES),
    Row("the grade book breaks with an empty 500", older.where(gradebook_says(bare(500))),
        fails("access.part-broken"), WITH_GRADES),
)  # fmt: skip

RIGHT = (
    Row("the right pair", campus, passes(), WITH_GRADES),
    Row("the right pair, 1.1", older, passes(), WITH_GRADES),
    Row("no results yet, and line items are there", campus.where(nothing_in("results")), passes(), WITH_GRADES),
    Row("no line items yet, and categories are there", older.where(nothing_in("lineItems", "results")), passes(),
        WITH_GRADES),
    Row("another provider without any pair", District(GENERIC), passes(), NO_PAIR),
    Row("the grade book is refused, and nobody wants it", campus.where(gradebook_says(bare(403))), healthy()),
)  # fmt: skip


@pytest.mark.parametrize("row", [*MISSING, *REJECTED, *NOT_ENABLED, *BROKEN, *RIGHT], ids=ids)
async def test_gradebook(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)
