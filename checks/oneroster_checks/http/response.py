"""Reading an answer of the HTTP library: its body up to the limit, and its headers as they were sent."""

from __future__ import annotations

import httpx

from .. import limits
from .unpacking import Unpacking


async def read_body(response: httpx.Response) -> Unpacking:
    """The body, read as it was sent and unpacked here, at most `limits.ANSWER_BYTES` of it.

    Unpackable when it cannot be unpacked. The library's own reading would unpack any number of codings without end. Who
    calls it closes the answer.
    """
    unpacking = Unpacking(response.headers.get("content-encoding", ""))
    stream = response.stream
    assert isinstance(stream, httpx.AsyncByteStream)
    async for piece in stream:
        unpacking.feed(piece)
        if unpacking.truncated:
            break
    return unpacking


def headers_of(response: httpx.Response) -> dict[str, str]:
    """The headers by name in lower case; repeated ones joined by commas.

    The first `limits.HEADERS` of them, since an answer may have thousands.
    """
    found: dict[str, list[str]] = {}
    for name, value in response.headers.multi_items()[: limits.HEADERS]:
        found.setdefault(name.lower(), []).append(value)
    return {name: ", ".join(values) for name, values in found.items()}
