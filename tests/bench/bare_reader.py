"""What a full read is measured against: the same pages one after another, `response.json()`, nothing else.

A process of its own: one JSON object on standard input (`token_url`, `client_id`, `client_secret`, `urls`, and
`client`: "sync" or "async"), one on standard output. It knows nothing of this house.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

import httpx

_TIMEOUT_S = 120.0


def read(given: dict[str, Any]) -> tuple[int, int]:
    """Records and bytes of all pages, by httpx.Client."""
    records = size = 0
    with httpx.Client(timeout=_TIMEOUT_S) as client:
        answer = client.post(given["token_url"], **_token_request(given))
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        for url in given["urls"]:
            response = client.get(url)
            records += _records(response.json())
            size += len(response.content)
    return records, size


async def read_async(given: dict[str, Any]) -> tuple[int, int]:
    """Records and bytes of all pages, by httpx.AsyncClient."""
    records = size = 0
    async with httpx.AsyncClient(timeout=_TIMEOUT_S) as client:
        answer = await client.post(given["token_url"], **_token_request(given))
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        for url in given["urls"]:
            response = await client.get(url)
            records += _records(response.json())
            size += len(response.content)
    return records, size


def _token_request(given: dict[str, Any]) -> dict[str, Any]:
    return {
        "auth": (given["client_id"], given["client_secret"]),
        "data": {"grant_type": "client_credentials"},
    }


def _records(page: dict[str, Any]) -> int:
    return sum(len(each) for each in page.values() if isinstance(each, list))


def main() -> None:
    """Read what standard input names, and print how long it took."""
    given = json.load(sys.stdin)
    started, before = time.perf_counter(), time.process_time()
    records, size = asyncio.run(read_async(given)) if given["client"] == "async" else read(given)
    seconds, cpu = time.perf_counter() - started, time.process_time() - before
    print(json.dumps({"seconds": seconds, "cpu": cpu, "records": records, "bytes": size}))


if __name__ == "__main__":
    main()
