"""The first data requests: does the base URL lead to OneRoster data for this key, and if not, why not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from ..evidence import Evidence
from ..finding import FactDict, Stage, Status
from ..http.json_bounds import over_limit
from ..points import Point
from ..standard.addresses import service_roots
from ..standard.operations import Service, collection
from ..standard.scopes import part_of
from ..target import Target
from .access_forms import FoundForm, look_elsewhere
from .access_scopes import scope_that_opens
from .between import before_the_data
from .context import RunContext
from .expected import asked_first
from .failures import failed_by, redirect_facts, redirect_words, throttle_facts
from .fixed_token_facts import with_fixed_token
from .model import DATA_CAME, Check, Outcome, Precondition, failed, passed, skipped, warned
from .other_oauth import signed_instead
from .part_outcomes import lacks_scope, list_facts, scope_missing

if TYPE_CHECKING:
    from ..client.reading import Kind, Reading


async def _data(run: RunContext) -> Outcome:
    from ..client.reading import Kind

    paths = asked_first(run.connection)
    first = await run.reading(paths[0])
    if first.good:
        run.signature = run.signing
        return passed(first.evidence, path=first.path)
    if first.kind is Kind.SILENT:
        return _silent(run, first)
    tried = [first]
    for path in paths[1:]:
        if first.kind is Kind.THROTTLED or run.is_late:
            break
        tried.append(await run.reading(path))
        if tried[-1].good:
            # Something of what is expected answers; what does not is for the checks of what is shared.
            run.signature = run.signing
            return passed(*(each.evidence for each in tried), path=path)
    if _waits_for_vendor_key(run, tried):
        # Without that key a refusal says nothing of the connection; the grade book's own check names it.
        return skipped(
            "every part that you expect needs the vendor key",
            *(each.evidence for each in tried),
            goes_on=True,
        )
    return await _nothing_answers(run, tried)


def _waits_for_vendor_key(run: RunContext, requests: list[Reading]) -> bool:
    """Whether all of these need the vendor's pair, which is not there."""
    from ..client.reading import Kind

    needed = run.provider.vendor_header and not run.target.has_vendor_pair
    return needed and all(
        each.kind is Kind.UNAUTHORIZED and _service(run, each) == "gradebook" for each in requests
    )


def _service(run: RunContext, reading: Reading) -> Service:
    """The service that was asked."""
    return collection(run.connection.oneroster, reading.path).service


async def _nothing_answers(run: RunContext, requests: list[Reading]) -> Outcome:
    from ..client.reading import Kind

    kinds = {each.kind for each in requests}
    proof = [each.evidence for each in requests]
    if Kind.THROTTLED in kinds:
        return _named(run, "access.throttled", requests, proof, Kind.THROTTLED)
    if Kind.SILENT in kinds and kinds <= {Kind.SILENT, Kind.SERVER_ERROR}:
        return _silent(run, next(each for each in requests if each.kind is Kind.SILENT))
    path, found = requests[0].path, FoundForm()
    # The form of OneRoster proves the address right, even in an error.
    if not any(each.shows_oneroster for each in requests):
        found = await look_elsewhere(run, path)
        proof += found.proof
    if found.suggestion:
        outcome = _named(run, "access.base-url-wrong", requests, proof, suggestion=found.suggestion)
        return replace(outcome, goes_on=True)
    if found.version is not None:
        outcome = failed(
            "address.version-mismatch", *proof, field="oneroster", found_version=found.version,
            chosen_version=run.connection.oneroster, root=found.root, other_base=found.base or None,
        )  # fmt: skip
        # The base URL alone is not known to be the right one.
        return replace(
            outcome, proves=tuple(each for each in DATA_CAME if each is not Point.CREDENTIALS_CORRECT)
        )
    between = await before_the_data(run, requests)
    if between is not None:
        return replace(between, evidence=tuple(dict.fromkeys((*proof, *between.evidence))))
    opened: Reading | None = None
    asked: list[Evidence] = []
    if found.likely:
        # Something of OneRoster refuses there; where a smaller page or a scope opens it, all of it is known.
        run.data.roots = service_roots(found.likely, run.connection.oneroster)
        run.readings.clear()
        again = await run.reading(path)
        proof.append(again.evidence)
        opened = again if again.good else None
    # A missing scope shows as a refusal, with some servers as an error of theirs.
    if opened is None and (found.likely or kinds & {Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.SERVER_ERROR}):
        opened, asked = await scope_that_opens(run, path, *(each.evidence for each in requests))
        proof += asked
    if opened is not None and found.likely:
        outcome = _named(run, "access.base-url-wrong", requests, proof, suggestion=found.likely)
        return replace(outcome, goes_on=True)
    if opened is not None:
        return passed(*proof, path=path)
    return await _refused(run, requests, proof, found, asked)


