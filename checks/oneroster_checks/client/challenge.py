"""The challenge of a WWW-Authenticate header, without what is of use to a program only."""

from __future__ import annotations

import re
from collections.abc import Collection

from ..limits import SAID_CHARACTERS

_PART = re.compile(r"""([A-Za-z][\w-]*)\s?=\s?(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][A-Za-z-]*)""")
_KEYS = ("realm", "error", "error_description", "oauth_problem", "oauth_problem_advice")
# The schemes that are named behind the first one; any other word there may be anything.
_SCHEMES = frozenset({"bearer", "basic", "digest", "oauth", "negotiate", "ntlm"})
_LONGEST_SCHEME = 20


def challenge_words(header: str, said: Collection[str] = ()) -> list[str]:
    """The schemes of a challenge with realm and error, as one text; none without a challenge.

    What was `said` already is not said again.
    """
    parts: list[str] = []
    for found in _PART.finditer(header[:SAID_CHARACTERS]):
        key, quoted, plain, word = found.groups()
        if word is not None:
            first = found.start() == 0 and len(word) <= _LONGEST_SCHEME
            if first or word.lower() in _SCHEMES:
                parts.append(word)
            continue
        value = quoted if quoted is not None else plain
        if key.lower() in _KEYS and value and value not in said and parts:
            parts.append(f'{key.lower()}="{value}"')
    return [f"WWW-Authenticate: {' '.join(parts)}"] if parts else []
