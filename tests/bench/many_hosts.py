"""Many districts on loopback addresses of their own, each 100 ms away: one that was recorded, played to all of them.

`python -m tests.bench.many_hosts` prints one line of JSON when it is ready: its port, and what one district hands out;
it ends with its standard input. For each line that comes in, it prints what it saw since the last one: `requests`,
`most_at_once` at one host, and `unknown`, the requests that nobody had recorded. It runs in a process of its own and
makes nothing, so that the time of a run is the engine's.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
from collections import Counter
from dataclasses import replace
from email.utils import formatdate

from oneroster_checks.connection import Connection
from oneroster_checks.diagnosis.runner import run
from oneroster_practice import PracticeDistrict

from ..servers.relay import Relay

DELAY_S = 0.1
# So many connections may wait to be accepted.
_BACKLOG = 4096

# What a run makes up: ids of Python's own kind of UUID, which the practice district's records have not, and tokens.
_MADE_UP_ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
_MADE_UP_TOKEN = re.compile(rb"(?<=Bearer )[0-9a-f]{32}$")
# The time in the head of an answer: a recorded one is soon that of a clock which is minutes behind.
_DATE = re.compile(rb"(?i)(?<=\r\ndate: )[^\r]+")

Key = tuple[bytes, bytes, bytes]


class _Recorder(Relay):
    """A relay that keeps every answer by its request."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.recorded: dict[Key, bytes] = {}

    def passed(self, request: bytes, answer: bytes) -> None:
        self.recorded.setdefault(_key(request), answer)


def _key(request: bytes) -> Key:
    """What tells one request from another: the first line, its authorization, and its body.

    An id and a credential that a run made up stand for those of every run.
    """
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.split(b"\r\n")
    kept = (line for line in lines if line.lower().startswith(b"authorization:"))
    return _MADE_UP_ID.sub(b"id", first), _MADE_UP_TOKEN.sub(b"token", next(kept, b"")), body


class _Host(asyncio.Protocol):
    """One connection to one of the districts."""

    def __init__(self, district: _Districts) -> None:
        self._district = district
        self._got = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._address: str = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        if not end or len(body) < (int(lengths[0].partition(b":")[2]) if lengths else 0):
            return
        request, self._got = self._got, b""
        answer = self._district.answer(request, self._address)
        asyncio.get_running_loop().call_later(DELAY_S, self._send, answer)

    def _send(self, answer: bytes) -> None:
        self._district.under_way[self._address] -= 1
        self._transport.write(answer)


class _Districts:
    """What all of them say, and what they saw."""

    def __init__(self, recorded: dict[Key, bytes], own: bytes) -> None:
        self._recorded = recorded
        self._own = own
        self.port = 0
        self.under_way: Counter[str] = Counter()
        self._forget()

    def _forget(self) -> None:
        self._seen = {"requests": 0, "most_at_once": 0, "unknown": 0}

    def answer(self, request: bytes, address: str) -> bytes:
        """The recorded answer, with this host's address in place of the recorded one."""
        self.under_way[address] += 1
        seen = self._seen
        seen["requests"] += 1
        seen["most_at_once"] = max(seen["most_at_once"], self.under_way[address])
        recorded = self._recorded.get(_key(request))
        if recorded is None:
            seen["unknown"] += 1
            return b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
        recorded = _DATE.sub(formatdate(usegmt=True).encode(), recorded, count=1)
        if self._own not in recorded:
            return recorded
        head, _, body = recorded.partition(b"\r\n\r\n")
        here = f"{address}:{self.port}".encode()
        head, body = head.replace(self._own, here), body.replace(self._own, here)
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"content-length:")]
        return b"\r\n".join([*lines, b"content-length: %d" % len(body), b"", body])

    def seen(self) -> dict[str, int]:
        """What they saw since this was last asked."""
        seen = self._seen
        self._forget()
        return seen


async def _recorded() -> tuple[dict[Key, bytes], bytes, dict[str, object]]:
    with PracticeDistrict() as district:
        async with _Recorder(district.connection) as relay:
            await run(relay.connection, district.credentials)
            ready = {
                **district.ready_line(),
                "base_url": relay.connection.base_url,
                "token_url": relay.connection.token_url,
            }
            own = relay.connection.base_url.split("/")[2].encode()
            return relay.recorded, own, ready


async def serve() -> None:
    """Serve until standard input ends."""
    recorded, own, ready = await _recorded()
    loop = asyncio.get_running_loop()
    districts = _Districts(recorded, own)
    listener = socket.create_server(("", 0), backlog=_BACKLOG)
    districts.port = listener.getsockname()[1]
    server = await loop.create_server(lambda: _Host(districts), sock=listener, backlog=_BACKLOG)
    print(json.dumps({**ready, "own": own.decode(), "port": districts.port}), flush=True)
    async with server:
        while await loop.run_in_executor(None, sys.stdin.readline):
            print(json.dumps(districts.seen()), flush=True)


def connections(ready: dict[str, object], number: int) -> list[Connection]:
    """The connections of the first so many districts of a ready line."""

    def at(index: int) -> Connection:
        address = f"127.{1 + index // 62_500}.{index // 250 % 250}.{1 + index % 250}:{ready['port']}"
        own = str(ready["own"])
        return replace(
            Connection(client_id=str(ready["client_id"])),
            base_url=str(ready["base_url"]).replace(own, address),
            token_url=str(ready["token_url"]).replace(own, address),
        )

    return [at(index) for index in range(number)]


if __name__ == "__main__":
    asyncio.run(serve())
