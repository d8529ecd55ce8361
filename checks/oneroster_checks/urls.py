"""Reading web addresses, whatever stands at them: their parts, host and port, and what is no part of them."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlsplit

_SECRET_NAME = re.compile(
    r"(?i)secret|passw|signature|token$|^(?:key|api_?key|auth|authorization|oauth_consumer_key)$"
)
# What a label of letters beyond ASCII begins with in DNS.
_PUNYCODE = "xn--"
# A user name with a password where no host is read: at the beginning, or in an address inside another one.
_LOOSE_USERINFO = re.compile(r"(?:/|\A[^/?#\s])[^/?#\s:]*+:[^/?#\s@]*+@")


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
    parts = _parts(url)
    try:
        _ = parts.port if parts else None
    except ValueError:
        return None
    return parts


def place_of(url: str) -> Place:
    """Where a URL leads; the host is "" when it has none."""
    return _place_of(up_to_host(url))


def up_to_host(url: str) -> str:
    """The beginning of a URL, on which alone it hangs where it leads: what the addresses of one host share."""
    return "/".join(url.split("/", 3)[:3])


@lru_cache(maxsize=256)
def _place_of(url: str) -> Place:
    parts = split(url)
    scheme = parts.scheme.lower() if parts else ""
    port = (parts.port if parts else None) or (80 if scheme == "http" else 443)
    return Place((parts.hostname or "") if parts else "", port, scheme == "https")


@lru_cache(maxsize=64)
def one_place(place: Place) -> Place:
    """A place as all spellings of its name have it: a dot at the end, capitals and punycode make no other host."""
    labels = unicodedata.normalize("NFKC", place.host).rstrip(".").split(".")
    return replace(place, host=".".join(map(_as_read, labels)).casefold())


def _as_read(label: str) -> str:
    if not label.startswith(_PUNYCODE):
        return label
    try:
        return label.removeprefix(_PUNYCODE).encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def path_of(url: str) -> str:
    """The path of a URL as it is written, "" when it has none or cannot be read."""
    parts = split(url)
    return parts.path if parts else ""


def adds_a_slash(asked: str, led_to: str) -> bool:
    """Whether the path of an address is that of another one with a slash at its end."""
    return path_of(led_to) == f"{path_of(asked)}/"


def host_of(url: str) -> str:
    """The host name of a URL in lower case, "" when it has none."""
    return place_of(url).host


def without_userinfo(url: str) -> str | None:
    """The URL without the user name and password before its host; None when it has none, or cannot be read."""
    parts = _parts(url)
    if parts is None or "@" not in parts.netloc:
        return None
    return url.strip().replace(parts.netloc, parts.netloc.rpartition("@")[2], 1)


def may_hold_userinfo(text: str) -> bool:
    """Whether a text may hold a user name with a password, also where it is no whole address."""
    if _parts(text) is None:
        return "@" in text
    return without_userinfo(text) is not None or bool(_LOOSE_USERINFO.search(text))


def secret_parameter(url: str) -> str:
    """The first parameter of a URL with a value that is named as a secret, in its query or fragment; else ""."""
    parts = _parts(url)
    pairs = [*parse_qsl(parts.query), *parse_qsl(parts.fragment)] if parts else []
    return next((name for name, value in pairs if value and names_secret(name)), "")


def names_secret(name: str) -> bool:
    """Whether a parameter, or the key of a file, is named as one that holds a secret."""
    return bool(_SECRET_NAME.search(name))


def readable(url: str) -> bool:
    """Whether the parts of a URL can be told apart, whatever its port is."""
    return _parts(url) is not None


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return None


def is_this_machine(host: str) -> bool:
    """Whether a host is this computer by its name or address, without asking DNS."""
    host = host.strip("[]").lower().rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
