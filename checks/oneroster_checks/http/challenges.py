"""The WWW-Authenticate header (RFC 9110 section 11.6.1): which schemes a server asks for, with their parameters."""

from __future__ import annotations

import re

from ..limits import HEADER_CHARACTERS

# A piece begins where the header does, or behind a comma, and none of its parts is read twice.
_PIECE = re.compile(
    r"""(?:\A|(?<=,))\s*+(?:(?P<scheme>[A-Za-z][\w-]*+)(?=\s++[^\s=,]|\s*+(?:,|$))\s*+)?
    (?:(?P<token68>[\w+/.~-]++=*+)(?=\s*+(?:,|$))|(?P<name>[\w-]++)\s*+=\s*+
    (?:"(?P<quoted>(?:[^"\\]|\\.)*+)"|(?P<plain>[^\s,"]*+)))?+\s*+(?:,|$)""",
    re.VERBOSE,
)
_ESCAPED = re.compile(r"\\(.)")


def challenges_of(header: str) -> dict[str, dict[str, str]]:
    """The parameters of each scheme, both names in lower case; none for a header that cannot be read.

    Reading stops where the header breaks the rules. Of a parameter given twice the first counts.
    """
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    header = header[:HEADER_CHARACTERS]
    place = 0
    while place < len(header):
        piece = _PIECE.match(header, place)
        if piece is None or piece.end() == place:
            break
        place = piece.end()
        if piece["scheme"]:
            current = found.setdefault(piece["scheme"].lower(), {})
        if piece["name"]:
            value = piece["plain"] if piece["quoted"] is None else _ESCAPED.sub(r"\1", piece["quoted"])
            current.setdefault(piece["name"].lower(), value)
    return found
