"""The WWW-Authenticate header (RFC 9110, section 11.6.1): which schemes a server asks for, and what it says of them."""

from __future__ import annotations

import re

from ..http.answer import Answer
from ..limits import HEADER_CHARACTERS

# A scheme stands at the beginning or behind a comma, and a parameter or the end follows it.
_SCHEME = re.compile(r"(?:^|,)[ \t]*([A-Za-z][A-Za-z0-9_-]*)(?=[ \t]+[A-Za-z0-9_.-]+[ \t]*=|[ \t]*(?:,|$))")
_ERROR = re.compile(r'(?i)(?:^|[ ,\t])error[ \t]*=[ \t]*"?([a-z_]+)')
# The schemes by which clients of OneRoster and their like show who they are.
_USUAL = frozenset("basic bearer digest oauth negotiate ntlm dpop mac".split())


def schemes(answer: Answer) -> frozenset[str]:
    """The schemes that an answer asks for, in lower case; none without a challenge."""
    return frozenset(found.lower() for found in _SCHEME.findall(_header(answer)))


def error_of(answer: Answer) -> str:
    """The error code inside the challenge (RFC 6750, section 3), "" when it has none."""
    found = _ERROR.search(_header(answer))
    return found[1].lower() if found else ""


def asks_for_another_key(answer: Answer) -> bool:
    """Whether every scheme is one that names a key of a product's own."""
    found = schemes(answer)
    return bool(found) and not found & _USUAL


def _header(answer: Answer) -> str:
    return answer.headers.get("www-authenticate", "")[:HEADER_CHARACTERS]
