"""The checks of the network: each host can be reached, and its clock agrees with this computer's."""

from __future__ import annotations

from ..finding import Stage
from ..limits import CLOCK_S, EXACT_BELOW_MIN, SMALL_CLOCK_S
from ..target import Target
from ..urls import Place
from .context import RunContext
from .failures import failed_by
from .model import Check, Outcome, Precondition, failed, known, passed, skipped, warned


async def _reach(run: RunContext, place: Place, field: str) -> Outcome:
    from ..http.probe import reach

    if run.session.proxied and not place.this_machine:
        return skipped("this computer uses a proxy, so the first request will show it", goes_on=True)
    async with run.session.alone_at(place):
        reached = await reach(run.session, place.host, place.port, secure=place.secure)
    if reached.failure is not None:
        return failed_by(reached.failure, reached.evidence, place, field=field)
    if place == run.target.base_place:
        run.certificate = reached.certificate
    return passed(reached.evidence, host=place.host, tls=reached.tls)


async def _token_host(run: RunContext) -> Outcome:
    return await _reach(run, run.target.token_place, "token_url")


async def _base_host(run: RunContext) -> Outcome:
    return await _reach(run, run.target.base_place, "base_url")


async def _clock(run: RunContext) -> Outcome:
    refused = run.refused_time
    ahead = run.server_time.ahead_s
    if ahead is None and refused is None:
        return skipped("no answer showed the server's time")
    evidence = next((each for each in run.trace if each.server_date), None)
    proof = refused.evidence if refused else (evidence,) if evidence else ()
    if refused is not None and refused.ahead_s is not None:
        ahead = refused.ahead_s
    small = ahead is None or abs(ahead) <= (CLOCK_S if refused is None else SMALL_CLOCK_S)
    if refused is None and small:
        return passed(*proof, seconds=round(abs(ahead or 0.0)))
    facts = known(
        {
            # A server may refuse a time from which its own Date hardly differs; then no difference is known.
            "minutes": None if small or ahead is None else _minutes(abs(ahead)),
            "direction": None if small or ahead is None else "behind" if ahead > 0 else "ahead of",
            "problem": refused.code if refused else None,
            "corrected": True if refused and refused.accepted else None,
        }
    )
    # A signature carries the time, a bearer token does not; one that was accepted with this computer's time
    # proves the clock good enough.
    own_time = run.signature is not None and (run.signed_as is None or not run.signed_as.offset_s)
    if run.connection.oauth == 1 and not own_time:
        return failed("clock.skew", *proof, **facts)
    return warned("clock.skew", *proof, **facts)


def _minutes(seconds: float) -> float:
    """Seconds as minutes, with a decimal where a minute more or less tells."""
    minutes = seconds / 60
    tenths = round(minutes, 1)
    return round(minutes) if minutes >= EXACT_BELOW_MIN or tenths.is_integer() else tenths


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
        "Whether this computer's clock and the server's agree within five minutes, or as closely as "
        "signatures require.",
        Stage.NETWORK, _clock, requires=(Precondition.NETWORK,), after=(Precondition.AUTHORIZED, "access.data"),
        in_order="[[This computer's clock and the server's are {seconds} seconds apart.]]",
    ),
)  # fmt: skip
