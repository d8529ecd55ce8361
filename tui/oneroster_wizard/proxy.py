"""The proxy that this computer is set up to use, for the engine, which reads no environment itself."""

from __future__ import annotations

from urllib.parse import urlsplit

from oneroster_checks.connection import Connection


def https_proxy_for(connection: Connection) -> str | None:
    """The proxy for the https requests of a connection, None where none is set or its hosts are exempt."""
    from urllib.request import getproxies, proxy_bypass

    proxy = getproxies().get("https")
    if not proxy:
        return None
    try:
        hosts = {urlsplit(url.strip()).hostname for url in (connection.base_url, connection.token_url)}
    except ValueError:
        return None
    if any(host and proxy_bypass(host) for host in hosts):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"
