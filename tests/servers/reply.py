"""What a server of the tests says to one request."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime

JSON = ("Content-Type", "application/json")
HTML = ("Content-Type", "text/html; charset=utf-8")
TEXT = ("Content-Type", "text/plain")


@dataclass(frozen=True)
class Reply:
    """What the server does with one request.

    `raw` replaces the whole answer and closes the connection behind it. `delay` is in seconds. `closes` ends
    the connection without a byte, `resets` without even a goodbye, behind `raw` where there is one; `stalls`
    sends what there is and then nothing more until the client gives up. `dated` False leaves the Date header out.
    """

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = "Reason"
    raw: bytes | None = None
    delay: float = 0.0
    closes: bool = False
    resets: bool = False
    stalls: bool = False
    dated: bool = True

    def but(self, *headers: tuple[str, str], **changes: object) -> Reply:
        """The same reply with headers added and fields changed."""
        return replace(self, headers=(*self.headers, *headers), **changes)  # type: ignore[arg-type]

    def without(self, *names: str) -> Reply:
        """The same reply without some headers."""
        lowered = {name.lower() for name in names}
        return replace(self, headers=tuple(pair for pair in self.headers if pair[0].lower() not in lowered))

    def to_bytes(self, moment: datetime | None = None) -> bytes:
        """The answer as it is sent, with a Date of this moment; without one for None."""
        if self.raw is not None:
            return self.raw
        names = {name.lower() for name, _ in self.headers}
        lines = [f"HTTP/1.1 {self.status} {self.reason}"]
        if moment is not None and self.dated and "date" not in names:
            lines.append(f"Date: {format_datetime(moment, usegmt=True)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if not names & {"content-length", "transfer-encoding"} and self.status != 204:
            lines.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


def reply(status: int, body: bytes | str = b"", *headers: tuple[str, str], kind: str = "text/plain") -> Reply:
    """A reply with a body of any content type."""
    content = body.encode() if isinstance(body, str) else body
    return Reply(status, content, (("Content-Type", kind), *headers))


def json_reply(status: int, document: object, *headers: tuple[str, str]) -> Reply:
    """A reply in JSON."""
    return Reply(status, json.dumps(document).encode(), (JSON, *headers))


def html_reply(status: int, body: str, *headers: tuple[str, str]) -> Reply:
    """A web page with this body."""
    page = f"<!DOCTYPE html>\n<html><head><title>Page</title></head><body>{body}</body></html>"
    return Reply(status, page.encode(), (HTML, *headers))


def text_reply(status: int, text: str, *headers: tuple[str, str]) -> Reply:
    """A reply in plain text."""
    return Reply(status, text.encode(), (TEXT, *headers))


def token_reply(token: str = "a-token-of-the-test", **more: object) -> Reply:
    """A token as RFC 6749 section 5.1 shows it, with more members or other ones."""
    return json_reply(200, {"access_token": token, "token_type": "bearer", "expires_in": 3600, **more})
