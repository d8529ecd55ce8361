"""The checks of refusals: errors in the standard's form, and no data for strangers."""

from __future__ import annotations

from uuid import uuid4

from ..connection import Secret
from ..finding import FactDict, Stage
from ..standard.errors import in_standard_form
from .context import TOO_SLOW, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned


async def _shape(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    path = _collection(run)
    answer = (await run.data.one(path, str(uuid4()), note="with a sourcedId that does not exist")).answer
    facts: FactDict = {"path": f"{path}/{{sourcedId}}", "status": answer.status or 0}
    if answer.status is None:
        return skipped("the request got no answer", answer.evidence)
    if answer.status < 400:
        detail = "the server answers as if an unknown sourcedId existed"
        return warned("error.shape", answer.evidence, **facts | {"detail": detail})
    if not in_standard_form(answer.document):
        return warned("error.shape", answer.evidence, **known({**facts, "detail": _what(answer.body)}))
    return passed(answer.evidence)


def _what(body: bytes) -> str:
    return "" if body.strip() else "it has no body"


def _collection(run: RunContext) -> str:
    """A collection that works: a connection for the grade book alone need not have /orgs."""
    return next((path for path, reading in run.readings.items() if reading.good), "/orgs")


async def _unsafe(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    from ..client.authorization import Anonymous, Authorizer, Bearer, Signed

    forged: Authorizer
    if run.signing is not None:
        forged = Signed(run.key, Secret(uuid4().hex), run.signing)
    else:
        forged = Bearer(Secret(uuid4().hex))
    strangers: tuple[tuple[Authorizer, str], ...] = (
        (Anonymous(), "without credentials"),
        (forged, "with forged credentials"),
    )
    path = _collection(run)
    proof = []
    for stranger, words in strangers:
        reading = await run.data.list(
            path, limit=1, authorizer=stranger, vendor="omit", note=words, with_cookies=False
        )
        proof.append(reading.evidence)
        if reading.rows:
            return failed(
                "error.unsafe",
                *proof,
                path=path,
                status=reading.status,
                detail=words,
                count=len(reading.rows),
            )
    return passed(*proof)


CHECKS: tuple[Check, ...] = (
    Check(
        "error.shape", "Error format",
        "Whether the error for an unknown sourcedId has the standard's form.",
        Stage.PROTOCOL, _shape, requires=("sharing.orgs",), after=("query.fields",),
    ),
    Check(
        "error.unsafe", "Access protection",
        "Whether the server refuses requests without credentials and with forged ones.",
        Stage.PROTOCOL, _unsafe, requires=("access.data",), after=("error.shape",),
        in_order="The server returned no data without credentials or with forged ones.",
    ),
)  # fmt: skip
