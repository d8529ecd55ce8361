"""Puts the parts of a practice district together."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from oneroster_checks.connection import Credentials, OAuthVersion, OneRosterVersion, Share

from .authorization import AccessControl
from .certificates import CertificateFiles
from .errors import ErrorResponses
from .exchange import Request, Response
from .fault import Fault, PortBehavior
from .faulty_ports import serve_faulty_port
from .gradebook import Gradebook
from .lists import Lists
from .records import Records
from .roster import Roster
from .school_year import school_year
from .server import serve_web, web_app
from .service import DataService
from .shape import Shape
from .signature import SignatureVerifier
from .site import Site
from .sizes import Size
from .tokens import TokenEndpoint, scopes_of_connection


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What answers the requests of a district, apart from any server: the token URL's, and all others."""

    token: Callable[[Request], Response]
    data: Callable[[Request], Response]


def endpoints(
    fault: Fault,
    site: Site,
    *,
    oauth: OAuthVersion,
    share: tuple[Share, ...],
    size: Size,
    client_id: str,
    credentials: Credentials,
    count: int = 0,
) -> Endpoints:
    """The endpoints of a district with a fault, `count` times where it can be counted; TooMany if not so often.

    `client_id` and `credentials` are those that the district accepts, whatever it hands out.
    """
    tokens = TokenEndpoint(
        client_id if oauth == 2 else None,
        credentials.client_secret,
        site.oneroster,
        scopes_of_connection(site.oneroster, share),
        fault.token,
    )
    signatures = (
        SignatureVerifier(client_id, credentials.client_secret, fault.signature, fault.clock_ahead)
        if oauth == 1
        else None
    )
    errors = ErrorResponses(site.oneroster, fault.data.plain_errors)
    vendor_pair = f"{credentials.vendor_key.reveal()}:{credentials.vendor_secret.reveal()}"
    access = AccessControl(
        site, tokens, signatures, credentials.client_secret, vendor_pair, share, fault.data, errors
    )
    records = records_of(fault, site, size)
    roster = Roster(records, fault.roster, count)
    data = DataService(site, access, Lists(roster, Gradebook(roster)), fault, errors, records.version)
    return Endpoints(tokens.respond, data.respond)


def records_of(fault: Fault, site: Site, size: Size) -> Records:
    """The records of rostering and resources in a district with a fault, before anything is planted."""
    rules = fault.roster
    version = _other(site.oneroster) if rules.other_version else site.oneroster
    year = school_year(date.today(), years_back=rules.years_back, last_year=rules.last_year)
    return Records(version, Shape(size), year, site)


def district_server(
    fault: Fault,
    site: Site,
    *,
    oauth: OAuthVersion,
    share: tuple[Share, ...],
    size: Size,
    client_id: str,
    credentials: Credentials,
    listener: socket.socket,
    certificate: CertificateFiles | None,
    count: int = 0,
) -> Callable[[asyncio.Event], Awaitable[None]]:
    """What serves a district with a fault at a bound socket, until an event is set.

    `client_id` and `credentials` are those that the district accepts, whatever it hands out. The fault is there
    `count` times where it can be counted; TooMany if not so often.
    """
    if fault.port is not PortBehavior.SERVE:
        return lambda stop: serve_faulty_port(fault.port, listener, stop)
    respond = endpoints(
        fault,
        site,
        oauth=oauth,
        share=share,
        size=size,
        client_id=client_id,
        credentials=credentials,
        count=count,
    )

    async def serve(stop: asyncio.Event) -> None:
        app = web_app(
            respond.token,
            respond.data,
            stop,
            own_name=site.host,
            delay=fault.data.delay,
            clock_ahead=fault.clock_ahead,
        )
        await serve_web(app, listener, stop, certificate)

    return serve


def _other(version: OneRosterVersion) -> OneRosterVersion:
    return "1.1" if version == "1.2" else "1.2"
