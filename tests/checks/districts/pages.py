"""How servers cut, count and link their pages otherwise than the standard has it: changes for rows of the table."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from ...servers import Reply, Request
from .district import Change


def number(request: Request, name: str) -> int:
    """A number of the query, 0 where it is absent."""
    return int(request.asks(name) or 0)


def lists_only(change: Change) -> Change:
    """A change for collections, not for single records, refusals, and strangers."""
    return lambda request, reply: change(request, reply) if reply.status == 200 else reply


def when(test: Callable[[Request], bool], answer: Reply | Change) -> Change:
    """Another answer to the requests that the test picks, once they were let in."""

    def changed(request: Request, reply: Reply) -> Reply:
        if reply.status != 200 or not test(request):
            return reply
        return answer if isinstance(answer, Reply) else answer(request, reply)

    return changed


def above(most: int) -> Callable[[Request], bool]:
    """Requests for more rows than this."""
    return lambda request: number(request, "limit") > most


def behind(end: int) -> Callable[[Request], bool]:
    """Requests for rows that begin at this offset or later."""
    return lambda request: number(request, "offset") >= end


def with_query(name: str) -> Callable[[Request], bool]:
    """Requests with this parameter."""
    return lambda request: request.asks(name) is not None


def next_is(make: Callable[[Request, str], str]) -> Change:
    """The link to the next page, where there is one, leads to what is made of the request and the right address."""

    def changed(request: Request, reply: Reply) -> Reply:
        link = dict(reply.headers).get("Link", "")
        if 'rel="next"' not in link:
            return reply
        target = link[link.index("<") + 1 : link.index(">")]
        return reply.without("link").but(("Link", f'<{make(request, target)}>; rel="next"'))

    return changed


def page_address(request: Request, offset: int) -> str:
    """The address of another page of the same list."""
    others = [(name, value) for name, value in request.query if name != "offset"]
    query = urlencode([*others, ("offset", str(offset))])
    return f"http://{request.headers.get('host', '')}{request.target.partition('?')[0]}?{query}"


def total_is(make: Callable[[Request, Reply], str]) -> Change:
    """The total is this text."""
    return lists_only(
        lambda request, reply: reply.without("x-total-count").but(("X-Total-Count", make(request, reply)))
    )


def rows_in(reply: Reply) -> int:
    """How many rows an answer has."""
    lists = [value for value in json.loads(reply.body).values() if isinstance(value, list)]
    return len(lists[0]) if lists else 0


def broken_off(request: Request, reply: Reply) -> Reply:
    """The head and half of the body, and the end of the connection."""
    whole = reply.to_bytes(datetime.now(UTC))
    return Reply(raw=whole[: len(whole) - len(reply.body) // 2])


def stuck(request: Request, reply: Reply) -> Reply:
    """The head and half of the body, and then nothing more."""
    return replace(broken_off(request, reply), stalls=True)
