"""The checks of refusals: errors in the standard's form, and no data for strangers."""

from __future__ import annotations

from uuid import uuid4

from ..connection import Secret
from ..finding import Stage
from ..standard.operations import collection
from .context import TOO_SLOW, RunContext
from .error_rules import judged_unknown, refuses_stranger
from .model import Check, Outcome, failed, passed, skipped

_NOTHING_READ = "no collection could be read"


async def _shape(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    path = _readable(run)
    if path is None:
        return skipped(_NOTHING_READ)
    reading = await run.data.one(path, str(uuid4()), note="with a sourcedId that does not exist")
    return judged_unknown(reading, path)


def _readable(run: RunContext) -> str | None:
    """A collection that this run could read: one of the roster before others, one with records before empty ones."""
    version = run.connection.oneroster
    read = [reading for reading in run.readings.values() if reading.good]
    read.sort(key=lambda each: (collection(version, each.path).service != "rostering", not each.rows))
    return read[0].path if read else None


async def _unsafe(run: RunContext) -> Outcome:
    if run.is_slow:
        return skipped(TOO_SLOW)
    from ..authorized import Authorized, AuthorizedBy
    from ..client.authorization import Anonymous, Authorizer, Bearer

    secret = Secret(uuid4().hex)
    made_up = Authorized(AuthorizedBy.TOKEN, made_up=True)
    forged = Bearer(secret, authorized=made_up) if run.signing is None else run.signer(run.signing, secret)
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
        if not refuses_stranger(run, reading):
            unknown = unknown or f"the request {words} failed ({reading.kind})"
    return skipped(unknown, *proof) if unknown else passed(*proof)


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
