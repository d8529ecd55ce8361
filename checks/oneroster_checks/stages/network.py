"""The checks of the network: each host is reached, and its clock agrees with this computer's."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..connection import Connection
from ..finding import FactDict, Stage
from ..urls import host_of, place_of
from . import gates
from .context import Run
from .failures import cause_of, facts_of
from .model import Check, Outcome, failed, passed, skipped, warned

# One large consumer asks OAuth 1 providers for 5 minutes in the future (oneroster.md, "Security").
CLOCK_LIMIT_S = 5 * 60


async def _reach(run: Run, url: str) -> Outcome:
    from ..http.probe import reach

    if run.session.proxied:
        return skipped("a proxy of this computer stands between; the first request tells")
    host, port = host_of(url), place_of(url).port
    secure = urlsplit(url).scheme.lower() == "https"
    reached = await reach(run.session, host, port, secure=secure)
    if reached.failure is None:
        return passed(reached.evidence, host=host, port=port, tls=reached.tls)
    found = reached.failure
    facts: FactDict = {"host": host, "port": port, **facts_of(found)}
    facts["seconds"] = round(reached.evidence.elapsed_ms / 1000, 1)
    return failed(cause_of(found), reached.evidence, **facts)


async def _token_host(run: Run) -> Outcome:
    return await _reach(run, run.connection.token_url.strip())


async def _base_host(run: Run) -> Outcome:
    return await _reach(run, run.connection.base_url.strip())


async def _clock(run: Run) -> Outcome:
    if run.skew is None:
        return skipped("no answer told the server's time")
    minutes = round(abs(run.skew) / 60)
    direction = "behind" if run.skew > 0 else "ahead of"
    evidence = next((item for item in run.trace if item.server_date), None)
    proof = (evidence,) if evidence else ()
    if abs(run.skew) <= CLOCK_LIMIT_S:
        return passed(*proof, seconds=round(abs(run.skew)))
    facts: FactDict = {
        "minutes": minutes,
        "direction": direction,
        "server_date": evidence.server_date if evidence else "",
    }
    # A signature carries the time, a bearer token does not; one that was accepted proves the clock good enough.
    if run.connection.oauth == 1 and run.signature is None:
        return failed("clock.skew", *proof, **facts)
    return warned("clock.skew", *proof, **facts)


def _same_host(connection: Connection) -> str | None:
    if connection.oauth == 1:
        return "OAuth 1 has no token URL"
    token, base = connection.token_url.strip(), connection.base_url.strip()
    try:
        same = (host_of(token), place_of(token).port) == (host_of(base), place_of(base).port)
    except ValueError:
        return None
    return "it is the host of the base URL" if same else None


CHECKS: tuple[Check, ...] = (
    Check(
        "network.token-host", "Host of the token URL answers",
        "Whether the name can be found, the port accepts, and TLS is right.",
        Stage.NETWORK, _token_host, requires=gates.ADDRESS, applies=_same_host,
    ),
    Check(
        "network.base-host", "Host of the base URL answers",
        "Whether the name can be found, the port accepts, and TLS is right.",
        Stage.NETWORK, _base_host, requires=gates.ADDRESS,
    ),
    Check(
        "network.clock", "Clocks agree",
        "Whether this computer's clock and the server's differ by more than five minutes.",
        Stage.NETWORK, _clock, requires=gates.NETWORK, after=(*gates.AUTHORISED, "access.data"),
    ),
)  # fmt: skip
