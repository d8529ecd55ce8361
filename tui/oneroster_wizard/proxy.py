"""The proxy that this computer is set up to use, for the engine, which reads no environment itself."""

from __future__ import annotations

from oneroster_checks.connection import Connection
from oneroster_checks.errors import ProxyError
from oneroster_checks.urls import place_of, split

# What an HTTP client can speak to a proxy.
_SCHEMES = ("http", "https", "socks5", "socks5h")


def https_proxy_for(connection: Connection) -> str | None:
    """The proxy for the https requests of a connection, None where none is set or its hosts are exempt.

    ProxyError when what is set is no address of a proxy.
    """
    from urllib.request import getproxies, proxy_bypass

    places = [place_of(url) for url in (connection.base_url, connection.token_url)]
    hosts = {place.host for place in places if place.host and place.secure}
    known = getproxies()
    proxy = known.get("https") or known.get("all")
    if not proxy or not hosts or any(proxy_bypass(host) for host in hosts):
        return None
    url = proxy if "://" in proxy else f"http://{proxy}"
    parts = split(url)
    # The address may hold a password, so it is not repeated.
    if parts is None or not parts.hostname:
        raise ProxyError(
            "The proxy in HTTPS_PROXY or ALL_PROXY is not an address. Write it as http://host:port."
        )
    if parts.scheme.lower() not in _SCHEMES:
        raise ProxyError(
            f"The proxy in HTTPS_PROXY or ALL_PROXY begins with {parts.scheme[:20]}://, which cannot be used. "
            "Write it as http://host:port."
        )
    return url
