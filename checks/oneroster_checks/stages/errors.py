"""The checks of refusals: errors in the standard's form, and no data for strangers."""

from __future__ import annotations

from uuid import uuid4

from ..connection import Secret
from ..finding import FactDict, Stage
from ..standard.errors import in_standard_form
from .context import TOO_SLOW, Run
from .model import Check, Outcome, failed, passed, skipped, warned


async def _shape(run: Run) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    answer = (await run.data.one("/orgs", str(uuid4()), note="a sourcedId that does not exist")).answer
    facts: FactDict = {
        "path": "/orgs/{sourcedId}",
        "status": str(answer.status or "no answer"),
        "detail": "",
        "expected": "",
        "found": "",
    }
    if answer.status is None:
        return skipped("the request got no answer", answer.evidence)
    if answer.status < 400:
        detail = "an unknown sourcedId is answered as if it existed"
        return warned("error.shape", answer.evidence, **facts | {"detail": detail})
    if not in_standard_form(answer.document):
        return warned("error.shape", answer.evidence, **facts | {"detail": _what(answer.body)})
    return passed(answer.evidence, status=facts["status"])


def _what(body: bytes) -> str:
    return "" if body.strip() else "it has no body"


async def _unsafe(run: Run) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    from ..client.authorization import Anonymous, Authorizer, Bearer, Signed

    forged: Authorizer
    if run.connection.oauth == 1 and run.signature is not None:
        forged = Signed(run.key, Secret(uuid4().hex), run.signature)
    else:
        forged = Bearer(Secret(uuid4().hex))
    strangers: tuple[tuple[Authorizer, str], ...] = (
        (Anonymous(), "without a token"),
        (forged, "with a forged one"),
    )
    proof = []
    for stranger, words in strangers:
        reading = await run.data.list("/orgs", limit=1, authorizer=stranger, note=words)
        proof.append(reading.evidence)
        if reading.rows:
            facts: FactDict = {
                "path": "/orgs",
                "status": str(reading.status),
                "detail": words,
                "count": len(reading.rows),
            }
            return failed("error.unsafe", *proof, **facts)
    return passed(*proof)


CHECKS: tuple[Check, ...] = (
    Check(
        "error.shape", "Errors have the standard's form",
        "Whether an unknown sourcedId is refused in the form of the standard.",
        Stage.PROTOCOL, _shape, requires=("sharing.orgs",), after=("query.fields",),
    ),
    Check(
        "error.unsafe", "Nobody reads without credentials",
        "Whether data is refused without a token and with a forged one.",
        Stage.PROTOCOL, _unsafe, requires=("access.data",), after=("error.shape",),
    ),
)  # fmt: skip
