"""Reading web addresses, whatever stands at them: their parts, host and port, and whether they are this machine."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit


@dataclass(frozen=True, slots=True)
class Place:
    """Where an address leads: its host name in lower case, its port, and whether it speaks TLS."""

    host: str
    port: int
    secure: bool

    @property
    def this_machine(self) -> bool:
        """Whether it is this computer."""
        return is_this_machine(self.host)


def split(url: str) -> SplitResult | None:
    """The parts of a URL, None when it cannot be read (an impossible port, an unclosed bracket)."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.port
    except ValueError:
        return None
    return parts


def place_of(url: str) -> Place:
    """Where a URL leads; the host is "" when it has none."""
    parts = split(url)
    scheme = parts.scheme.lower() if parts else ""
    port = (parts.port if parts else None) or (80 if scheme == "http" else 443)
    return Place((parts.hostname or "") if parts else "", port, scheme == "https")


def path_of(url: str) -> str:
    """The path of a URL as it is written, "" when it has none or cannot be read."""
    parts = split(url)
    return parts.path if parts else ""


def host_of(url: str) -> str:
    """The host name of a URL in lower case, "" when it has none."""
    return place_of(url).host


def is_this_machine(host: str) -> bool:
    """Whether a host is this computer by its name or address, without asking DNS."""
    host = host.strip("[]").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
