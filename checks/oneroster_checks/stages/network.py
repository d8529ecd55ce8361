"""The checks of the network: each host can be reached, and its clock agrees with this computer's."""

from __future__ import annotations

from ..finding import Stage
from ..limits import CLOCK_S
from ..target import Target
from ..urls import Place
from .context import RunContext
from .failures import failed_by
from .model import Check, Outcome, Precondition, failed, known, passed, skipped, warned


async def _reach(run: RunContext, place: Place, field: str) -> Outcome:
    from ..http.probe import reach

    if run.session.proxied and not place.this_machine:
        return skipped("this computer uses a proxy, so the first request will show it", goes_on=True)
    reached = await reach(run.session, place.host, place.port, secure=place.secure)
    if reached.failure is not None:
        return failed_by(reached.failure, reached.evidence, place, field=field)
    return passed(reached.evidence, host=place.host, tls=reached.tls)


async def _token_host(run: RunContext) -> Outcome:
    return await _reach(run, run.target.token_place, "token_url")


async def _base_host(run: RunContext) -> Outcome:
    return await _reach(run, run.target.base_place, "base_url")


async def _clock(run: RunContext) -> Outcome:
    if run.skew is None:
        return skipped("no answer showed the server's time")
    evidence = next((each for each in run.trace if each.server_date), None)
    proof = (evidence,) if evidence else ()
    if abs(run.skew) <= CLOCK_S:
        return passed(*proof, seconds=round(abs(run.skew)))
    facts = known(
        {
            "minutes": round(abs(run.skew) / 60),
            "direction": "behind" if run.skew > 0 else "ahead of",
            "server_date": evidence.server_date if evidence else None,
        }
    )
    # A signature carries the time, a bearer token does not; one that was accepted proves the clock good enough.
    if run.connection.oauth == 1 and run.signature is None:
        return failed("clock.skew", *proof, **facts)
    return warned("clock.skew", *proof, **facts)


def _no_other_host(target: Target) -> str | None:
    if not target.connection.requests_token:
        return "no token is requested"
    return "the base URL has the same host" if target.token_place == target.base_place else None


CHECKS: tuple[Check, ...] = (
    Check(
        "network.token-host", "Token URL host",
        "Whether the host name exists, the port accepts connections, and the certificate is trusted.",
        Stage.NETWORK, _token_host, requires=(Precondition.ADDRESS,), establishes=Precondition.NETWORK,
        applies=_no_other_host, fields=("token_url", "ca_file"),
        in_order="The host[[ {host}]] can be reached[[ ({tls})]].",
    ),
    Check(
        "network.base-host", "Base URL host",
        "Whether the host name exists, the port accepts connections, and the certificate is trusted.",
        Stage.NETWORK, _base_host, requires=(Precondition.ADDRESS,), establishes=Precondition.NETWORK,
        fields=("base_url", "ca_file"),
        in_order="The host[[ {host}]] can be reached[[ ({tls})]].",
    ),
    Check(
        "network.clock", "Clock difference",
        "Whether this computer's clock and the server's are less than five minutes apart.",
        Stage.NETWORK, _clock, requires=(Precondition.NETWORK,), after=(Precondition.AUTHORIZED, "access.data"),
        in_order="[[This computer's clock and the server's are {seconds} seconds apart.]]",
    ),
)  # fmt: skip
