"""Addresses: a base URL taken apart, and the service roots behind any form of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlunsplit

from ..connection import OneRosterVersion
from ..urls import split
from .operations import Service, collections

VERSION_PATH: dict[OneRosterVersion, str] = {"1.1": "v1p1", "1.2": "v1p2"}
SERVICES: tuple[Service, ...] = ("rostering", "gradebook", "resources")

_SERVICE = "/(?:rostering|gradebook|resources)"
_SERVICE_TAIL = re.compile(r"/(rostering|gradebook|resources)(/v1p[0-9])?$", re.IGNORECASE)
_VERSION_TAIL = re.compile(r"/(v1p[0-9])$", re.IGNORECASE)
_CAMPUS_APP = re.compile(r"/campus/(?:api/)?oneroster/(?:v1p[0-9]/)?([^/]+)/", re.IGNORECASE)
_DOUBLED = (
    re.compile(r"/campus(?:/campus)+(?=[/?]|$)", re.IGNORECASE),
    re.compile(r"(/ims/oneroster)(?:\1)+(?=[/?]|$)", re.IGNORECASE),
    re.compile(rf"({_SERVICE}/v1p[0-9])(?:{_SERVICE}/v1p[0-9])+(?=[/?]|$)", re.IGNORECASE),
    re.compile(r"(/v1p[0-9])(?:\1)+(?=[/?]|$)", re.IGNORECASE),
    re.compile(r"(/oauth2/token)(?:\1)+(?=[/?]|$)", re.IGNORECASE),
)  # fmt: skip
_SLASHES = re.compile(r"(?<!:)/{2,}")
_VERSION = re.compile(r"(?i)v1p[0-9]")
_VERSION_IN_A_PATH = re.compile(r"/v1p([0-9])(?=/|$)")
_LEARNING_DATA = re.compile(r"/learningdata/v1(?=/|$)")
_LEGACY = re.compile(r"(?i)/campus/oneroster/")


@dataclass(frozen=True, slots=True)
class BaseURL:
    """A base URL taken apart: `root` is its text without query, endpoint and trailing slash.

    `endpoint` is the collection that was pasted with it ("orgs"), empty when there was none; `query` what
    stood behind a question mark.
    """

    root: str
    endpoint: str = ""
    query: str = ""


def read_base(url: str, version: OneRosterVersion) -> BaseURL:
    """Take apart a base URL in whatever form the user has it; nothing is judged here."""
    parts = split(url)
    if parts is None:
        return BaseURL(url.strip())
    path = _SLASHES.sub("/", parts.path).rstrip("/")
    endpoint = ""
    words = path.split("/")
    known = {name.lower(): name for name in collections("1.1") | collections("1.2")}
    for index in range(1, len(words)):
        # "resources" is a service as well as a collection: behind it a version means the service.
        if words[index].lower() in known and not _is_service(words, index) and _after_root(words, index):
            endpoint = known[words[index].lower()]
            path = "/".join(words[:index])
            break
    return BaseURL(urlunsplit((parts.scheme, parts.netloc, path, "", "")), endpoint, parts.query)


def _is_service(words: list[str], index: int) -> bool:
    follows = words[index + 1] if index + 1 < len(words) else ""
    if words[index].lower() != "resources":
        return False
    return bool(_VERSION.fullmatch(follows)) or words[index - 1].lower() == "oneroster"


def _after_root(words: list[str], index: int) -> bool:
    """Only the last words, or those behind a version, can be an endpoint: a district may be called so."""
    if "oneroster" in (word.lower() for word in words[index + 1 :]):
        return False
    behind_version = any(_VERSION.fullmatch(word) for word in words[1:index])
    return behind_version or (
        index >= len(words) - 2 and "oneroster" in (word.lower() for word in words[:index])
    )


def service_roots(root: str, version: OneRosterVersion) -> dict[Service, str]:
    """The root of each service behind a base URL's root (of `read_base`), without a trailing slash.

    1.1 has one root for all; 1.2 has `/rostering/v1p2`, `/gradebook/v1p2`, `/resources/v1p2`.
    """
    tail = VERSION_PATH[version]
    split_up = _SERVICE_TAIL.search(root)
    if split_up:
        prefix = root[: split_up.start()]
        found = (split_up.group(2) or f"/{tail}").lstrip("/")
        return {service: f"{prefix}/{service}/{found}" for service in SERVICES}
    if _VERSION_TAIL.search(root):
        return dict.fromkeys(SERVICES, root)
    if version == "1.1":
        return dict.fromkeys(SERVICES, f"{root}/{tail}")
    return {service: f"{root}/{service}/{tail}" for service in SERVICES}


def versions_in(url: str) -> tuple[str, ...]:
    """The OneRoster versions that a base URL names in its path, in order ("1.1", "1.2", "1.0")."""
    parts = split(url)
    path = parts.path.lower() if parts else ""
    found = [f"1.{digit}" for digit in _VERSION_IN_A_PATH.findall(path)]
    if _LEARNING_DATA.search(path):
        found.append("1.0")
    return tuple(dict.fromkeys(found))


def without_doubling(url: str) -> str:
    """The URL with every doubled part of its path written once; the same text when none is doubled."""
    before = None
    while before != url:
        before = url
        for pattern in _DOUBLED:
            url = pattern.sub(lambda match: match.group(1) if match.lastindex else "/campus", url)
    return url


def campus_app(base_url: str) -> str:
    """The app segment of a Campus base URL, "" when it has none."""
    parts = split(base_url)
    match = _CAMPUS_APP.search((parts.path if parts else "") + "/")
    found = match.group(1) if match else ""
    return "" if found.lower() == "ims" else found


def app_name(token_url: str) -> str:
    """The value of `appName` in a token URL, "" when it is absent or empty."""
    parts = split(token_url)
    pairs = parse_qsl(parts.query, keep_blank_values=True) if parts else []
    return next((value.strip() for key, value in pairs if key == "appName"), "")


def campus_token_url(base_url: str, app: str) -> str:
    """The token URL of Campus for the host of a base URL and an app (infinite-campus.md, B)."""
    parts = split(base_url)
    if not parts or not parts.netloc or not app:
        return ""
    return f"{parts.scheme or 'https'}://{parts.netloc}/campus/oauth2/token?appName={quote(app)}"


def is_campus_legacy(base_url: str) -> bool:
    """Whether a base URL has the old path of Campus, `/campus/oneroster/…` (infinite-campus.md, B)."""
    parts = split(base_url)
    return bool(parts and _LEGACY.search(parts.path + "/"))
