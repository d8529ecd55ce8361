"""The connection to the server: names, ports, certificates and clocks."""

from __future__ import annotations

from oneroster_checks.connection import Connection, Credentials

from ..fault import BadCertificate, Fault, HandedOut, PortBehavior, Problem
from ..site import Site

# Seconds after which a run gives up on the district that never answers.
_SHORT_TIMEOUT = 2.0


def _moved(site: Site, connection: Connection, origin: str) -> Connection:
    return connection.but(
        base_url=connection.base_url.replace(site.origin, origin),
        token_url=connection.token_url.replace(site.origin, origin),
    )


def _no_such_name(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    # The top-level name .invalid never resolves (RFC 2606).
    return _moved(site, connection, "https://practice-district.invalid"), credentials


def _with_short_timeout(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return connection.but(timeout=_SHORT_TIMEOUT), credentials


def _https(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return _moved(site, connection, f"https://{site.host}:{site.port}"), credentials


def _http(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    return _moved(site, connection, f"http://{site.host}:{site.port}"), credentials


FAULTS = (
    Fault(
        problem=Problem("network.name-not-found", "The server's name does not exist"),
        hand_out=_no_such_name,
    ),
    Fault(
        problem=Problem("network.refused", "Nothing is listening on the server's port"),
        port=PortBehavior.REFUSE,
    ),
    Fault(
        problem=Problem("network.timeout", "The server accepts the connection but never answers"),
        hand_out=_with_short_timeout,
        port=PortBehavior.STAY_SILENT,
    ),
    Fault(
        problem=Problem("network.closed", "The server closes the connection without an answer"),
        port=PortBehavior.CLOSE,
    ),
    Fault(
        problem=Problem("network.not-http", "The port belongs to another service, which speaks SSH"),
        port=PortBehavior.OTHER_PROTOCOL,
    ),
    Fault(
        problem=Problem("tls.needed", "The addresses start with http, but the port speaks TLS"),
        hand_out=_http,
        certificate=BadCertificate.UNTRUSTED,
    ),
    Fault(
        problem=Problem("tls.expired", "The server's certificate has expired"),
        certificate=BadCertificate.EXPIRED,
    ),
    Fault(
        problem=Problem("tls.wrong-host", "The server's certificate is for another host name"),
        certificate=BadCertificate.WRONG_HOST,
    ),
    Fault(
        problem=Problem("tls.untrusted", "The server's certificate is from an unknown authority"),
        certificate=BadCertificate.UNTRUSTED,
    ),
    Fault(
        problem=Problem("tls.protocol", "The server and this computer have no TLS version in common"),
        hand_out=_https,
        port=PortBehavior.TLS_ALERT,
    ),
    Fault(
        problem=Problem("tls.not-tls", "The addresses start with https, but the port speaks plain HTTP"),
        hand_out=_https,
    ),
    Fault(
        problem=Problem("clock.skew", "The server's clock is an hour ahead"),
        clock_ahead=3600.0,
    ),
)
