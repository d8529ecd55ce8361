"""Servers that change their mind: tried again within limits, noted as a warning, and not called broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ...servers import Reply, Request, html_reply, text_reply
from .district import District, Override, data_says, token_says
from .oddities import until_closed
from .replies import CLOSED, RESET, STACK_TRACE, TOO_MANY_AS_HTML, bare
from .row import WITH_GRADES, Row, fails, healthy, holds, ids, passes, run
from .shapes import CAMPUS, GENERIC, GENERIC_1_1, GENERIC_OAUTH_1

campus, generic, older = District(CAMPUS), District(GENERIC), District(GENERIC_1_1)
BUSY = bare(503, ("Retry-After", "0"))


def broken_off(request: Request, reply: Reply) -> Reply:
    """Half of the answer, and the end of the connection."""
    whole = reply.to_bytes(datetime.now(UTC))
    return Reply(raw=whole[: len(whole) // 2])


CHANGES_ITS_MIND = (
    Row("one 503 at the first data call", generic.where(data_says(BUSY, times=1)), healthy(noting="load.unsteady")),
    Row("two 503 that ask to wait, one behind the other", generic.where(data_says(BUSY, times=2, first=4)),
        healthy(noting="load.unsteady")),
    Row("two 503 that ask to wait, at the token URL", older.where(token_says(BUSY, times=2)),
        healthy(noting="load.unsteady")),
    Row("one 503 in the middle", older.where(data_says(BUSY, times=1, first=6)), healthy(noting="load.unsteady")),
    Row("one 502 of the balancer", campus.where(data_says(html_reply(502, "Bad Gateway", ("Retry-After", "0")),
        times=1, first=4)), healthy(noting="load.unsteady")),
    Row("one 504", older.where(data_says(html_reply(504, "Gateway Timeout", ("Retry-After", "0")), "enrollments",
        times=1)), healthy(noting="load.unsteady")),
    Row("one 429 with a second to wait", generic.where(data_says(bare(429, ("Retry-After", "1")), times=1, first=3)),
        healthy(noting="load.throttled")),
    Row("one 429 as a web page", older.where(data_says(TOO_MANY_AS_HTML, times=1, first=2)),
        healthy(noting="load.throttled")),
    Row("two 429 one behind the other", generic.where(data_says(TOO_MANY_AS_HTML, times=2, first=5)),
        healthy(noting="load.throttled")),
    Row("a 429 in the grade book", campus.where(data_says(bare(429, ("Retry-After", "0")), "lineItems", times=1)),
        healthy(noting="load.throttled"), WITH_GRADES),
    Row("one 429 whose wait is a date that has passed", older.where(data_says(text_reply(
        429, "slow", ("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT")), times=1)), healthy(noting="load.throttled")),
    Row("one connection closed", generic.where(data_says(CLOSED, times=1, first=4)), healthy(noting="load.unsteady")),
    Row("one connection reset", older.where(data_says(RESET, times=1, first=7)), healthy(noting="load.unsteady")),
    Row("the connection is closed behind every answer", generic.where(data_says(until_closed)), passes()),
    Row("the token ends in the middle of the run", older.where(first_token_lasts=5), healthy(noting="load.unsteady")),
    Row("the token ends behind the first call", generic.where(first_token_lasts=1), healthy(noting="load.unsteady")),
    Row("the token ends in the middle of the grade book", campus.where(first_token_lasts=9),
        healthy(noting="load.unsteady"), WITH_GRADES),
    Row("one 503 at the token URL", campus.where(token_says(BUSY, times=1)), healthy(noting="load.unsteady")),
    Row("one 429 at the token URL", generic.where(token_says(TOO_MANY_AS_HTML, times=1)),
        healthy(noting="load.throttled")),
    Row("one closed connection at the token URL", older.where(token_says(CLOSED, times=1)),
        healthy(noting="load.unsteady")),
    Row("one 503 under OAuth 1", District(GENERIC_OAUTH_1).where(data_says(BUSY, times=1)),
        healthy(noting="load.unsteady")),
    Row("one closed connection under OAuth 1", District(GENERIC_OAUTH_1).where(data_says(CLOSED, times=1, first=8)),
        healthy(noting="load.unsteady")),
    Row("one empty 500 in the middle", generic.where(data_says(bare(500), times=1, first=4)),
        healthy(noting="load.unsteady")),
    Row("one 500 with a stack trace for the enrollments", older.where(data_says(STACK_TRACE, "enrollments", times=1)),
        healthy(noting="load.unsteady")),
    Row("the token ends in the middle, and its end is a 403", generic.where(data_says(
        lambda request, reply: replace(reply, status=403) if reply.status == 401 else reply), first_token_lasts=3),
        healthy(noting="load.unsteady")),
    Row("the token ends in the middle, and its end is a 401 web page", older.where(data_says(
        lambda request, reply: html_reply(401, "expired") if reply.status == 401 else reply), first_token_lasts=4),
        healthy(noting="load.unsteady")),
    Row("a list that breaks off once", generic.where(data_says(broken_off, times=1, first=5)),
        healthy(noting="load.unsteady")),
    Row("503, then a closed connection, each once and apart", older.where(data_says(BUSY, times=1, first=2),
        data_says(CLOSED, times=1, first=8)), healthy(noting="load.unsteady")),
    Row("a 429 and a 503 at one call", generic.where(data_says(BUSY, times=1, first=3), data_says(TOO_MANY_AS_HTML,
        times=1, first=4)), healthy()),
)  # fmt: skip


@pytest.mark.parametrize("row", CHANGES_ITS_MIND, ids=ids)
async def test_unsteady(row: Row, tmp_path: Path) -> None:
    await holds(row, tmp_path)


@pytest.mark.parametrize("says", [data_says, token_says])
async def test_a_busy_server_that_asks_to_wait_is_quoted(
    says: Callable[[Reply], Override], tmp_path: Path
) -> None:
    for wait, words in (
        (
            "0",
            "(HTTP 503, 3 requests, 3 times in a row)."
            if says is data_says
            else "(HTTP 503, 3 times in a row).",
        ),
        ("900", "and asks to wait 900 seconds; this tool waits at most 20 seconds for one answer."),
    ):
        district = generic.where(says(bare(503, ("Retry-After", wait))))
        result, _ = await run(Row("busy", district, fails("access.server-error")), tmp_path)
        assert result.verdict.cause in ("access.server-error", "token.server-error")
        assert result.verdict.summary.endswith(words), result.verdict.summary
