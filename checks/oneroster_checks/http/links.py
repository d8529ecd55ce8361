"""The Link header (RFC 8288): which relation leads where."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from email.utils import collapse_rfc2231_value


def links_of(header: str) -> dict[str, str]:
    """The targets of a Link header by relation in lower case, as they are written; none where it is broken.

    A link with several relations is listed under each of them; of several links with one relation the first
    counts. The HTTP library's own reader loses a relation behind a `;` or `=` in a title or a target and
    lets the last link win, so the parameters are read by the standard library's reader of headers.
    """
    found: dict[str, str] = {}
    for target, parameters in _values(header):
        for relation in _relations(parameters):
            found.setdefault(relation, target)
    return found


def _values(header: str) -> Iterator[tuple[str, str]]:
    """Each link: its target, and its parameters as written."""
    rest = header
    while True:
        _, opened, rest = rest.partition("<")
        target, closed, rest = rest.partition(">")
        if not opened or not closed:
            return
        end = _end_of_link(rest)
        yield target.strip(), rest[:end]
        rest = rest[end + 1 :]


def _end_of_link(text: str) -> int:
    """The place of the first comma outside a quoted string, the end of the text when there is none."""
    quoted = escaped = False
    for place, char in enumerate(text):
        if escaped:
            escaped = False
        elif char == "\\" and quoted:
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            return place
    return len(text)


def _relations(parameters: str) -> list[str]:
    message = Message()
    message["link"] = f"link{parameters}"
    for name, value in message.get_params([], header="link")[1:]:
        if name.lower() == "rel":
            # Single quotes are no quotes by the standard, and some servers write them.
            return collapse_rfc2231_value(value).strip(" '\"").lower().split()
    return []
