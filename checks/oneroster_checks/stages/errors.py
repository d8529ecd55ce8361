"""The checks of refusals: errors in the standard's form, and no data for strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from ..connection import Secret
from ..finding import FactDict, Stage
from ..standard.errors import in_standard_form
from ..standard.operations import collection
from .context import TOO_SLOW, RunContext
from .model import Check, Outcome, failed, known, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.reading import Reading
    from ..http.answer import Answer

# What a server, or what is in front of it, says to any request while it is busy, or of the token alone.
_OF_NO_RECORD = frozenset({401, 403, 408, 429, 502, 503, 504})
_NOTHING_READ = "no collection could be read"


async def _shape(run: RunContext) -> Outcome:
    from ..client.reading import Kind

    if run.is_slow:
        return skipped(TOO_SLOW)
    path = _readable(run)
    if path is None:
        return skipped(_NOTHING_READ)
    reading = await run.data.one(path, str(uuid4()), note="with a sourcedId that does not exist")
    answer = reading.answer
    if answer.status is None:
        return skipped("the request got no answer", answer.evidence)
    if answer.status in _OF_NO_RECORD or reading.kind in (
        Kind.REDIRECT,
        Kind.LOGIN_PAGE,
        Kind.MAINTENANCE,
        Kind.THROTTLED,
    ):
        return skipped(f"the request with an unknown sourcedId failed ({reading.kind})", answer.evidence)
    facts: FactDict = {"path": f"{path}/{{sourcedId}}", "status": answer.status}
    if answer.status < 400:
        detail = "a status of success for a sourcedId that does not exist"
        return warned("error.shape", answer.evidence, **facts | {"detail": detail})
    if not in_standard_form(answer.document):
        return warned("error.shape", answer.evidence, **known({**facts, "detail": _what(answer)}))
    return passed(answer.evidence)


def _what(answer: Answer) -> str:
    return "it has no body" if answer.content.is_blank else ""


def _readable(run: RunContext) -> str | None:
    """A collection that this run could read: one of the roster before others, one with records before empty ones."""
    version = run.connection.oneroster
    read = [reading for reading in run.readings.values() if reading.good]
    read.sort(key=lambda each: (collection(version, each.path).service != "rostering", not each.rows))
    return read[0].path if read else None


async def _unsafe(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    from ..client.authorization import Anonymous, Authorizer, Bearer

    secret = Secret(uuid4().hex)
    forged = Bearer(secret) if run.signing is None else run.signer(run.signing, secret)
    strangers: tuple[tuple[Authorizer, str], ...] = (
        (Anonymous(), "without credentials"),
        (forged, "with forged credentials"),
    )
    path = _readable(run)
    if path is None:
        return skipped(_NOTHING_READ)
    proof = []
    unknown = ""
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
        if not _refuses(run, reading):
            unknown = unknown or f"the request {words} failed ({reading.kind})"
    return skipped(unknown, *proof) if unknown else passed(*proof)


def _refuses(run: RunContext, reading: Reading) -> bool:
    """Whether a stranger was refused: by an answer, and not by a server that is busy, broken or silent."""
    from ..client.reading import Kind

    if reading.kind is Kind.EMPTY:
        # Where the key gets no records either, it shows nothing.
        return bool(run.rows(reading.path))
    return reading.kind not in (Kind.THROTTLED, Kind.SERVER_ERROR, Kind.MAINTENANCE, Kind.SILENT)


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
