"""The first data calls: does the base URL lead to OneRoster data for this key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict, Stage, Status
from ..redaction import shown_target
from ..standard.addresses import app_name, campus_app, read_base, service_roots, suggested_roots
from ..urls import host_of, place_of
from . import gates
from .context import PAGE, Run
from .failures import cause_of
from .failures import facts_of as failure_facts
from .model import Check, Outcome, failed, passed
from .part_outcomes import lacks_scope, scope_missing, status_words

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Reading

# What is asked when /orgs gives nothing: "every data call" needs more than one.
_OTHERS = ("/academicSessions", "/classes")


async def _data(run: Run) -> Outcome:
    from ..client.reading import Kind

    first = await run.reading("/orgs")
    if first.good:
        return passed(first.evidence, path="/orgs", status=str(first.status))
    if first.kind is Kind.SILENT:
        return _silent(run, first)
    calls = [first]
    for path in _OTHERS:
        if first.kind is Kind.THROTTLED:
            break
        calls.append(await run.reading(path))
        if calls[-1].good:
            # Something of the roster answers; what does not is for the checks of what is shared.
            return passed(*(call.evidence for call in calls), path=path, status=str(calls[-1].status))
    return await _nothing_answers(run, calls)


async def _nothing_answers(run: Run, calls: list[Reading]) -> Outcome:
    from ..client.reading import Kind

    kinds = {call.kind for call in calls}
    proof = [call.evidence for call in calls]
    telling = next(
        (kind for kind in (Kind.THROTTLED, Kind.FORBIDDEN, Kind.UNAUTHORIZED) if kind in kinds),
        None,
    )
    if telling is Kind.THROTTLED:
        return _named(run, "access.throttled", calls, proof)
    if Kind.SILENT in kinds and kinds <= {Kind.SILENT, Kind.SERVER_ERROR}:
        return _silent(run, next(call for call in calls if call.kind is Kind.SILENT))
    # A gateway may forbid, or break at, whatever path it does not know: the other forms tell.
    suggestion, tried = await _try_suggestions(run)
    proof += [reading.evidence for reading in tried]
    if suggestion:
        outcome = _named(run, "access.base-url-wrong", calls, proof, suggestion=suggestion)
        return replace(outcome, goes_on=True)
    if telling is Kind.UNAUTHORIZED:
        return _named(run, "access.token-rejected", calls, proof)
    if telling is Kind.FORBIDDEN:
        if lacks_scope(run, "rostering"):
            return replace(scope_missing(run, calls[0], "rostering"), evidence=tuple(proof))
        return _named(run, "access.forbidden", calls, proof)
    if kinds & {Kind.SERVER_ERROR, Kind.MAINTENANCE} and not kinds & {Kind.NOT_FOUND}:
        return _named(run, "access.server-error", calls, proof)
    return _named(run, _cause_of_other_pages(calls), calls, proof)


def _cause_of_other_pages(calls: list[Reading]) -> str:
    from ..client.reading import Kind

    kinds = [call.kind for call in calls]
    if Kind.LOGIN_PAGE in kinds:
        return "access.login-page"
    if Kind.NO_LIST in kinds:
        bodies = {call.answer.body for call in calls if call.kind is Kind.NO_LIST}
        same = len(bodies) == 1 and kinds.count(Kind.NO_LIST) > 1
        return "access.base-url-wrong" if same else "payload.not-oneroster"
    if Kind.NOT_JSON in kinds:
        return "access.not-json"
    return "access.base-url-wrong"


async def _try_suggestions(run: Run) -> tuple[str, list[Reading]]:
    """The first other form of the address under which data is found, and the calls that were made."""
    from ..client.reading import Kind

    base = read_base(run.connection.base_url, run.connection.oneroster)
    app = campus_app(base.root) or (app_name(run.connection.token_url) if run.connection.oauth == 2 else "")
    forms = suggested_roots(base.root, run.connection.oneroster, app=app, campus=run.provider.app_in_address)
    tried: list[Reading] = []
    for form in forms:
        roots = service_roots(form, run.connection.oneroster)
        reading = await run.data.list(
            "/orgs", limit=PAGE, root=roots["rostering"], note="with a mended address"
        )
        tried.append(reading)
        if run.signature is not None and reading.kind in (
            Kind.UNAUTHORIZED,
            Kind.FORBIDDEN,
            Kind.BAD_REQUEST,
        ):
            # Here a signature is judged at last, and perhaps the other method is the one that is known.
            reading = await _signed_otherwise(run, roots["rostering"])
            tried.append(reading)
        if reading.good:
            run.roots = run.data.roots = roots
            run.readings.clear()
            run.readings["/orgs"] = reading
            return form, tried
    return "", tried


async def _signed_otherwise(run: Run, root: str) -> Reading:
    from ..client.authorization import Signed
    from ..client.oauth1 import METHODS

    other: SignatureMethod = next(method for method in METHODS if method != run.signature)
    signer = Signed(run.key, run.secret, other)
    note = f"with a mended address, signed with {other}"
    reading = await run.data.list("/orgs", limit=PAGE, root=root, authorizer=signer, note=note)
    if reading.good:
        run.signature, run.data.authorizer = other, signer
    return reading


def _named(
    run: Run, cause: str, calls: list[Reading], proof: list[Evidence], *, suggestion: str = ""
) -> Outcome:
    telling = calls[0]
    detail = ""
    target = telling.answer.redirect_target
    if target:
        detail = f"it leads to {run.redactor.server_text(shown_target(target))[:200]}"
    elif telling.answer.is_json and telling.status == 200 and len({call.answer.body for call in calls}) == 1:
        detail = "whatever is asked, the same JSON comes back, and it is not OneRoster"
    wait = telling.answer.retry_after
    facts: FactDict = {
        "host": host_of(run.connection.base_url),
        "status": status_words(telling),
        "path": telling.path,
        "tried": len(calls),
        "suggestion": suggestion,
        "detail": detail,
        "retry_after": "" if wait is None else f"{wait:g}",
        "expected": telling.path.strip("/"),
        "found": "",
    }
    return Outcome(Status.FAIL, cause, facts, tuple(proof))


def _silent(run: Run, reading: Reading) -> Outcome:
    failure = reading.answer.failure
    assert failure is not None
    facts: FactDict = {
        "host": host_of(run.connection.base_url),
        "port": place_of(run.connection.base_url).port,
        "seconds": round(reading.evidence.elapsed_ms / 1000, 1),
        **failure_facts(failure),
    }
    return failed(cause_of(failure), reading.evidence, **facts)


CHECKS: tuple[Check, ...] = (
    Check(
        "access.data", "Data calls are answered",
        "Whether the base URL answers with OneRoster data for these credentials.",
        Stage.ACCESS, _data, requires=(*gates.ADDRESS, *gates.NETWORK, *gates.AUTHORISED),
    ),
)  # fmt: skip
