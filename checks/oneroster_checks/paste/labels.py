"""Labels: which field the words before a value name."""

from __future__ import annotations

import re
from typing import Literal

from ..limits import LABEL_WORDS

_BRACKETS = re.compile(r"\([^()]*\)")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_ADDRESS_WORD = re.compile(r"(?i)\bURL\b|\bURI\b")
_SIGNS = re.compile(r"[_\-/&+,'\"*`#.:]+(?![0-9])|[_\-/&+,'\"*`#]+")

Label = Literal[
    "base_url",
    "token_url",
    "url",  # an address of either kind: its shape tells
    "client_id",
    "client_secret",
    "vendor_key",
    "vendor_secret",
    "vendor_pair",
    "created",
    "other",  # a known label of something that no field takes
]

_FILLERS = frozenset(
    """a an and the your our this is for of to on new prod production live test connection district campus
    infinite ic oneroster one roster oauth oauth1 oauth2 oauth20 api app application provider information info
    ims sis grade book gradebook rostering roster data export global value partner digital learning service
    1 2 0 10 11 12 20 1.0 1.0a 1.1 1.2 2.0 v1 v2 v1p1 v1p2
    here as set following x www please use field""".split()
)
_ADDRESS = frozenset("url uri endpoint address link server host site".split())
_TOKEN = frozenset("token access authentication authorization authorisation auth oauthtoken".split())
_KEY = frozenset("key id identifier clientid consumerkey apikey clientkey".split())
_SECRET = frozenset("secret clientsecret consumersecret sharedsecret secretkey password".split())
_OWNER = frozenset("client consumer customer shared user".split())
_CREATED = frozenset("created creation made date day issued generated".split())
_VENDOR = frozenset("vendor vendorkey vendorsecret".split())
_OTHER = frozenset(
    "scope scopes version type grant method status name enabled active expires expiration".split()
)
_BASE = frozenset("base root baseurl tokenurl".split())
_KNOWN = _FILLERS | _ADDRESS | _TOKEN | _KEY | _SECRET | _OWNER | _CREATED | _VENDOR | _OTHER | _BASE


def label_of(text: str) -> Label | None:
    """The field that a label names, None when the text is no label ("Client ID", "ONEROSTER_TOKEN_URL")."""
    found = _words(text)
    words = set(found)
    if not words or len(found) > LABEL_WORDS or not words <= _KNOWN:
        return None
    if words & _VENDOR or ("partner" in words and words & (_KEY | _SECRET)):
        return _vendor(words)
    if words & _SECRET:
        return "client_secret"
    if (
        "tokenurl" in words
        or (words & _TOKEN and words & _ADDRESS)
        or ("token" in words and words <= {"token"} | _FILLERS)
    ):
        return "token_url"
    if words & _ADDRESS or words & _BASE:
        return _address(words)
    if words & _OTHER:
        return "other"
    if words & _CREATED:
        return "created" if words & {"created", "creation", "made", "issued", "generated"} else "other"
    if words & (_KEY - {"id", "identifier"}) or (
        words & _KEY and words & (_OWNER | {"oauth", "app", "application"})
    ):
        return "client_id"
    return None


def _vendor(words: set[str]) -> Label | None:
    key = words & (_KEY | {"vendorkey"})
    secret = words & (_SECRET | {"vendorsecret"})
    if "authorization" in words or (key and secret):
        return "vendor_pair"
    return "vendor_secret" if secret else "vendor_key" if key else None


def _address(words: set[str]) -> Label:
    if words & _BASE:
        return "base_url"
    # "OAuth URL" is the token's; "API URL" and "Endpoint" are used for either.
    if any(word.startswith("oauth") for word in words) and not words & {"oneroster", "api", "rostering"}:
        return "token_url"
    return "url"


def _words(text: str) -> list[str]:
    spaced = _BRACKETS.sub(" ", text)
    # One word, though it has a hump.
    spaced = _HUMP.sub(" ", spaced.replace("OAuth", "Oauth"))
    spaced = _ADDRESS_WORD.sub(lambda match: match.group().lower(), spaced)
    cleaned = _SIGNS.sub(" ", spaced)
    return cleaned.lower().split()
