"""Pasted keys and secrets: characters that nobody meant."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_QUOTES = "\"'`\u201c\u201d\u2018\u2019\u00ab\u00bb\u201e<>"
# What people copy along with a token out of a description of the header.
_SCHEME = re.compile(r"(?i)\A\s*+(?:authorization\s*+:\s*+)?bearer\s++")
_BREAKS = "\r\n\u2028\u2029\u0085\u000b\u000c"


@dataclass(frozen=True, slots=True)
class CleanKey:
    """A pasted key or secret as it is sent: its text, and words for what was strange ("" when nothing was).

    `inside` says that something strange stood inside the key, so that what is sent may be wrong; what stood
    around it was only taken off.
    """

    text: str = field(repr=False)
    strange: str = ""
    inside: bool = False


def clean_key(text: str) -> CleanKey:
    """A pasted key or secret without what copying added.

    White space, quotes and invisible characters are trimmed at the ends; line breaks, tabs and invisible
    characters inside are taken out, for no key has them. A plain space inside stays, since some keys have
    one, and is named.
    """
    found: list[str] = []
    inner = "".join(char for char in text if not _is_invisible(char))
    if inner != text:
        found.append("invisible characters")
    trimmed = inner.strip()
    while len(trimmed) > 1 and (trimmed[0] in _QUOTES and trimmed[-1] in _QUOTES):
        trimmed = trimmed[1:-1].strip()
        found.append("quotes around it")
    if trimmed and trimmed[0] in _QUOTES[:9]:
        trimmed = trimmed[1:].strip()
        found.append("a quote in front of it")
    if inner.strip() != inner:
        edges = inner[: len(inner) - len(inner.lstrip())] + inner[len(inner.rstrip()) :]
        found.append(
            "line breaks around it" if any(char in _BREAKS for char in edges) else "spaces around it"
        )
    whole = "".join(char for char in trimmed if char not in _BREAKS and char != "\t")
    inside = False
    if whole != trimmed:
        found.append("line breaks inside it")
        inside = True
    if any(char.isspace() for char in whole):
        found.append("spaces inside it")
        inside = True
    return CleanKey(whole, ", ".join(dict.fromkeys(found)), inside)


def clean_token(text: str) -> CleanKey:
    """A pasted bearer token without what copying added.

    As `clean_key`; and a space inside is taken out too, since no token has one (RFC 6750, section 2.1), and the
    scheme of the header in front of it.
    """
    scheme = _SCHEME.match(text)
    clean = clean_key(text[scheme.end() :] if scheme else text)
    strange = ["the word Bearer in front of it"] if scheme else []
    strange += [clean.strange] if clean.strange else []
    return CleanKey("".join(clean.text.split()), ", ".join(strange), clean.inside)


def _is_invisible(char: str) -> bool:
    # Cf holds zero-width spaces, joiners, soft hyphens and byte-order marks; Cc the control characters.
    if char in _BREAKS or char == "\t":
        return False
    return unicodedata.category(char) in ("Cf", "Cc", "Co", "Cn")


def looks_like_url(text: str) -> bool:
    """Whether a text in a key field is an address rather than a key."""
    lowered = text.strip().lower()
    return (
        lowered.startswith(("http://", "https://"))
        or "/ims/oneroster" in lowered
        or "/oauth2/token" in lowered
    )
