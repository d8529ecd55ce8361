"""The checks of OAuth 1: is the signature accepted, by which method, and how old are the credentials."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ..connection import Connection, Secret
from ..evidence import Evidence
from ..finding import FactDict, Stage
from ..standard.addresses import read_base, service_roots
from ..urls import host_of
from . import gates
from .context import PAGE, Run
from .model import Check, Outcome, failed, passed, skipped, warned

if TYPE_CHECKING:
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Reading

# The days before the end at which a warning is due: created more than eleven months ago.
WARN_AHEAD = timedelta(days=30)


def _not_oauth1(connection: Connection) -> str | None:
    return None if connection.oauth == 1 else "only OAuth 1 signs its requests"


def _not_campus_oauth1(connection: Connection) -> str | None:
    if connection.provider != "infinite-campus":
        return "only for Infinite Campus is the lifetime of credentials known"
    return _not_oauth1(connection)


def expiry(created: date) -> date:
    """The day on which 1.1 credentials of Campus end: one year after they were made (article, A)."""
    try:
        return created.replace(year=created.year + 1)
    except ValueError:
        return date(created.year + 1, 3, 1)


async def _signature(run: Run) -> Outcome:
    from ..client.oauth1 import METHODS
    from ..client.reading import Kind

    base = read_base(run.connection.base_url, run.connection.oneroster)
    run.roots = run.data.roots = service_roots(base.root, run.connection.oneroster)
    refusals = {Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.BAD_REQUEST, Kind.SERVER_ERROR}
    tries: dict[SignatureMethod, Reading] = {}
    for method in METHODS:
        tries[method] = await _ask(run, method, limit=PAGE, note=f"signed with {method}")
        if tries[method].kind in (Kind.SILENT, Kind.THROTTLED, Kind.MAINTENANCE):
            break
    proof = tuple(reading.evidence for reading in tries.values())
    taken: list[SignatureMethod] = [
        method for method, reading in tries.items() if reading.kind not in refusals
    ]
    if taken:
        _accept(run, taken[0], tries[taken[0]])
        refused: list[SignatureMethod] = [method for method in tries if method not in taken]
        if refused and tries[taken[0]].good:
            return warned("oauth1.signature-method", *proof, works=taken[0], refused=refused[0])
        return passed(*proof, works=taken[0])
    if all(reading.kind is Kind.SERVER_ERROR for reading in tries.values()):
        # No signature was judged; the access stage says what is wrong with the server.
        _accept(run, METHODS[0], tries[METHODS[0]])
        return passed(*proof, works=METHODS[0])
    bare = {
        method: await _ask(run, method, limit=0, note=f"{method}, without parameters") for method in METHODS
    }
    proof += tuple(reading.evidence for reading in bare.values())
    if any(reading.good for reading in bare.values()):
        return failed("oauth1.query-signature", *proof, **_facts(run))
    if all(reading.kind is Kind.FORBIDDEN for reading in tries.values()):
        forged = await _ask(run, METHODS[0], limit=PAGE, note="signed with a wrong secret", forged=True)
        if forged.kind is Kind.UNAUTHORIZED:
            # A wrong secret is refused in another way, so this one is known and not allowed.
            _accept(run, METHODS[0], tries[METHODS[0]])
            return passed(*proof, forged.evidence, works=METHODS[0])
        proof += (forged.evidence,)
    return _refused(run, proof)


def _refused(run: Run, proof: tuple[Evidence, ...]) -> Outcome:
    created = run.connection.created
    facts = _facts(run)
    if created is not None and run.provider.id == "infinite-campus" and expiry(created) <= run.today:
        facts["expires"] = expiry(created).isoformat()
        return failed("oauth1.expired", *proof, **facts)
    return failed("oauth1.rejected", *proof, **facts)


def _facts(run: Run) -> FactDict:
    created = run.connection.created
    return {
        "host": host_of(run.connection.base_url),
        "methods_tried": "HMAC-SHA256 and HMAC-SHA1",
        "created": created.isoformat() if created else "",
        "age_days": (run.today - created).days if created else "",
        "expires": expiry(created).isoformat() if created else "",
    }


async def _ask(run: Run, method: SignatureMethod, *, limit: int, note: str, forged: bool = False) -> Reading:
    from ..client.authorization import Signed

    secret = Secret(f"{run.secret.reveal()}-forged") if forged else run.secret
    signer = Signed(run.key, secret, method)
    return await run.data.list("/orgs", limit=limit, authorizer=signer, note=note)


def _accept(run: Run, method: SignatureMethod, reading: Reading) -> None:
    from ..client.authorization import Signed

    run.signature = method
    run.data.authorizer = Signed(run.key, run.secret, method)
    run.readings["/orgs"] = reading


async def _age(run: Run) -> Outcome:
    created = run.connection.created
    if created is None:
        return skipped("nobody said on which day the connection was created")
    ends = expiry(created)
    facts: FactDict = {
        "created": created.isoformat(),
        "expires": ends.isoformat(),
        "age_days": (run.today - created).days,
    }
    if ends <= run.today:
        if run.signature is None:
            return skipped("the credentials are refused, and the signature check says why")
        # A year has passed and they still work: the district has renewed them, on a day that nobody told.
        return passed(**facts)
    if run.today >= ends - WARN_AHEAD:
        return warned("oauth1.expires-soon", **facts)
    return passed(**facts)


async def _discontinued(run: Run) -> Outcome:
    return warned("oauth1.discontinued")


CHECKS: tuple[Check, ...] = (
    Check(
        "oauth1.signature", "Signature is accepted",
        "Whether the key and the secret sign a request that the server accepts, with HMAC-SHA256 or HMAC-SHA1.",
        Stage.ACCESS, _signature, requires=(*gates.ADDRESS, *gates.NETWORK), applies=_not_oauth1,
    ),
    Check(
        "oauth1.age", "Credentials are younger than a year",
        "Whether the credentials, which end one year after they were made, are still in time.",
        Stage.ACCESS, _age, after=("oauth1.signature",), requires=gates.ADDRESS, applies=_not_campus_oauth1,
    ),
    Check(
        "oauth1.discontinued", "OAuth 1 can still be used",
        "What OAuth 1 means for Infinite Campus today.",
        Stage.ACCESS, _discontinued, after=("oauth1.age",), requires=gates.ADDRESS, applies=_not_campus_oauth1,
    ),
)  # fmt: skip
