"""The address of a request as it may be shown: what the user typed and the standard's words whole, ids as ids."""

from __future__ import annotations

from collections.abc import Callable, Container
from urllib.parse import unquote, unquote_plus, urlsplit

from .ids import HIDDEN, is_open, shown_id
from .locations import PLAIN_SEGMENTS

# The parameters that say which records, and those of a token URL.
_NUMBERS = frozenset({"limit", "offset"})
_QUOTE = "%27"


def parts_typed(text: str) -> set[str]:
    """The parts of an address that a user typed: of its path, and of its query the names and the values."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return set()
    pairs = {piece for pair in parts.query.split("&") for piece in pair.split("=", 1)}
    return {unquote(word) for word in (*parts.path.split("/"), *pairs) if word}


def shown_address(url: str, typed: Container[str]) -> str:
    """The address of a request without what may be a name in it; `typed` are the parts that the user typed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    shown = _shown_by(typed)
    path = "/".join(shown(word) for word in parts.path.split("/"))
    query = "&".join(_shown_pair(pair, shown) for pair in parts.query.split("&")) if parts.query else ""
    start = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{start}{path}{'?' if query else ''}{query}"


def shown_filter(text: str) -> str:
    """A filter as it may be shown, whose values are ids."""
    pieces = text.split("'")
    return "'".join(shown_id(piece) if place % 2 else piece for place, piece in enumerate(pieces))


def _shown_by(typed: Container[str]) -> Callable[[str], str]:
    def shown(word: str) -> str:
        if HIDDEN in word:
            return HIDDEN
        read = unquote_plus(word)
        plain = unquote(word) in typed or read.lower() in PLAIN_SEGMENTS or is_open(read)
        return word if plain or not word else shown_id(word)

    return shown


def _shown_pair(pair: str, shown: Callable[[str], str]) -> str:
    name, sign, value = pair.partition("=")
    if name in _NUMBERS and value.isascii() and value.isdigit():
        return pair
    if _QUOTE in value:
        # What stands between quotes is a value; around them stand the standard's fields and signs.
        value = _QUOTE.join(_shown_signs(piece, shown) for piece in value.split(_QUOTE))
    else:
        value = _shown_signs(value, shown)
    return f"{shown(name)}{sign}{value}"


def _shown_signs(text: str, shown: Callable[[str], str]) -> str:
    """A text of a query, without the sign between a field and its value."""
    for sign in ("%3D", "%2C"):
        if sign in text:
            return sign.join(shown(piece) for piece in text.split(sign))
    return shown(text)
