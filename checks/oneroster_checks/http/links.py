"""The Link header (RFC 8288): which relation leads where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..limits import LINKS_OF_AN_ANSWER

_TARGET = re.compile(r"<([^<>]*+)>")
# One parameter; or what breaks the rules, up to the next one or the next link.
_PARAMETER = re.compile(
    r"""(?:(?<!\s)\s++)?+(?:;\s*+(?P<name>[^\s=;,"]*+)\s*+(?:=\s*+(?:"(?P<quoted>(?:[^"\\]|\\.)*+)(?:"|\\?\Z)|(?P<plain>[^;,"]*+)))?+
    |"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[^;,"\s]++)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def links_of(header: str) -> dict[str, str]:
    """The targets of a Link header by relation in lower case, as they are written; none where it is broken.

    A link with several relations is listed under each of them; of several links with one relation the first
    counts. No library that this project has reads a relation behind a `;` or `=` in a title or a target, lets the
    first link win, and takes no longer than a hostile header is long. Only the first `limits.LINKS_OF_AN_ANSWER`
    links are read.
    """
    found: dict[str, str] = {}
    for target, relations in _links(header):
        for relation in relations:
            found.setdefault(relation, target)
    return found


def _links(header: str) -> Iterator[tuple[str, list[str]]]:
    """Each link: its target, and its relations."""
    place = 0
    for _ in range(LINKS_OF_AN_ANSWER):
        target = _TARGET.search(header, place)
        if target is None:
            return
        place, relations = target.end(), None
        while part := _PARAMETER.match(header, place):
            place = part.end()
            if relations is None and part["name"]:
                relations = _relations(part)
        yield target[1].strip(), relations or []
        # Behind the comma that ends a link.
        place = header.find(",", place)
        if place < 0:
            return


def _relations(part: re.Match[str]) -> list[str] | None:
    """The relations that a parameter names, None where it is another one."""
    name = part["name"].lower()
    if name not in ("rel", "rel*"):
        return None
    value = part["plain"] or "" if part["quoted"] is None else _ESCAPED.sub(r"\1", part["quoted"])
    if name == "rel*":
        # Character set, language and value (RFC 8187).
        value = unquote(value.rpartition("'")[2])
    # Single quotes are no quotes by the standard, and some servers write them.
    return value.strip(" \t'\"").lower().split()
