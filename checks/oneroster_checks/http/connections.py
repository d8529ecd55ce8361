"""The connections of one session: this computer's own and those by way of its proxy; a host is looked up once."""

from __future__ import annotations

import ssl

import httpx

from .. import limits
from ..urls import is_this_machine
from .address import Places, UnsendableURL, connection_of
from .backend import connecting_to
from .budget import RunBudget
from .by_proxy import ByProxy
from .direct import DirectTransport
from .hosts import Hosts
from .logs import unlogged
from .messages import Transport
from .proxy import checked_proxy, is_socks
from .resolver import Resolver


class Connections:
    """At most one open connection each way; below the HTTP library's client, which would read cookies and redirects.

    `timeout` is the limit of one request in seconds; `https_proxy` the proxy for https to other machines than this
    one, None for none. `places` reads addresses as they are sent, `hosts` knows where they lead. ProxyError when the
    proxy cannot be used.
    """

    def __init__(
        self,
        tls: ssl.SSLContext,
        budget: RunBudget,
        timeout: float,
        *,
        https_proxy: str | None,
        resolver: Resolver,
    ) -> None:
        self._tls = tls
        self._timeout = timeout
        self.places = Places()
        self.hosts = Hosts(resolver, budget)
        self._proxy = checked_proxy(https_proxy, tls) if https_proxy else None
        self._closed = False
        self._make_transports()

    def _make_transports(self) -> None:
        self._direct = DirectTransport(self.hosts.addresses_of, self._tls, self.connect_limit)
        self._proxied = self._transport_by(self._proxy) if self._proxy else None

    def _transport_by(self, proxy: httpx.Proxy) -> Transport:
        transport = httpx.AsyncHTTPTransport(
            verify=self._tls,
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            trust_env=False,
            proxy=proxy,
        )
        timeouts = httpx.Timeout(self._timeout, connect=self.connect_limit).as_dict()
        return ByProxy(connecting_to(self.hosts.addresses_of, transport), timeouts)

    @property
    def connect_limit(self) -> float:
        """The seconds until a connection must be made, TLS included."""
        return min(self._timeout, limits.CONNECT_S)

    @property
    def has_proxy(self) -> bool:
        """Whether there is a proxy between this computer and others."""
        return self._proxy is not None

    @property
    def has_socks(self) -> bool:
        """Whether there is one, and it speaks SOCKS."""
        return is_socks(self._proxy)

    def goes_by_proxy(self, url: str) -> bool:
        """Whether a request is sent by way of the proxy; False for an address that cannot be sent."""
        # Unencrypted, the proxy would read the credentials: it gets nothing but the wish to connect.
        if self._proxy is None or not url.startswith("https:"):
            return False
        try:
            return not is_this_machine(connection_of(url)[0])
        except UnsendableURL:
            return False

    def transport_for(self, url: str) -> Transport:
        """What sends a request to an address; RuntimeError once everything is closed."""
        if self._closed:
            raise RuntimeError("a closed session sends nothing")
        return self._proxied if self._proxied is not None and self.goes_by_proxy(url) else self._direct

    def place_of(self, url: str) -> tuple[str, int]:
        """The host and the port that a request connects to; UnsendableURL when it leads nowhere."""
        place = self.places.connection_of(url)
        if self._proxy is not None and self.goes_by_proxy(url):
            return self._proxy.url.raw_host.decode("ascii"), self._proxy.url.port or 0
        return place

    async def start_afresh(self) -> None:
        """Give the next request a connection of its own: a server that failed may close behind its answer."""
        await self._close()
        self._make_transports()

    async def aclose(self) -> None:
        """Close every connection for good; safe to call more than once."""
        self._closed = True
        await self._close()

    async def _close(self) -> None:
        with unlogged():
            for transport in (self._direct, self._proxied):
                if transport is not None:
                    await transport.aclose()
