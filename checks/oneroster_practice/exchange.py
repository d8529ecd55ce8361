"""One request and its response, apart from any web framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .form import compact

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in: `url` as sent, `path` decoded, `query` raw, header names in lower case.

    `host` is the name or address in the Host header, without the port.
    """

    method: str
    url: str
    path: str
    query: str
    host: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """A response: its status, its bytes and its headers. `Date` is added when it is sent."""

    status: int
    body: bytes = b""
    headers: Headers = ()


def json_response(
    status: int, value: object, *headers: tuple[str, str], content_type: str = "application/json"
) -> Response:
    """A response in JSON; TypeError for a value that JSON cannot hold."""
    body = compact(value).encode()
    return Response(status, body, (("Content-Type", content_type), *headers))


def text_response(status: int, text: str, *headers: tuple[str, str]) -> Response:
    """A response in plain text."""
    return Response(status, text.encode(), (("Content-Type", "text/plain; charset=utf-8"), *headers))


def html_response(status: int, title: str, body: str, *headers: tuple[str, str]) -> Response:
    """A small web page; `title` and `body` are HTML."""
    page = f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"
    return Response(status, page.encode(), (("Content-Type", "text/html; charset=utf-8"), *headers))
