"""The proxy that this computer is set up to use, for the engine, which reads no environment itself."""

from __future__ import annotations

from oneroster_checks.connection import Connection
from oneroster_checks.urls import place_of


def https_proxy_for(connection: Connection) -> str | None:
    """The proxy for the https requests of a connection, None where none is set or its hosts are exempt."""
    from urllib.request import getproxies, proxy_bypass

    urls = [connection.base_url, *([connection.token_url] if connection.requests_token else [])]
    places = [place_of(url) for url in urls]
    hosts = {place.host for place in places if place.host and place.secure}
    known = getproxies()
    proxy = known.get("https") or known.get("all")
    if not proxy or not hosts or any(proxy_bypass(host) for host in hosts):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
