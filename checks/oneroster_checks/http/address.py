"""A web address exactly as it is sent, so that a signature can be made over the same bytes."""

from __future__ import annotations

import re

import httpx

from ..limits import LAST_PORT
from ..urls import Place, up_to_host
from .messages import Destination

# What the library sends exactly as it is written, and that nearly all addresses are made of: a scheme with a host and a
# port, a path without dots at the beginning of a part, and a query. Longer ones are left to the library.
_PLAIN_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?")
_PLAIN_REST = re.compile(r"(?a)(?:/[\w~-][\w.~-]*+)*+/?+(?:\?(?:[\w.~&=+,:;'()*/-]|%[0-9A-Fa-f]{2})*+)?+")
_PLAIN_CHARACTERS = 4096


class UnsendableURL(ValueError):
    """No request can be made of an address: no scheme or host, an impossible port, a name that is none."""


def as_sent(url: str) -> str:
    """A URL as it is sent: encoded, with its host in ASCII, and without user name and fragment.

    UnsendableURL when no HTTP request can be made of it. The result is its own result: what was
    encoded once is not encoded again.
    """
    return str(sendable(url))


def host_as_sent(host: str) -> str:
    """A host name or address in ASCII, as it is looked up and named in TLS; UnsendableURL when it is none."""
    return sendable(f"http://[{host}]/" if ":" in host else f"http://{host}/").raw_host.decode("ascii")


def connection_of(url: str) -> tuple[str, int]:
    """The host in ASCII and the port that a URL connects to; UnsendableURL when it leads nowhere."""
    place = _destination(sendable(url)).place
    return place.host, place.port


class Places:
    """Where the addresses of one run lead, each host read once."""

    def __init__(self) -> None:
        self._roots: dict[str, Destination] = {}

    def destination(self, url: str) -> Destination:
        """An address as it is sent; UnsendableURL when no request can be made of it."""
        origin = up_to_host(url)
        rest = url[len(origin) :]
        if not (
            rest
            and len(url) <= _PLAIN_CHARACTERS
            and _PLAIN_ORIGIN.fullmatch(origin)
            and _PLAIN_REST.fullmatch(rest)
        ):
            return _destination(sendable(url))
        root = self._root(origin)
        return Destination(f"{root.text[:-1]}{rest}", root.place, root.host, rest.encode("ascii"))

    def connection_of(self, url: str) -> tuple[str, int]:
        """The same as the function, for a URL as it is sent."""
        place = self._root(up_to_host(url)).place
        return place.host, place.port

    def _root(self, origin: str) -> Destination:
        if origin not in self._roots:
            self._roots[origin] = _destination(sendable(f"{origin}/"))
        return self._roots[origin]


def check_place(url: httpx.URL) -> None:
    """UnsendableURL when nothing can be connected to at the host and the port of a URL, whatever its scheme."""
    name = url.raw_host.decode("ascii")
    if "%" in name and ":" not in name:
        # The library encodes what no name may hold, such as a space; only the zone of an address has the sign.
        raise UnsendableURL("The host in the address has a character that no name has.")
    if url.port is not None and not 0 < url.port <= LAST_PORT:
        raise UnsendableURL("The port in the address is invalid.")


def sendable(url: str) -> httpx.URL:
    """The same as the library has it."""
    try:
        found = httpx.URL(url)
        if "@" in url or "#" in url or not url.startswith(("http://", "https://")):
            # A user name would be sent as credentials of its own in place of ours; a fragment is never sent. Behind a
            # scheme in capitals the library leaves a port that goes without saying, the first time that it reads it.
            found = found.copy_with(userinfo=b"", fragment=None)
    except (httpx.InvalidURL, UnicodeError):
        # The library's message may repeat the address, and the address may hold a secret.
        raise UnsendableURL("The address cannot be read as a web address.") from None
    if found.scheme not in ("http", "https") or not found.raw_host:
        raise UnsendableURL("The address needs http:// or https:// and a host.")
    check_place(found)
    return found


def _destination(found: httpx.URL) -> Destination:
    secure = found.scheme == "https"
    place = Place(found.raw_host.decode("ascii"), found.port or (443 if secure else 80), secure)
    return Destination(str(found), place, found.netloc, found.raw_path)
