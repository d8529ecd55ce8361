"""`python -m tests.bench.served_pages`: how fast the practice district serves its large size, page after page."""

from __future__ import annotations

import time

import httpx

from oneroster_checks.connection import OneRosterVersion
from tests.cli.command import practice

_COLLECTIONS = ("users", "classes", "enrollments")
_PAGES = (5000, 10_000)
_VERSIONS: tuple[OneRosterVersion, ...] = ("1.1", "1.2")


def served_pages() -> str:
    """Records and megabytes a second, for each version and size of pages, to a client that reads nothing of them."""
    lines = ["Pages of the large practice district, one after another, to a client that does not decode them"]
    for version in _VERSIONS:
        for rows in _PAGES:
            records, size, seconds = _read(version, rows)
            lines.append(
                f"  OneRoster {version}, {rows:,} a page: {records / seconds:,.0f} records/s, "
                f"{size / seconds / 1e6:.0f} MB/s ({records:,} records in {seconds:.1f} s)"
            )
    return "\n".join(lines)


def _read(version: OneRosterVersion, rows: int) -> tuple[int, int, float]:
    """The records, the bytes and the seconds of reading everything once."""
    with (
        practice("--size", "large", "--oneroster", version) as ready,
        httpx.Client(trust_env=False, timeout=60.0) as client,
    ):
        form = {"grant_type": "client_credentials"}
        pair = (ready["client_id"], ready["client_secret"])
        token = client.post(ready["token_url"], data=form, auth=pair).json()["access_token"]
        client.headers["Authorization"] = f"Bearer {token}"
        base = ready["base_url"] + ("/rostering/v1p2" if version == "1.2" else "")
        records = size = 0
        started = time.perf_counter()
        for collection in _COLLECTIONS:
            offset, total = 0, 1
            while offset < total:
                answer = client.get(f"{base}/{collection}?limit={rows}&offset={offset}")
                total = int(answer.headers["X-Total-Count"])
                size += len(answer.content)
                offset += rows
            records += total
        return records, size, time.perf_counter() - started


if __name__ == "__main__":
    print(served_pages())
