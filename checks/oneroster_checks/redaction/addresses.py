"""The address of a request as it may be shown: what the user typed and the standard's words whole, ids as ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from urllib.parse import unquote, unquote_plus, urlsplit

from ..memory_limits import WORD_KEPT_CHARACTERS, WORDS_KEPT
from .ids import HIDDEN, is_open, shown_id
from .locations import PLAIN_SEGMENTS
from .outline import NAME_KEYS

# The parameters that say which records, and those of a token URL.
_NUMBERS = frozenset({"limit", "offset"})
_QUOTE = "%27"
# The signs of a filter or a list of fields, and the spaces around AND and OR, as they are sent.
_SIGNS = re.compile(r"(%3D|%2C|%3E|%3C|%21|%20|~)")
_FIELD = re.compile(r"[A-Za-z][A-Za-z.]*+")
_CHANGED = "dateLastModified"
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{4,15}(?:Z|[+-][0-9:]{2,5})?")


def parts_typed(text: str) -> set[str]:
    """The parts of an address that a user typed: of its path, and of its query the names and the values."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return set()
    pairs = {piece for pair in parts.query.split("&") for piece in pair.split("=", 1)}
    return {unquote(word) for word in (*parts.path.split("/"), *pairs) if word}


def shown_address(url: str, typed: Container[str], known: dict[str, str]) -> str:
    """The address of a request without what may be a name in it; `typed` are the parts that the user typed.

    `known` remembers how parts of addresses are shown while `typed` is the same: most are in those of all requests.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    shown = _shown_by(typed, known)
    path = "/".join(shown(word) for word in parts.path.split("/"))
    query = "&".join(_shown_pair(pair, shown) for pair in parts.query.split("&")) if parts.query else ""
    start = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
    return f"{start}{path}{'?' if query else ''}{query}"


def shown_filter(text: str) -> str:
    """A filter as it may be shown: ids as ids are, and nothing of a value that names a person."""
    pieces = text.split("'")
    return "'".join(
        _shown_value(pieces[place - 1], piece, shown_id) if place % 2 else piece
        for place, piece in enumerate(pieces)
    )


def _shown_value(before: str, value: str, shown: Callable[[str], str]) -> str:
    """A value of a filter, by the field that stands before it."""
    words = _FIELD.findall(unquote(before))
    field = words[-1].rpartition(".")[2] if words else ""
    if field in NAME_KEYS:
        return HIDDEN if value else value
    is_moment = field == _CHANGED and _MOMENT.fullmatch(unquote(value))
    return value if is_moment else shown(value)


def _shown_by(typed: Container[str], known: dict[str, str]) -> Callable[[str], str]:
    def shown(word: str) -> str:
        found = known.get(word)
        if found is None:
            found = _shown_word(word, typed)
            if len(known) < WORDS_KEPT and len(word) <= WORD_KEPT_CHARACTERS:
                known[word] = found
        return found

    return shown


def _shown_word(word: str, typed: Container[str]) -> str:
    if HIDDEN in word:
        return HIDDEN
    read = unquote_plus(word)
    plain = unquote(word) in typed or read.lower() in PLAIN_SEGMENTS or is_open(read)
    return word if plain or not word else shown_id(word)


def _shown_pair(pair: str, shown: Callable[[str], str]) -> str:
    name, sign, value = pair.partition("=")
    if name in _NUMBERS and value.isascii() and value.isdigit():
        return pair
    if _QUOTE in value:
        # What stands between quotes is a value; around them stand the standard's fields and signs.
        pieces = value.split(_QUOTE)
        value = _QUOTE.join(
            _shown_value(pieces[place - 1], piece, shown) if place % 2 else _shown_signs(piece, shown)
            for place, piece in enumerate(pieces)
        )
    else:
        value = _shown_signs(value, shown)
    return f"{shown(name)}{sign}{value}"


def _shown_signs(text: str, shown: Callable[[str], str]) -> str:
    """A text of a query, whose signs between fields and values stay."""
    pieces = _SIGNS.split(text)
    return "".join(piece if place % 2 else shown(piece) for place, piece in enumerate(pieces))
