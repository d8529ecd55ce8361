"""One request and one answer, apart from any web framework, and the addresses of a practice district."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from oneroster_checks.connection import OneRosterVersion

# The one application that a practice district serves, and a second that its token endpoint knows.
APP = "practice"
OTHER_APP = "elsewhere"

TOKEN_PATH = "/campus/oauth2/token"

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request as it came in: `url` as sent, `path` decoded, `query` raw, header names in lower case."""

    method: str
    url: str
    path: str
    query: str
    host: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, its bytes and its headers. `Date` is added when it is sent."""

    status: int
    body: bytes = b""
    headers: Headers = ()

    def adding(self, *headers: tuple[str, str]) -> Reply:
        """The same answer with more headers."""
        return replace(self, headers=(*self.headers, *headers))


def json_reply(status: int, value: object, *headers: tuple[str, str]) -> Reply:
    """An answer in JSON."""
    body = json.dumps(value, separators=(",", ":")).encode()
    return Reply(status, body, (("Content-Type", "application/json"), *headers))


def text_reply(status: int, text: str, *headers: tuple[str, str]) -> Reply:
    """An answer in plain text."""
    return Reply(status, text.encode(), (("Content-Type", "text/plain; charset=utf-8"), *headers))


def html_reply(status: int, title: str, body: str, *headers: tuple[str, str]) -> Reply:
    """A small page."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Reply(status, page.encode(), (("Content-Type", "text/html; charset=utf-8"), *headers))


@dataclass(frozen=True, slots=True)
class Site:
    """Where a practice district stands, and the addresses it would hand out when nothing is wrong."""

    scheme: str
    host: str
    port: int
    oneroster: OneRosterVersion

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"{self.scheme}://{self.host}:{self.port}"

    def token_url(self, app: str = APP) -> str:
        """The token URL for an application."""
        return f"{self.origin}{TOKEN_PATH}?appName={app}"

    def base_url(self, oneroster: OneRosterVersion | None = None) -> str:
        """The base URL in the current form."""
        return self.origin + current_path(oneroster or self.oneroster)

    def legacy_base_url(self) -> str:
        """The base URL in the older form."""
        return self.origin + legacy_path(self.oneroster)

    def service_url(self, service: str) -> str:
        """The root of one service: rostering, gradebook or resources."""
        return self.base_url() + service_suffix(self.oneroster, service)


def current_path(oneroster: OneRosterVersion) -> str:
    """The path of a base URL as Campus gives it today."""
    if oneroster == "1.2":
        return f"/campus/api/oneroster/v1p2/{APP}/ims/oneroster"
    return f"/campus/api/oneroster/v1p1/{APP}/ims/oneroster/v1p1"


def legacy_path(oneroster: OneRosterVersion) -> str:
    """The path of an older base URL: without the application for 1.2, below it for 1.1."""
    if oneroster == "1.2":
        return "/campus/api/ims/oneroster"
    return f"/campus/oneroster/{APP}/ims/oneroster/v1p1"


def service_suffix(oneroster: OneRosterVersion, service: str) -> str:
    """What a vendor appends to the base URL; 1.1 has one root for all services."""
    return f"/{service}/v1p2" if oneroster == "1.2" else ""
