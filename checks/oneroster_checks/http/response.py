"""Reading an answer of the HTTP library: its body up to the limit, and its headers as they were sent."""

from __future__ import annotations

import httpx

from .. import limits

_LOCATION = "x-location-as-sent"


async def read_body(response: httpx.Response) -> tuple[bytes, bool]:
    """The unpacked body, at most `limits.ANSWER_BYTES` of it, and whether there was more."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in response.aiter_bytes():
        chunks.append(chunk)
        size += len(chunk)
        if size > limits.ANSWER_BYTES:
            return b"".join(chunks)[: limits.ANSWER_BYTES], True
    return b"".join(chunks), False


async def keep_location(response: httpx.Response) -> None:
    """Put a redirect's address aside: httpx reads it even when it follows none, and fails at an odd one."""
    if "location" in response.headers:
        response.headers[_LOCATION] = response.headers.pop("location")


def headers_of(response: httpx.Response) -> dict[str, str]:
    """The headers by name in lower case, a redirect's address among them; repeated ones joined by commas."""
    headers = {name.lower(): value for name, value in response.headers.items()}
    if _LOCATION in headers:
        headers["location"] = headers.pop(_LOCATION)
    return headers
