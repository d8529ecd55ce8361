"""What answered in place of the student information system: a firewall, a filter, a gateway; by structure first.

A refusal by another product than the one that gave the token or the data, or one that only requests with parameters
meet; the marks of known products come second.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict
from ..limits import PAGE_ROWS
from ..urls import Place, place_of
from .context import RunContext
from .model import DATA_CAME, Outcome, failed, known

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..http.answer import Answer

# Refusals of a request before a program looks at it; a 401 is a program's own.
_REFUSALS = frozenset({403, 406, 451})


async def before_the_token(run: RunContext, answer: Answer) -> Outcome | None:
    """Whether something else than the token URL answered; None when nothing shows it."""
    place = run.target.token_place
    found = _named(answer, None, place, "token.blocked")
    if found is not None or answer.status not in _REFUSALS or place != run.target.base_place or run.is_late:
        return found
    # How the student information system answers on the same host.
    other = await _of_a_stranger(run, "/orgs")
    found = _named(answer, other.answer, place, "token.blocked")
    return found and failed(found.cause or "", other.evidence, **found.facts)


async def before_the_data(run: RunContext, requests: list[Reading]) -> Outcome | None:
    """Whether something else than the student information system refused all of these; None when nothing shows it."""
    proof = [each.evidence for each in requests]
    found = next((outcome for each in requests if (outcome := stands_between(run, each))), None)
    page = next((each for each in requests if each.status in _REFUSALS and not each.answer.is_json), None)
    if page is not None and page.limit and not run.is_late:
        bare = await run.data.list(page.path, limit=0, note="without parameters")
        proof.append(bare.evidence)
        if bare.good:
            facts = (
                found.facts if found else known({"host": run.target.base_place.host, "status": page.status})
            )
            outcome = failed("access.blocked", *proof, **facts, only="requests with parameters", partly=True)
            # The same credentials opened the data.
            return replace(outcome, proves=DATA_CAME)
    return found and failed(found.cause or "", *proof, **found.facts)


def stands_between(run: RunContext, reading: Reading, *usual: Answer) -> Outcome | None:
    """What one refusal shows of something in between, without a further request; None when it shows nothing.

    `usual` are answers of this run that came from the student information system; that of the token is another.
    """
    place, token = run.target.base_place, run.token_answer
    if token is not None and place_of(token.url) == place:
        usual = (*usual, token)
    for each in usual or (None,):
        outcome = _named(reading.answer, each, place, "access.blocked", reading.evidence)
        if outcome is not None:
            return outcome
    return None


def _named(
    answer: Answer, usual: Answer | None, place: Place, cause: str, *proof: Evidence
) -> Outcome | None:
    """The outcome that names what stands in between; `usual` is how the student information system answers."""
    from ..client.intermediary import (
        is_of_another_server,
        product_in_between,
        refused_by_itself,
        server_of,
        speaks_of_caller,
        wants_certificate,
        wants_key_of_gateway,
        wants_login,
    )

    facts: FactDict = known({"host": place.host, "status": answer.status})
    if wants_certificate(answer):
        return failed("tls.protocol", *proof, host=place.host, client_certificate="client certificate")
    if wants_login(answer):
        login = refused_by_itself(answer) or server_of(answer)
        return failed("access.gateway-key", *proof, **facts, product=login, login="user name and password")
    if wants_key_of_gateway(answer):
        return failed("access.gateway-key", *proof, **facts, product=server_of(answer))
    product = product_in_between(answer, usual)
    if product:
        return failed(cause, *proof, **facts, product=product)
    if usual is not None and answer.status in _REFUSALS and is_of_another_server(answer, usual):
        return failed(cause, *proof, **facts, server=server_of(answer), usual_server=server_of(usual))
    if answer.status in _REFUSALS and (server := refused_by_itself(answer)):
        return failed(cause, *proof, **facts, server=server)
    if answer.status in _REFUSALS and speaks_of_caller(answer):
        return failed(cause, *proof, **facts, about="the address that the request came from")
    return None


async def _of_a_stranger(run: RunContext, path: str) -> Reading:
    from ..client.authorization import Anonymous

    return await run.data.list(
        path, limit=PAGE_ROWS, authorizer=Anonymous(), with_cookies=False, note="without credentials"
    )
