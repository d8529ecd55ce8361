"""The checks of OAuth 1: is the signature accepted, by which method, and how old the credentials are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..finding import Stage
from ..limits import EXPIRES_SOON_DAYS
from ..points import Point
from ..target import Target
from .between import stands_between
from .context import RefusedTime, RunContext
from .lifetime import expiry, has_expired, lifetime_facts
from .model import Check, Outcome, Precondition, failed, passed, skipped, warned
from .signed_requests import SignedRequests, judging, nearest, problem_code, time_of

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod, SignedAs
    from ..client.reading import Kind, Reading


def _not_oauth1(target: Target) -> str | None:
    return None if target.connection.oauth == 1 else "only OAuth 1 requests are signed"


def _not_discontinued(target: Target) -> str | None:
    if not target.provider.no_new_oauth1:
        return "no end of OAuth 1 is known at this provider"
    return _not_oauth1(target)


def _not_yearly(target: Target) -> str | None:
    if target.connection.oneroster in target.provider.yearly_credentials:
        return None
    return "these credentials are not known to expire"


async def _signature(run: RunContext) -> Outcome:
    from ..client.oauth1 import METHODS
    from ..client.reading import Kind

    requests = SignedRequests(run)
    tries: dict[SignatureMethod, Reading] = {}
    for method in METHODS:
        tries[method] = await requests.by_method(method)
        if tries[method].kind in (Kind.SILENT, Kind.THROTTLED, Kind.MAINTENANCE):
            break
    works: SignatureMethod | None = next((method for method in tries if tries[method].good), None)
    if works is not None:
        return _accepted(run, requests, works, tries)
    judged: list[SignatureMethod] = [method for method in tries if tries[method].kind in judging()]
    if not judged:
        return _unjudged(run, requests, next(iter(tries)), tries)
    # An answer that is no refusal may be what an accepted request gets, and so may a 403, or a 400 for its limit.
    doubtful: list[SignatureMethod] = [
        method for method in tries if method not in judged and tries[method].kind not in _passing_faults()
    ]
    known: list[SignatureMethod] = [
        method for method in judged if tries[method].kind is not Kind.UNAUTHORIZED
    ]
    for method in (doubtful or known)[:1]:
        forged = await requests.forged(method)
        if forged.kind is Kind.UNAUTHORIZED or (doubtful and forged.kind in judging()):
            # A wrong secret is refused in another way, so this one is known.
            return _accepted(run, requests, method, tries)
        if doubtful:
            return _unjudged(run, requests, method, tries)
    for method in judged:
        between = stands_between(run, tries[method])
        if between is not None:
            return replace(between, evidence=requests.proof)
    if all(wants_bearer(tries[method]) for method in judged):
        host = run.target.base_place.host
        return failed(
            "address.unsupported-combination", *requests.proof, field="oauth", suggestion="2", host=host,
            chosen="1", wanted="2", asked=True, wants_token_url=None if run.connection.token_url else True,
        )  # fmt: skip
    return await _made_otherwise(run, requests, tries, judged)


def _accepted(
    run: RunContext,
    requests: SignedRequests,
    works: SignatureMethod,
    tries: dict[SignatureMethod, Reading],
    *,
    in_time: bool = False,
) -> Outcome:
    """The outcome where a signature by a method is accepted, and perhaps the other method is not."""
    _use(run, works, tries[works])
    run.signature = works
    # What is answered alike is accepted alike.
    others: list[SignatureMethod] = [
        method
        for method in tries
        if method != works and tries[method].kind is not tries[works].kind and _refuses(tries[method])
    ]
    if others and not in_time:
        return warned("oauth1.signature-method", *requests.proof, works=works, refused=others[0])
    return passed(*requests.proof, works=works, corrected=True if in_time else None)


def _unjudged(
    run: RunContext,
    requests: SignedRequests,
    method: SignatureMethod,
    tries: dict[SignatureMethod, Reading],
) -> Outcome:
    """No answer judged a signature; the access stage says what they are."""
    _use(run, method, tries[method])
    reason = "no answer shows whether the signature is accepted"
    return skipped(reason, *requests.proof, goes_on=True)


async def _made_otherwise(
    run: RunContext,
    requests: SignedRequests,
    tries: dict[SignatureMethod, Reading],
    judged: list[SignatureMethod],
) -> Outcome:
    """Refused as it is sent: the other things of which a server may make the signature, likeliest first."""
    from ..client.oauth1 import AS_SENT, SignedAs
    from ..client.oauth1_origins import origins_named, other_origins

    methods = nearest({method: tries[method] for method in judged})
    code, ahead = time_of(run, tries)
    signed_as = AS_SENT if ahead is None else SignedAs(offset_s=round(ahead))
    if code:
        run.refused_time = RefusedTime(code, ahead, False, requests.proof)
    if ahead is not None:
        for method in methods:
            if requests.used_up:
                break
            reading = await requests.with_time(method, signed_as)
            if reading.good:
                run.signed_as = signed_as
                run.refused_time = RefusedTime(code, ahead, True, (tries[method].evidence, reading.evidence))
                return _accepted(run, requests, method, {**tries, method: reading}, in_time=True)
    for method in methods:
        if requests.used_up:
            break
        if (await requests.bare(method, signed_as)).good:
            return failed("oauth1.query-signature", *requests.proof, host=run.target.base_place.host)
    url = tries[methods[0]].answer.url
    named = dict.fromkeys(origin for reading in requests.made for origin in origins_named(reading.answer))
    for origin in other_origins(url, tuple(named)):
        for method in methods:
            if requests.used_up:
                break
            reading = await requests.for_origin(method, signed_as, origin)
            if reading.good:
                return _for_another_address(run, requests, method, replace(signed_as, origin=origin), reading)
    return _refused(run, requests, judged)


def _for_another_address(
    run: RunContext,
    requests: SignedRequests,
    method: SignatureMethod,
    signed_as: SignedAs,
    reading: Reading,
) -> Outcome:
    """The outcome where a signature for another address is accepted; the run goes on with such ones."""
    from ..client.oauth1 import AS_SENT

    run.signed_as = signed_as
    run.signature = method
    _use(run, method, reading)
    url, shown = reading.answer.url, run.redactor.server_text
    outcome = failed(
        "oauth1.base-string",
        *requests.proof,
        host=run.target.base_place.host,
        asked=shown(AS_SENT.address(url)),
        signed=shown(signed_as.address(url)),
        works=method,
    )
    return replace(outcome, goes_on=True)


def _refused(run: RunContext, requests: SignedRequests, judged: list[SignatureMethod]) -> Outcome:
    from ..client.oauth1 import METHODS

    cause = "oauth1.expired" if has_expired(run) else "oauth1.rejected"
    code = problem_code(requests.made)
    fields = {"consumer_key_unknown": "client_id", "consumer_key_rejected": "client_id",
              "consumer_key_refused": "client_id", "signature_invalid": "client_secret"}  # fmt: skip
    return failed(
        cause,
        *requests.proof,
        host=run.target.base_place.host,
        methods_tried=" and ".join(method for method in METHODS if method in judged),
        every=True if len(judged) == len(METHODS) else None,
        problem=code,
        field=fields.get(code) if cause == "oauth1.rejected" else None,
        **lifetime_facts(run),
    )


def wants_bearer(reading: Reading) -> bool:
    """Whether an answer to a signed request asks for OAuth 2."""
    from ..client import oauth1_problem

    return oauth1_problem.wants_bearer(reading.answer)


def _refuses(reading: Reading) -> bool:
    """Whether an answer shows that a method is not accepted, where another one is."""
    from ..client.reading import Kind

    # Some servers break at a method that they do not know; one that is busy is not asked about it.
    return reading.kind in judging() or (reading.kind is Kind.SERVER_ERROR and reading.status in (500, 501))


def _passing_faults() -> frozenset[Kind]:
    """The answers that say nothing of a request, and may be others the next time."""
    from ..client.reading import Kind

    return frozenset({Kind.SILENT, Kind.THROTTLED, Kind.MAINTENANCE, Kind.SERVER_ERROR})


def _use(run: RunContext, method: SignatureMethod, reading: Reading) -> None:
    """Sign the requests to come by this method; its answer is known already."""
    run.signing = method
    run.data.authorizer = run.signer(method)
    run.readings[reading.path] = reading


async def _age(run: RunContext) -> Outcome:
    created = run.connection.created
    if created is None:
        return skipped("the connection's creation date was not entered")
    facts = lifetime_facts(run)
    ends: date = expiry(created)
    if ends <= run.today:
        if run.signature is None and run.token is None:
            return skipped("no answer shows that the credentials still work")
        # A year has passed and they still work: the district has renewed them, on a day that nobody knows.
        return passed(created=created.isoformat())
    if run.today >= ends - timedelta(days=EXPIRES_SOON_DAYS):
        return warned("oauth1.expires-soon", **facts)
    return passed(expires=ends.isoformat())


async def _discontinued(run: RunContext) -> Outcome:
    return warned("oauth1.discontinued")


CHECKS: tuple[Check, ...] = (
    Check(
        "oauth1.signature", "OAuth 1 signature",
        "Whether requests signed with the key and secret are accepted, with HMAC-SHA256 or HMAC-SHA1.",
        Stage.ACCESS, _signature, requires=(Precondition.ADDRESS, Precondition.NETWORK),
        establishes=Precondition.AUTHORIZED, applies=_not_oauth1, fields=("client_id", "client_secret", "created"),
        in_order="[[-corrected|Requests signed with {works} are accepted.]]"
        "[[?corrected|Requests signed with {works} are accepted when they carry the server's time.]]",
    ),
    Check(
        "oauth1.age", "Credential expiration",
        "Whether the OneRoster 1.1 credentials, which expire one year after they are created, are still current.",
        Stage.ACCESS, _age, requires=(Precondition.ADDRESS,), after=(Precondition.AUTHORIZED, "access.data"),
        applies=_not_yearly,
        fields=("created",), proves=(Point.CREDENTIALS_CURRENT,),
        in_order="[[The credentials expire on {expires}.]][[The credentials were created on {created} and still work "
        "after more than a year, so the district has renewed them.]]",
    ),
    Check(
        "oauth1.discontinued", "OAuth 1 support",
        "What using OAuth 1 with this provider means today.",
        Stage.ACCESS, _discontinued, after=("oauth1.age",), requires=(Precondition.ADDRESS,), applies=_not_discontinued,
    ),
)  # fmt: skip
