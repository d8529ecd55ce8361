"""The practice district without its server: it answers within this process, at an address of the test's own."""

from __future__ import annotations

import time
from datetime import date, timedelta
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from oneroster_checks.connection import Connection, Credentials, Secret
from oneroster_practice import exchange
from oneroster_practice.assembly import endpoints
from oneroster_practice.faults import fault_of
from oneroster_practice.site import TOKEN_PATH, Site

from ..canaries import SECRET, VENDOR_KEY, VENDOR_SECRET
from ..servers import Request
from .case import Case
from .sent import Sent, from_response

_CLIENT_ID = "InfiniteCampus_fuzz"
# Seconds for one request: on this machine an answer takes a fraction of it, and stalls end it.
REQUEST_S = 0.25
_RIGHT = Credentials(Secret(SECRET), Secret(VENDOR_KEY), Secret(VENDOR_SECRET))


class Base:
    """The district of a case at a port of this machine; `connection` and `credentials` are what it hands out."""

    def __init__(self, case: Case, port: int) -> None:
        fault = fault_of(case.base)
        self.site = Site("http", "127.0.0.1", port, case.oneroster)
        typed = Connection(
            provider=case.provider,
            oauth=case.oauth,
            oneroster=case.oneroster,
            base_url=self.site.base_url(),
            token_url=self.site.token_url() if case.way == "oauth 2" else "",
            client_id="" if case.way == "fixed token" else _CLIENT_ID,
            share=case.share,
            created=date.today() - timedelta(days=100),
            timeout=REQUEST_S,
            fixed_token=case.way == "fixed token",
        )
        self.connection, given = fault.hand_out(self.site, typed, _RIGHT)
        self.credentials = given if case.vendor else Credentials(given.client_secret)
        self.issued: set[str] = set()
        self._ahead = fault.clock_ahead
        self._respond = endpoints(
            fault,
            self.site,
            oauth=case.oauth,
            share=case.share,
            size=case.size,
            client_id=_CLIENT_ID,
            credentials=_RIGHT,
        )

    def answer(self, heard: Request) -> tuple[exchange.Request, Sent]:
        """The request as the district sees it, and its answer."""
        parts = urlsplit(heard.target)
        host = heard.headers.get("host", "")
        path = unquote(parts.path)
        asked = exchange.Request(
            heard.method,
            f"http://{host}{heard.target}",
            path,
            parts.query,
            host.rpartition(":")[0],
            heard.headers,
            heard.body,
        )
        response = self._respond.token(asked) if path == TOKEN_PATH else self._respond.data(asked)
        return asked, from_response(response, formatdate(time.time() + self._ahead, usegmt=True))
