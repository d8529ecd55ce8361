"""The way to the server: names, ports, certificates and clocks."""

from __future__ import annotations

from oneroster_checks.connection import Connection, Credentials

from ..exchange import Site
from ..fault import Certificate, Fault, Line, Problem

Handed = tuple[Connection, Credentials]

# Seconds after which a run gives up on the district that never answers.
_PATIENCE = 2.0


def _moved(site: Site, connection: Connection, origin: str) -> Connection:
    return connection.but(
        base_url=connection.base_url.replace(site.origin, origin),
        token_url=connection.token_url.replace(site.origin, origin),
    )


def _no_such_name(site: Site, connection: Connection, credentials: Credentials) -> Handed:
    # The top-level name .invalid never resolves (RFC 2606).
    return _moved(site, connection, "https://practice-district.invalid"), credentials


def _short_patience(site: Site, connection: Connection, credentials: Credentials) -> Handed:
    return connection.but(timeout=_PATIENCE), credentials


def _https(site: Site, connection: Connection, credentials: Credentials) -> Handed:
    return _moved(site, connection, f"https://{site.host}:{site.port}"), credentials


FAULTS = (
    Fault(
        problem=Problem("network.name-not-found", "The server's name does not exist"),
        hand_out=_no_such_name,
    ),
    Fault(
        problem=Problem("network.refused", "Nothing listens at the server's port"),
        line=Line.REFUSED,
    ),
    Fault(
        problem=Problem("network.timeout", "The server takes the connection and never answers"),
        hand_out=_short_patience,
        line=Line.SILENT,
    ),
    Fault(
        problem=Problem("network.closed", "The server closes the connection without an answer"),
        line=Line.CLOSED,
    ),
    Fault(
        problem=Problem("tls.expired", "The certificate is out of date"),
        certificate=Certificate.EXPIRED,
    ),
    Fault(
        problem=Problem("tls.wrong-host", "The certificate is for another name"),
        certificate=Certificate.WRONG_HOST,
    ),
    Fault(
        problem=Problem("tls.untrusted", "The certificate is from an unknown authority"),
        certificate=Certificate.UNTRUSTED,
    ),
    Fault(
        problem=Problem("tls.protocol", "The server shares no TLS version with this computer"),
        hand_out=_https,
        line=Line.TLS_ALERT,
    ),
    Fault(
        problem=Problem("tls.not-tls", "An https address of a port that speaks plain HTTP"),
        hand_out=_https,
    ),
    Fault(
        problem=Problem("clock.skew", "The server's clock is an hour ahead"),
        clock_ahead=3600.0,
    ),
)
