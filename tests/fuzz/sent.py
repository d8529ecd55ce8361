"""One answer on its way to the socket, which a mutation may change byte by byte."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import Enum, auto

from oneroster_practice.exchange import Request, Response

# Stand for what `json` does not write: a number as it is, and a key for the second time.
_AS_IT_IS = re.compile(r'"\\u0000as-it-is(.*?)\\u0000"')
_TWICE = "\\u0000twice"


class Ending(Enum):
    """What happens to the connection behind an answer."""

    KEEP = auto()
    CLOSE = auto()
    RESET = auto()
    # Nothing more comes until the client gives up.
    STALL = auto()


@dataclass
class Sent:
    """An answer in its parts.

    `line` takes the place of the whole first line; `framed` adds a Content-Length of the body's bytes. `before` and
    `after` are bytes around the whole. `cut` keeps only so many of its bytes; `pieces` sends them slowly, in so
    many pieces.
    """

    status: bytes = b"200"
    reason: bytes = b"OK"
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""
    version: bytes = b"HTTP/1.1"
    line: bytes | None = None
    framed: bool = True
    before: bytes = b""
    after: bytes = b""
    cut: int | None = None
    pieces: int = 1
    ending: Ending = Ending.KEEP

    def header(self, name: str, value: str | bytes) -> None:
        """Set a header in place of those of its name."""
        self.without(name)
        self.add(name, value)

    def add(self, name: str | bytes, value: str | bytes) -> None:
        """Add a header, whether or not there is one of its name."""
        self.headers.append((_bytes(name), _bytes(value)))

    def without(self, name: str) -> None:
        """Remove every header of a name."""
        lowered = name.lower().encode()
        self.headers = [pair for pair in self.headers if pair[0].lower() != lowered]

    def say(self, body: str | bytes, kind: str) -> None:
        """Replace the body and its content type."""
        self.body = _bytes(body)
        self.header("Content-Type", kind)

    @property
    def document(self) -> object:
        """The body as JSON, None when it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def put(self, document: object) -> None:
        """Make the body JSON again; it may hold `as_it_is` values and `twice` keys."""
        text = json.dumps(document).replace(_TWICE, "")
        self.body = _AS_IT_IS.sub(lambda found: str(found[1]), text).encode()

    def to_bytes(self) -> bytes:
        """All that goes over the socket."""
        first = self.line if self.line is not None else b" ".join((self.version, self.status, self.reason))
        lines = [first, *(name + b": " + value for name, value in self.headers)]
        if self.framed:
            lines.append(b"Content-Length: %d" % len(self.body))
        whole = self.before + b"\r\n".join([*lines, b"", b""]) + self.body + self.after
        return whole[: self.cut]


@dataclass(frozen=True)
class Asked:
    """What was asked, the addresses of the servers, and the secrets that the tool was told.

    `origin` is the address of the named server, `stranger` that of one which nobody named.
    """

    request: Request
    origin: str
    stranger: str
    secrets: tuple[str, ...]

    @property
    def for_token(self) -> bool:
        """Whether a token was asked for."""
        return self.request.method == "POST" and "grant_type" in self.request.body.decode("latin-1")


def as_it_is(text: str) -> str:
    """A value that `Sent.put` writes as it is, such as a number that Python does not write; no quotes in it."""
    return f"\0as-it-is{text}\0"


def twice(key: str) -> str:
    """A key beside the same key, which `Sent.put` writes without a difference."""
    return f"{key}\0twice"


def from_response(response: Response, date: str) -> Sent:
    """The answer of the practice district as it would be sent at this date."""
    headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in response.headers]
    return Sent(
        str(response.status).encode(), headers=[*headers, (b"Date", date.encode())], body=response.body
    )


def _bytes(value: str | bytes) -> bytes:
    return value if isinstance(value, bytes) else value.encode("utf-8", "surrogatepass")
