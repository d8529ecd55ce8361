"""Values: addresses, keys and days as they stand in a text, with what came along taken off."""

from __future__ import annotations

import re
from datetime import date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

from ..entities import unescape

URL = re.compile(r"(?i)\bhttps?://[^\s<>\"'|\[\]{}]+")
_BARE_HOST = re.compile(r"(?i)^(?:[a-z0-9-]+\.)+[a-z]{2,}(?::\d+)?/\S*")
CAMPUS_KEY = re.compile(r"(?i)\bInfiniteCampus_[\w-]+")
_UUID = re.compile(r"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PROOFPOINT = re.compile(r"(?i)^https?://urldefense\.com/v3/__(.+?)__;")
_TOKEN_PATH = re.compile(r"/(?:oauth2?/)?(?:access_)?token(?:\.\w+)?/?$|/oauth2?(?:/|$)")
_BASE_PATH = re.compile(r"(?i)oneroster|/ims(?:/|$)|/v1p[0-9]|/learningdata/")
_END_OF_URL = re.compile(r"[<>\"'|]")
_KEY_SIGNS = re.compile(r"[\w+/=.~!$%^&*#:-]+")
_FIGURES = re.compile(r"[\d/.:-]+")
_REST_OF_A_KEY = re.compile(r"[\w+/=.~-]+")
_REST_OF_A_URL = re.compile(r"[\w./?=&%~+:;,#-]+>?")
_KNOWN_END = re.compile(r"(?i)(?:/oneroster|/token|/v1p[0-9]|/rostering|/gradebook|[?&]appName=[\w-]+)$")
_WHOLE_END = re.compile(r"(?i)(?:/oneroster|/token|/v1p[0-9])$")
_DAY = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}"
)
_DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y")
_AMERICAN_DAYS = ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y")


def is_token_url(url: str) -> bool:
    """Whether an address has the shape of a token URL."""
    path = urlsplit_path(url).lower()
    return bool(_TOKEN_PATH.search(path)) or ("appname=" in url.lower() and "oneroster" not in path)


def is_base_url(url: str) -> bool:
    """Whether an address has the shape of a base URL."""
    return bool(_BASE_PATH.search(urlsplit_path(url)))


def urlsplit_path(url: str) -> str:
    """The path of an address, "" when it cannot be read."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def url_in(text: str, notes: list[str], name: str, *, labelled: bool) -> str:
    """The first address in a text, "" when there is none; a labelled one may lack its https://."""
    match = URL.search(text)
    if match:
        return _unwrapped(match.group(), notes, name)
    bare = _BARE_HOST.match(text.strip(" <\"'(["))
    if bare and (
        labelled or is_token_url(f"https://{bare.group()}") or is_base_url(f"https://{bare.group()}")
    ):
        notes.append(f"https:// was added to the {name}.")
        return trimmed_url(f"https://{bare.group()}")
    return ""


def trimmed_url(url: str) -> str:
    """An address without the punctuation of the sentence around it."""
    url = _END_OF_URL.split(url, maxsplit=1)[0].rstrip(".,;:!*")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!*")
    return url


def _unwrapped(url: str, notes: list[str], name: str) -> str:
    """The address inside the link of a mail filter, and `&amp;` as it was meant."""
    found = url
    proofpoint = _PROOFPOINT.match(url)
    if proofpoint:
        found = proofpoint.group(1)
    elif ".safelinks.protection.outlook.com" in url.lower():
        try:
            inner = parse_qs(urlsplit(unescape(url)).query).get("url", [""])[0]
        except ValueError:
            inner = ""
        found = inner or url
    if found != url:
        notes.append(f"The {name} was taken from a mail filter's link.")
        found = unquote(found) if "://" not in found else found
    if "&amp;" in found:
        found = unescape(found)
        notes.append(f"&amp; in the {name} was read as &.")
    return trimmed_url(found)


def looks_like_key(text: str) -> bool:
    """Whether one word has the shape of a key: long, without a sentence's signs, with a digit in it."""
    if len(text) < 12 or not any(char.isdigit() for char in text) or "://" in text or "@" in text:
        return False
    return bool(_KEY_SIGNS.fullmatch(text)) and not _FIGURES.fullmatch(text)


def goes_on(value: str, following: str) -> bool:
    """Whether a key that a line break cut goes on with the next line."""
    if not _REST_OF_A_KEY.fullmatch(following) or CAMPUS_KEY.match(following):
        return False
    if _UUID.search(value) or _UUID.search(following):
        return False
    if value.endswith("-") or _UUID.search(value + following):
        return True
    return len(value) >= 60 and any(char.isdigit() for char in value)


def url_goes_on(url: str, following: str) -> bool:
    """Whether an address that a mail program broke goes on with the next line."""
    if not _REST_OF_A_URL.fullmatch(following) or URL.match(following) or CAMPUS_KEY.match(following):
        return False
    rest = following.rstrip(">.")
    if url[-1] in "/?=&_%-" and not (url[-1] == "/" and looks_like_key(rest) and "/" not in rest):
        return True
    if following[0] in "/?&=":
        return True
    known = _KNOWN_END.search(url + rest)
    if len(url) >= 50 and "/" in rest:
        return True
    return bool(known) and not _WHOLE_END.search(url)


def day_in(text: str) -> tuple[date | None, bool]:
    """The day in a text, and whether it was read in the American order of month and day."""
    candidates = _DAY.findall(text)
    for candidate in candidates:
        for forms in (_DAYS, _AMERICAN_DAYS):
            for form in forms:
                try:
                    day = datetime.strptime(candidate.replace(".", ""), form).date()
                except ValueError:
                    continue
                return day, forms is _AMERICAN_DAYS
    return None, False