async def _refused(
    run: RunContext, requests: list[Reading], proof: list[Evidence], found: FoundForm, asked: list[Evidence]
) -> Outcome:
    """The cause of answers that no other address and no scope changed; `asked` are the requests with scopes."""
    from ..client.reading import Kind
    from ..client.token_meaning import needs_scope

    kinds = {each.kind for each in requests}
    most = _most_frequent(requests)
    if found.likely:
        return _named(run, "access.base-url-wrong", requests, proof, most.kind, likely=found.likely)
    if most.kind is Kind.FORBIDDEN:
        part = part_of(collection(run.connection.oneroster, most.path))
        if lacks_scope(run, part) or any(needs_scope(each.answer) for each in requests):
            outcome = scope_missing(run, most, part, Status.FAIL, *proof)
            # The scopes of the standard were asked for, and changed nothing.
            if asked:
                outcome = replace(
                    outcome, facts={**outcome.facts, "scope_asked": outcome.facts["scope_needed"]}
                )
            return outcome
        return await with_fixed_token(run, _named(run, "access.forbidden", requests, proof, Kind.FORBIDDEN))
    if most.kind is Kind.UNAUTHORIZED:
        signed = await _signed_where_asked(run, requests)
        if signed is not None:
            return replace(signed, evidence=(*proof, *signed.evidence))
        return await with_fixed_token(
            run, _named(run, "access.token-rejected", requests, proof, Kind.UNAUTHORIZED)
        )
    broken = kinds & {Kind.SERVER_ERROR, Kind.MAINTENANCE}
    if broken and Kind.NOT_FOUND not in kinds:
        return _named(run, "access.server-error", requests, proof, *broken)
    cause, named = _cause_of_other_pages(requests)
    return _named(run, cause, requests, proof, named)


async def _signed_where_asked(run: RunContext, requests: list[Reading]) -> Outcome | None:
    """The finding that names OAuth 1 where the server asks for it and a signed request is let in."""
    asked = any("oauth" in each.answer.challenges for each in requests)
    return await signed_instead(run) if asked and run.signing is None else None


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
    if Kind.REDIRECT in kinds:
        return "access.redirected", Kind.REDIRECT
    most = _most_frequent(requests).kind
    if most in (Kind.ERROR, Kind.BAD_REQUEST):
        return "access.error-answer", most
    if Kind.NO_LIST in kinds:
        bodies = {each.answer.content.fingerprint for each in requests if each.kind is Kind.NO_LIST}
        same = len(bodies) == 1 and kinds.count(Kind.NO_LIST) > 1
        return "access.base-url-wrong" if same else "payload.not-oneroster", Kind.NO_LIST
    if Kind.TOO_LARGE in kinds:
        return "access.answer-too-large", Kind.TOO_LARGE
    if Kind.NOT_JSON in kinds:
        return "access.not-json", Kind.NOT_JSON
    return "access.base-url-wrong", most


def _named(
    run: RunContext,
    cause: str,
    requests: list[Reading],
    proof: list[Evidence],
    *kinds: Kind,
    suggestion: str = "",
    likely: str = "",
) -> Outcome:
    """The outcome with a cause; `kinds` are those of the answers that show it, none for all answers."""
    from ..client.pages import is_login
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
        likely=likely,
        maintenance=True if first.kind is Kind.MAINTENANCE else None,
        said=first.evidence.said or None,
        detail=None if cause == "access.redirected" else _detail(run, showing),
        page="web page" if first.kind is Kind.LOGIN_PAGE and not is_login(first.answer) else None,
        # Of all requests together no single path is named; of a wrong list it is the list that was requested.
        path=first.path if first.kind in (Kind.NO_LIST, Kind.TOO_LARGE) else None,
        **list_facts(run, first),
        **_size_facts(first),
        **throttle_facts(first.answer),
        **(redirect_facts(run, first.answer) if cause == "access.redirected" else {}),
    )


def _size_facts(first: Reading) -> FactDict:
    """What an answer that this tool did not read to its end had too much of."""
    from ..client.reading import Kind

    if first.kind is not Kind.TOO_LARGE:
        return {}
    return {"field": "base_url", "reason": over_limit(first.answer.content.undecoded)}


def _detail(run: RunContext, requests: list[Reading]) -> str:
    """What the answers showed beside their status, "" when nothing."""
    from ..client.reading import Kind

    first = requests[0]
    # A redirect that is a cause of its own says where it leads.
    if first.answer.redirect_target and first.kind is not Kind.REDIRECT:
        return redirect_words(run, first.answer)
    same = len({each.answer.content.fingerprint for each in requests}) == 1
    if first.answer.is_json and first.answer.status == 200 and same:
        return "every request got the same JSON, and it is not OneRoster"
    return ""


def _silent(run: RunContext, reading: Reading) -> Outcome:
    failure = reading.answer.failure
    assert failure is not None
    typed = run.connection.base_url
    return failed_by(failure, reading.evidence, run.target.base_place, field="base_url", typed=typed)


def _no_token(target: Target) -> str | None:
    return None if target.connection.requests_token else "no token is requested"


async def _scope(run: RunContext) -> Outcome:
    needed = run.story.data_scope
    if not needed:
        return passed()
    host = run.target.base_place.host
    return warned("token.scope-required", *run.story.evidence, host=host, scope=needed, opened="data")


CHECKS: tuple[Check, ...] = (
    Check(
        "access.data", "Data access",
        "Whether the base URL returns OneRoster data for these credentials.",
        Stage.ACCESS, _data, requires=(Precondition.ADDRESS, Precondition.NETWORK, Precondition.AUTHORIZED),
        proves=DATA_CAME,
        in_order="The district returned data[[ at {path}]].",
    ),
    Check(
        "access.scope", "Scope for data",
        "Whether data can be read without a scope beyond the one entered.",
        Stage.ACCESS, _scope, requires=("access.data",), applies=_no_token,
    ),
)  # fmt: skip
