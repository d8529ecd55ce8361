"""The address of a cluster's scheduler, and whether secrets may travel there."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import Collection
from dataclasses import dataclass

from oneroster_checks.files import reason_of
from oneroster_checks.urls import place_of, split

from .limits import CLUSTER_S

_TLS = "tls"


class ClusterTrouble(Exception):
    """The cluster cannot be used; the text is a sentence for the user."""


@dataclass(frozen=True, slots=True)
class ClusterAddress:
    """Where a scheduler is: `url` is connected to, `shown` is as the user wrote it, `host` a name or an address."""

    url: str
    shown: str
    host: str
    tls: bool


async def reach(url: str) -> ClusterAddress:
    """The address of a scheduler at which something listens; ClusterTrouble where there is none.

    A name that leads to this machine alone is replaced by its address, so that nobody else is asked meanwhile.
    """
    parts = split(url)
    if (
        parts is None or parts.scheme not in ("tcp", _TLS) or not parts.hostname or not parts.port
        or "@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment
    ):  # fmt: skip
        raise ClusterTrouble(
            "--dask takes the address of a Dask scheduler, such as tcp://127.0.0.1:8786 or "
            "tls://scheduler.example:8786."
        )
    host, port = parts.hostname, parts.port
    try:
        async with asyncio.timeout(CLUSTER_S):
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
            addresses = [str(each[4][0]) for each in found]
            if parts.scheme != _TLS and all(map(_is_loopback, addresses)):
                host = addresses[0]
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
    except OSError as error:
        raise ClusterTrouble(f"The Dask scheduler at {url} cannot be reached: {_reason(error)}.") from None
    bracketed = f"[{host}]" if ":" in host else host
    return ClusterAddress(f"{parts.scheme}://{bracketed}:{port}", url, host, parts.scheme == _TLS)


def secrets_may_travel(
    scheduler: ClusterAddress, listening: Collection[str], workers: Collection[str]
) -> bool:
    """Whether a task may hold secrets: on its way it stays within TLS, or within this machine.

    `listening` are the addresses at which the scheduler takes workers, `workers` those of the workers that it has.
    """
    if scheduler.tls:
        return all(each.startswith(f"{_TLS}://") for each in (*listening, *workers))
    return all(_is_loopback(place_of(each).host) for each in (scheduler.url, *workers))


def _reason(error: OSError) -> str:
    """Why no connection was made, in a few words; those of asyncio name the call and not the reason."""
    if isinstance(error, socket.gaierror):
        return reason_of(error)
    if isinstance(error, TimeoutError) or not error.errno:
        return "nothing answered in time" if isinstance(error, TimeoutError) else "nothing listens there"
    return os.strerror(error.errno).lower()


def _is_loopback(host: str) -> bool:
    """Whether this is an address of this machine; a name is none, wherever it leads."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
