"""The addresses of pages taken apart: which list, from which offset on, and whether they lead to the host in use."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from ..urls import Place, place_of, split

# The query of a page's address that says which page it is.
_CUTS = frozenset({"limit", "offset"})


@dataclass(frozen=True, slots=True)
class PageAddress:
    """What the address of a page asks for: a path, the offset, and what it has beside limit and offset."""

    path: str
    offset: int
    others: tuple[tuple[str, str], ...]

    def beyond(self, other: PageAddress) -> bool:
        """Whether this is a later page of the same list, as far as offsets show it."""
        return (self.path, self.others) == (other.path, other.others) and self.offset > other.offset


def page_address(url: str) -> PageAddress | None:
    """The address of a page taken apart, None when it cannot be read."""
    parts = split(url)
    if parts is None:
        return None
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    offset = next((value for name, value in pairs if name == "offset"), "0")
    if not (offset.isascii() and offset.isdigit() and len(offset) < 12):
        return None
    others = tuple(sorted(pair for pair in pairs if pair[0] not in _CUTS))
    return PageAddress(unquote(parts.path).rstrip("/"), int(offset), others)


def is_ours(url: str, place: Place) -> bool:
    """Whether an address leads to the same host, port and scheme as this place."""
    return _ends(place_of(url)) == _ends(place)


def is_elsewhere(url: str, place: Place) -> bool:
    """Whether it names another one; an address without a host names none."""
    return bool(place_of(url).host) and not is_ours(url, place)


def _ends(place: Place) -> tuple[str, int, bool]:
    # A dot behind a host's name changes nothing.
    return place.host.rstrip("."), place.port, place.secure
