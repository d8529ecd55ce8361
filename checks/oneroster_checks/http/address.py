"""A web address exactly as it is sent, so that a signature can be made over the same bytes."""

from __future__ import annotations

import httpx

from ..limits import LAST_PORT
from ..urls import up_to_host


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
    found = sendable(url)
    return found.raw_host.decode("ascii"), found.port or (443 if found.scheme == "https" else 80)


class Places:
    """Where the addresses of one run lead, each host read once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int]] = {}

    def connection_of(self, url: str) -> tuple[str, int]:
        """The same as the function, for a URL as it is sent."""
        origin = up_to_host(url)
        if origin not in self._known:
            self._known[origin] = connection_of(url)
        return self._known[origin]


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
