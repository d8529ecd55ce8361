"""The checks of OAuth 1: is the signature accepted, by which method, and how old the credentials are."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..connection import Secret
from ..evidence import Evidence
from ..finding import Stage
from ..limits import EXPIRES_SOON_DAYS, PAGE_ROWS
from ..points import Point
from ..target import Target
from .context import RunContext
from .lifetime import expiry, has_expired, lifetime_facts
from .model import Check, Outcome, Precondition, failed, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Kind, Reading


def _not_oauth1(target: Target) -> str | None:
    return None if target.connection.oauth == 1 else "only OAuth 1 requests are signed"


def _not_discontinued(target: Target) -> str | None:
    if not target.provider.no_new_oauth1:
        return "nothing is known of an end of OAuth 1 at this provider"
    return _not_oauth1(target)


def _not_yearly(target: Target) -> str | None:
    if target.connection.oneroster in target.provider.yearly_credentials:
        return None
    return "these credentials are not known to expire"


async def _signature(run: RunContext) -> Outcome:
    from ..client.oauth1 import METHODS
    from ..client.reading import Kind

    tries: dict[SignatureMethod, Reading] = {}
    for method in METHODS:
        tries[method] = await _ask(run, method, limit=PAGE_ROWS, note=f"signed with {method}")
        if tries[method].kind in (Kind.SILENT, Kind.THROTTLED, Kind.MAINTENANCE):
            break
    proof = tuple(reading.evidence for reading in tries.values())
    refused: list[SignatureMethod] = [
        method for method, reading in tries.items() if reading.kind in _refusals()
    ]
    unjudged: list[SignatureMethod] = [method for method in tries if method not in refused]
    works: SignatureMethod | None = next((method for method in unjudged if tries[method].good), None)
    if works is not None:
        _use(run, works, tries[works])
        run.signature = works
        if refused:
            return warned("oauth1.signature-method", *proof, works=works, refused=refused[0])
        return passed(*proof, works=works)
    if unjudged or all(reading.kind is Kind.SERVER_ERROR for reading in tries.values()):
        # An answer that is neither data nor a refusal judged no signature; the access stage says what it is.
        first: SignatureMethod = (unjudged or METHODS)[0]
        _use(run, first, tries[first])
        return skipped("no answer shows whether the signature is accepted", *proof, goes_on=True)
    bare = {
        method: await _ask(run, method, limit=0, note=f"signed with {method}, without parameters")
        for method in METHODS
    }
    proof += tuple(reading.evidence for reading in bare.values())
    if any(reading.good for reading in bare.values()):
        return failed("oauth1.query-signature", *proof, host=run.target.base_place.host)
    if all(reading.kind is Kind.FORBIDDEN for reading in tries.values()):
        forged = await _ask(run, METHODS[0], limit=PAGE_ROWS, note="signed with a wrong secret", forged=True)
        if forged.kind is Kind.UNAUTHORIZED:
            # A wrong secret is refused in another way, so this one is known and not allowed.
            _use(run, METHODS[0], tries[METHODS[0]])
            run.signature = METHODS[0]
            return passed(*proof, forged.evidence, works=METHODS[0])
        proof += (forged.evidence,)
    return _refused(run, proof)


def _refused(run: RunContext, proof: tuple[Evidence, ...]) -> Outcome:
    cause = "oauth1.expired" if has_expired(run) else "oauth1.rejected"
    return failed(
        cause,
        *proof,
        host=run.target.base_place.host,
        methods_tried="HMAC-SHA256 and HMAC-SHA1",
        **lifetime_facts(run),
    )


async def _ask(
    run: RunContext, method: SignatureMethod, *, limit: int, note: str, forged: bool = False
) -> Reading:
    from ..client.authorization import Signed

    secret = Secret(f"{run.secret.reveal()}-forged") if forged else run.secret
    signer = Signed(run.key, secret, method)
    return await run.data.list("/orgs", limit=limit, authorizer=signer, note=note)


def _refusals() -> frozenset[Kind]:
    """The answers by which a server may refuse a signature; some break at a method that they do not know."""
    from ..client.reading import Kind

    return frozenset({Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.BAD_REQUEST, Kind.SERVER_ERROR})


def _use(run: RunContext, method: SignatureMethod, reading: Reading) -> None:
    """Sign the requests to come by this method; its answer for /orgs is known already."""
    from ..client.authorization import Signed

    run.signing = method
    run.data.authorizer = Signed(run.key, run.secret, method)
    run.readings["/orgs"] = reading


async def _age(run: RunContext) -> Outcome:
    created = run.connection.created
    if created is None:
        return skipped("the creation date of the connection is not entered")
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
        in_order="[[Requests signed with {works} are accepted.]]",
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
