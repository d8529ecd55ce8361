"""The first data requests: does the base URL lead to OneRoster data for this key."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import Stage, Status
from ..limits import PAGE_ROWS
from ..points import Point
from ..standard.addresses import service_roots, suggested_roots
from .context import RunContext
from .failures import failed_by, redirect_words, throttle_facts
from .model import Check, Outcome, Precondition, failed, passed
from .part_outcomes import lacks_scope, scope_missing

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Kind, Reading

# What is requested when /orgs gives nothing: "every data request" needs more than one.
_OTHERS = ("/academicSessions", "/classes")


async def _data(run: RunContext) -> Outcome:
    from ..client.reading import Kind

    first = await run.reading("/orgs")
    if first.good:
        run.signature = run.signing
        return passed(first.evidence, path="/orgs")
    if first.kind is Kind.SILENT:
        return _silent(run, first)
    tried = [first]
    for path in _OTHERS:
        if first.kind is Kind.THROTTLED:
            break
        tried.append(await run.reading(path))
        if tried[-1].good:
            # Something of the roster answers; what does not is for the checks of what is shared.
            run.signature = run.signing
            return passed(*(each.evidence for each in tried), path=path)
    return await _nothing_answers(run, tried)


async def _nothing_answers(run: RunContext, requests: list[Reading]) -> Outcome:
    from ..client.reading import Kind

    kinds = {each.kind for each in requests}
    proof = [each.evidence for each in requests]
    if Kind.THROTTLED in kinds:
        return _named(run, "access.throttled", requests, proof, Kind.THROTTLED)
    if Kind.SILENT in kinds and kinds <= {Kind.SILENT, Kind.SERVER_ERROR}:
        return _silent(run, next(each for each in requests if each.kind is Kind.SILENT))
    # A gateway may forbid, or break at, whatever path it does not know: the other forms show it.
    suggestion, tried = await _try_suggestions(run)
    proof += [reading.evidence for reading in tried]
    if suggestion:
        outcome = _named(run, "access.base-url-wrong", requests, proof, suggestion=suggestion)
        return replace(outcome, goes_on=True)
    most = _most_frequent(requests)
    if most.kind is Kind.FORBIDDEN:
        if lacks_scope(run, "rostering"):
            return scope_missing(run, most, "rostering", Status.FAIL, *proof)
        return _named(run, "access.forbidden", requests, proof, Kind.FORBIDDEN)
    if most.kind is Kind.UNAUTHORIZED:
        return _named(run, "access.token-rejected", requests, proof, Kind.UNAUTHORIZED)
    broken = kinds & {Kind.SERVER_ERROR, Kind.MAINTENANCE}
    if broken and Kind.NOT_FOUND not in kinds:
        return _named(run, "access.server-error", requests, proof, *broken)
    cause, named = _cause_of_other_pages(requests)
    return _named(run, cause, requests, proof, named)


def _most_frequent(requests: list[Reading]) -> Reading:
    """The first answer of the kind that came most often."""
    times = Counter(each.kind for each in requests)
    return max(requests, key=lambda each: times[each.kind])


def _cause_of_other_pages(requests: list[Reading]) -> tuple[str, Kind]:
    """The cause of answers that are no refusals, and the kind of answer that shows it."""
    from ..client.reading import Kind

    kinds = [each.kind for each in requests]
    if Kind.LOGIN_PAGE in kinds:
        return "access.login-page", Kind.LOGIN_PAGE
    if Kind.NO_LIST in kinds:
        bodies = {each.answer.body for each in requests if each.kind is Kind.NO_LIST}
        same = len(bodies) == 1 and kinds.count(Kind.NO_LIST) > 1
        return "access.base-url-wrong" if same else "payload.not-oneroster", Kind.NO_LIST
    if Kind.NOT_JSON in kinds:
        return "access.not-json", Kind.NOT_JSON
    return "access.base-url-wrong", _most_frequent(requests).kind


async def _try_suggestions(run: RunContext) -> tuple[str, list[Reading]]:
    """The first other form of the address under which data is found, and the requests that were made."""
    from ..client.reading import Kind

    target, version = run.target, run.connection.oneroster
    app = target.app or target.token_app
    forms = suggested_roots(target.base.root, version, app=app, campus=run.provider.app_in_address)
    tried: list[Reading] = []
    for form in forms:
        roots = service_roots(form, version)
        reading = await run.data.list(
            "/orgs", limit=PAGE_ROWS, root=roots["rostering"], note="at a suggested address"
        )
        tried.append(reading)
        if run.signing is not None and reading.kind in (
            Kind.UNAUTHORIZED,
            Kind.FORBIDDEN,
            Kind.BAD_REQUEST,
        ):
            # Here a signature is judged at last, and perhaps the other method is the one that is known.
            reading = await _signed_otherwise(run, roots["rostering"])
            tried.append(reading)
        if reading.good:
            run.data.roots = roots
            run.readings.clear()
            run.readings["/orgs"] = reading
            run.signature = run.signing
            return form, tried
    return "", tried


async def _signed_otherwise(run: RunContext, root: str) -> Reading:
    from ..client.oauth1 import METHODS

    other: SignatureMethod = next(method for method in METHODS if method != run.signing)
    signer = run.signer(other)
    note = f"at a suggested address, signed with {other}"
    reading = await run.data.list("/orgs", limit=PAGE_ROWS, root=root, authorizer=signer, note=note)
    if reading.good:
        run.signing, run.data.authorizer = other, signer
    return reading


def _named(
    run: RunContext,
    cause: str,
    requests: list[Reading],
    proof: list[Evidence],
    *kinds: Kind,
    suggestion: str = "",
) -> Outcome:
    """The outcome with a cause; `kinds` are those of the answers that show it, none for all answers."""
    from ..client.reading import Kind

    showing = [each for each in requests if not kinds or each.kind in kinds]
    first = showing[0]
    # A number is that of the answers with this very status.
    alike = [each for each in showing if each.status == first.status]
    every = len(alike) == len(requests)
    return failed(
        cause,
        *proof,
        host=run.target.base_place.host,
        status=first.status,
        tried=len(requests) if every else None,
        refused=None if every else len(alike),
        requests=None if every else len(requests),
        token="new token" if run.token else None,
        suggestion=suggestion,
        detail=_detail(run, showing),
        # Of all requests together no single path is named; of a wrong list it is the list that was requested.
        path=first.path if first.kind is Kind.NO_LIST else None,
        expected=first.path.strip("/"),
        **throttle_facts(first.answer),
    )


def _detail(run: RunContext, requests: list[Reading]) -> str:
    """What the answers showed beside their status, "" when nothing."""
    first = requests[0]
    if first.answer.redirect_target:
        return redirect_words(run, first.answer)
    same = len({each.answer.body for each in requests}) == 1
    if first.answer.is_json and first.answer.status == 200 and same:
        return "every request got the same JSON, and it is not OneRoster"
    return ""


def _silent(run: RunContext, reading: Reading) -> Outcome:
    failure = reading.answer.failure
    assert failure is not None
    typed = run.connection.base_url
    return failed_by(failure, reading.evidence, run.target.base_place, field="base_url", typed=typed)


CHECKS: tuple[Check, ...] = (
    Check(
        "access.data", "Data access",
        "Whether the base URL returns OneRoster data for these credentials.",
        Stage.ACCESS, _data, requires=(Precondition.ADDRESS, Precondition.NETWORK, Precondition.AUTHORIZED),
        proves=(
            Point.CONNECTION_ACTIVE, Point.CONNECTION_ENABLED, Point.CREDENTIALS_CORRECT, Point.CREDENTIALS_CURRENT,
        ),
        in_order="The district returned data[[ at {path}]].",
    ),
)  # fmt: skip
