"""The proxy of this computer: whether one can be used, said before the first request."""

from __future__ import annotations

import ssl
from importlib import import_module

import httpx

from ..errors import ProxyError
from .address import UnsendableURL, check_place

_SOCKS = ("socks5", "socks5h")
# RFC 1929, section 2: their lengths are told in one byte each.
_SOCKS_LOGIN_BYTES = 255
_FIX = "correct HTTPS_PROXY or ALL_PROXY in the environment, or name the district's host in NO_PROXY"


def checked_proxy(proxy: str, tls: ssl.SSLContext) -> httpx.Proxy:
    """The proxy behind its address, which may hold a user name and a password.

    `tls` verifies a proxy that itself speaks TLS. ProxyError, with one sentence that repeats nothing of the address,
    when it cannot be used.
    """
    try:
        url = httpx.URL(proxy)
        if url.scheme not in ("http", "https", *_SOCKS) or not url.raw_host:
            raise ProxyError(
                "The address of this computer's proxy must begin with http://, https:// or socks5:// and name a host",
                _FIX,
            )
        _check_host(url)
        found = httpx.Proxy(url, ssl_context=tls if url.scheme == "https" else None)
    except UnsendableURL:
        # Let through, it would be told of the district's address, for which the proxy is asked.
        raise ProxyError(
            "The address of this computer's proxy has a host or port that nothing can connect to", _FIX
        ) from None
    except (httpx.InvalidURL, ValueError):
        # The library's message would repeat the address with its password.
        raise ProxyError(
            "The address of this computer's proxy cannot be read as a web address", _FIX
        ) from None
    if is_socks(found):
        _check_socks(found)
    return found


def is_socks(proxy: httpx.Proxy | None) -> bool:
    """Whether a proxy speaks SOCKS, and not HTTP."""
    return proxy is not None and proxy.url.scheme in _SOCKS


def _check_socks(proxy: httpx.Proxy) -> None:
    """ProxyError when this computer has no SOCKS, or SOCKS no room for the login."""
    try:
        import_module("socksio")
    except ImportError:
        raise ProxyError(
            "This computer's proxy speaks SOCKS, for which the package socksio is missing: install it with "
            "pip install 'oneroster-wizard[socks]'"
        ) from None
    if any(not 0 < len(part) <= _SOCKS_LOGIN_BYTES for part in proxy.raw_auth or ()):
        raise ProxyError(
            "The address of this computer's proxy has a user name or password that SOCKS cannot carry", _FIX
        )


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
