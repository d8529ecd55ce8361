"""Puts the parts of a practice district together."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from datetime import date

from oneroster_checks.connection import Credentials, OAuthVersion, OneRosterVersion, Share

from .certificates import CertificateFiles
from .exchange import Site
from .fault import Fault, Line
from .faulty_ports import refuse, serve_odd_line
from .gradebook import Gradebook
from .lists import Lists
from .roster import SIZES, Roster
from .school_year import school_year
from .server import serve_web, web_app
from .service import DataService, Gate, shared_scopes
from .signature import SignatureVerifier
from .tokens import TokenEndpoint


def serve(
    broken: Fault,
    site: Site,
    *,
    oauth: OAuthVersion,
    share: tuple[Share, ...],
    size: str,
    client_id: str,
    right: Credentials,
    listener: socket.socket,
    certificate: CertificateFiles | None,
) -> Callable[[asyncio.Event], Awaitable[None]]:
    """What serves a district with a fault until an event is set; `right` are the credentials it accepts."""
    if broken.line is Line.REFUSED:
        return lambda stop: refuse(listener, stop)
    if broken.line is not Line.OPEN:
        return lambda stop: serve_odd_line(broken.line, listener, stop)
    tokens = TokenEndpoint(
        client_id if oauth == 2 else None,
        right.client_secret,
        site.oneroster,
        shared_scopes(site.oneroster, share),
        broken.token,
    )
    signatures = (
        SignatureVerifier(client_id, right.client_secret, broken.signature, broken.clock_ahead)
        if oauth == 1
        else None
    )
    records = _other(site.oneroster) if broken.roster.other_version else site.oneroster
    year = school_year(date.today(), years_back=broken.roster.years_back)
    roster = Roster(SIZES[size], records, year, site, broken.roster)
    vendor_pair = f"{right.vendor_key.reveal()}:{right.vendor_secret.reveal()}"
    gate = Gate(tokens, signatures, vendor_pair, share)
    data = DataService(site, gate, Lists(roster, Gradebook(roster)), broken, records)

    async def run(stop: asyncio.Event) -> None:
        app = web_app(
            tokens.answer,
            data.answer,
            stop,
            delay=broken.data.delay,
            clock_ahead=broken.clock_ahead,
        )
        await serve_web(app, listener, stop, certificate)

    return run


def _other(version: OneRosterVersion) -> OneRosterVersion:
    return "1.1" if version == "1.2" else "1.2"
