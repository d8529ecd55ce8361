"""Addresses of data requests: a root, a path and parameters, and the next links that servers write."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, unquote, unquote_plus, urlsplit, urlunsplit

Params = Mapping[str, str | int]


def address(root: str, path: str, params: Params | None = None) -> str:
    """A root, a path and its parameters as one URL.

    A space is `%20` and an apostrophe `%27`, which every OAuth 1 verifier accepts; `+` and a raw `'` are not.
    """
    query = "&".join(
        f"{quote(key, safe='~')}={quote(str(value), safe='~')}" for key, value in (params or {}).items()
    )
    return f"{root}{path}?{query}" if query else f"{root}{path}"


def encoded_again(url: str) -> str:
    """An address that a server wrote, with its path and parameters encoded as `address` does it.

    A raw `|`, a space or a `+` cannot be signed, or is read in two ways.
    """
    parts = urlsplit(url)
    path = quote(unquote(parts.path), safe="/~:@!$&()*,;=")
    return urlunsplit((parts.scheme, parts.netloc, path, encoded_query(parts.query), ""))


def encoded_query(query: str) -> str:
    """The query of an address that somebody wrote, with its names and values encoded as `address` does it."""
    pairs = (piece.partition("=") for piece in query.split("&") if piece)
    return "&".join(f"{_encode(key)}{sign}{_encode(value)}" for key, sign, value in pairs)


def _encode(text: str) -> str:
    return quote(unquote_plus(text), safe="~")
