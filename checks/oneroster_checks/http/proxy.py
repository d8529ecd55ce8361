"""The proxy of this computer: whether one can be used, said before the first request."""

from __future__ import annotations

from importlib.util import find_spec

import httpx

from ..errors import ProxyError
from .address import UnsendableURL, check_place

_SOCKS = ("socks5", "socks5h")


def checked_proxy(proxy: str) -> httpx.Proxy:
    """The proxy behind its address, which may hold a user name and a password.

    ProxyError, with one sentence that repeats nothing of the address, when it cannot be used.
    """
    try:
        url = httpx.URL(proxy)
        if url.scheme not in ("http", "https", *_SOCKS) or not url.raw_host:
            raise ProxyError(
                "The address of this computer's proxy must begin with http://, https:// or socks5:// and name a host."
            )
        _check_host(url)
        found = httpx.Proxy(url)
    except UnsendableURL:
        # Let through, it would be told of the district's address, for which the proxy is asked.
        raise ProxyError(
            "The address of this computer's proxy has a host or port to which nothing can connect."
        ) from None
    except (httpx.InvalidURL, ValueError):
        # The library's message would repeat the address with its password.
        raise ProxyError("The address of this computer's proxy cannot be read as a web address.") from None
    if url.scheme in _SOCKS and find_spec("socksio") is None:
        raise ProxyError("A SOCKS proxy needs the package socksio, and it is not installed.")
    return found


def _check_host(url: httpx.URL) -> None:
    """UnsendableURL when the lookup of a proxy's host, or a connection to its port, cannot even be tried."""
    check_place(url)
    name = url.raw_host
    if b"%" in name:
        raise UnsendableURL("The HTTP library passes a zone on encoded, and no lookup reads it so.")
    try:
        name.decode("ascii").encode("idna")
    except UnicodeError:
        raise UnsendableURL("A part of the host name is empty or too long.") from None
