"""What answered in place of the student information system: a firewall, a filter, a gateway; by structure first.

A page of another product than the one that gave the token, a page that strangers get as well, or a request that
is refused only with parameters; the marks of known products come second.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..limits import PAGE_BEGINNING, PAGE_ROWS
from ..urls import place_of
from .context import RunContext
from .model import Outcome, failed

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..http.answer import Answer

# Refusals of a request before a program looks at it; a 401 is a program's own.
_REFUSALS = frozenset({403, 406, 451})
# What differs in every copy of a page: numbers of incidents, times, addresses.
_NUMBERS = re.compile(r"[0-9A-Fa-f.:-]{4,}|[0-9]+")


async def before_the_token(run: RunContext, answer: Answer) -> Outcome | None:
    """Whether something else than the token URL answered; None when nothing shows it."""
    from ..client.intermediary import is_another_server, product_in_between, server_of, wants_key_of_gateway

    place = run.target.token_place
    if wants_key_of_gateway(answer):
        return failed("access.gateway-key", host=place.host, status=answer.status, product=server_of(answer))
    product = product_in_between(answer)
    if product:
        return failed("token.blocked", host=place.host, status=answer.status, product=product)
    if not _is_page(answer):
        return None
    other = await _of_a_stranger(run, "/orgs")
    if is_alike(answer, other.answer):
        return failed("token.blocked", other.evidence, host=place.host, status=answer.status, alike="data")
    if place == run.target.base_place and is_another_server(answer, other.answer):
        return failed(
            "token.blocked", other.evidence, host=place.host, status=answer.status, server=server_of(answer),
            usual_server=server_of(other.answer),
        )  # fmt: skip
    return None


async def before_the_data(run: RunContext, requests: list[Reading]) -> Outcome | None:
    """Whether something else than the student information system refused all of these; None when nothing shows it."""
    from ..client.intermediary import is_another_server, product_in_between, server_of, wants_key_of_gateway

    proof = [each.evidence for each in requests]
    host = run.target.base_place.host
    first = requests[0]
    if all(wants_key_of_gateway(each.answer) for each in requests):
        server = server_of(first.answer)
        return failed("access.gateway-key", *proof, host=host, status=first.status, product=server)
    marked = next((each for each in requests if product_in_between(each.answer)), None)
    if marked is not None:
        product = product_in_between(marked.answer)
        return failed("access.blocked", *proof, host=host, status=marked.status, product=product)
    page = next((each for each in requests if _is_page(each.answer)), None)
    usual = run.token_answer
    if page is None:
        return None
    same_place = usual is not None and place_of(usual.url) == run.target.base_place
    if usual is not None and same_place and is_another_server(page.answer, usual):
        return failed(
            "access.blocked", *proof, host=host, status=page.status, server=server_of(page.answer),
            usual_server=server_of(usual),
        )  # fmt: skip
    return await _compared(run, page, proof)


async def _compared(run: RunContext, page: Reading, proof: list[Evidence]) -> Outcome | None:
    """What a request without parameters, and one without credentials, show of a page that refuses."""
    host = run.target.base_place.host
    bare = await run.data.list(page.path, limit=0, note="without parameters")
    if bare.good:
        return failed(
            "access.blocked",
            *proof,
            bare.evidence,
            host=host,
            status=page.status,
            only="requests with parameters",
        )
    stranger = await _of_a_stranger(run, page.path)
    if is_alike(page.answer, stranger.answer):
        return failed(
            "access.blocked", *proof, stranger.evidence, host=host, status=page.status, alike="strangers"
        )
    return None


async def _of_a_stranger(run: RunContext, path: str) -> Reading:
    from ..client.authorization import Anonymous

    return await run.data.list(
        path, limit=PAGE_ROWS, authorizer=Anonymous(), with_cookies=False, note="without credentials"
    )


def is_alike(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same refusal, whatever numbers each copy bears."""
    if one.status != other.status or one.is_json != other.is_json:
        return False
    return _NUMBERS.sub("", one.text[:PAGE_BEGINNING]) == _NUMBERS.sub("", other.text[:PAGE_BEGINNING])


def _is_page(answer: Answer) -> bool:
    """Whether a refusal is a text for people, and no error of a program."""
    return answer.status in _REFUSALS and not answer.is_json and bool(answer.body.strip())
