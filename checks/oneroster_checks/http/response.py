"""Reading an answer: its body up to the limit, and its headers as they were sent."""

from __future__ import annotations

from .. import limits
from .messages import HttpAnswer, RawHeaders
from .unpacking import Unpacking


async def read_body(answer: HttpAnswer) -> Unpacking:
    """The body, read as it was sent and unpacked here, at most `limits.ANSWER_BYTES` of it.

    Unpackable when it cannot be unpacked. Who calls it closes the answer.
    """
    codings = [value for name, value in answer.headers if name.lower() == b"content-encoding"]
    encoding = _encoding(answer.headers) if codings else "ascii"
    unpacking = Unpacking(", ".join(value.decode(encoding) for value in codings))
    async for piece in answer.body:
        unpacking.feed(piece)
        if unpacking.truncated:
            break
    return unpacking


def headers_of(raw: RawHeaders) -> dict[str, str]:
    """The headers by name in lower case; repeated ones joined by commas.

    The first `limits.HEADERS` of them, since an answer may have thousands. The characters of all are read in one
    way, since one program wrote them.
    """
    encoding = _encoding(raw)
    found: dict[str, str] = {}
    for raw_name, raw_value in raw[: limits.HEADERS]:
        name, value = raw_name.decode(encoding).lower(), raw_value.decode(encoding)
        found[name] = f"{found[name]}, {value}" if name in found else value
    return found


def _encoding(raw: RawHeaders) -> str:
    """How the characters of headers are read: most are ASCII, UTF-8 is seen, and anything is Latin-1."""
    together = b"".join([part for pair in raw for part in pair])
    if together.isascii():
        return "ascii"
    try:
        for part in (part for pair in raw for part in pair):
            part.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
