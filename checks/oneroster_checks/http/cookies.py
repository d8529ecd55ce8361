"""The cookies that some servers set with a token, and want back from the host that asked for it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import httpx

from ..limits import (
    COOKIE_CHARACTERS,
    COOKIES_CHARACTERS,
    COOKIES_OF_AN_ANSWER,
    HIDDEN_TOKEN_CHARACTERS,
)
from .messages import Destination, HttpAnswer


class CookieJar:
    """The cookies of one run, kept apart for each host.

    By the rules of cookies one may go to other hosts of its domain; here it goes back to the host that set it,
    on whatever port, by path and `Secure` as the rules say.
    """

    def __init__(self) -> None:
        self._by_host: dict[str, httpx.Cookies] = {}

    def header_for(self, destination: Destination) -> list[tuple[bytes, bytes]]:
        """The Cookie header with what the host of a request gets back; none without any."""
        kept = self._by_host.get(destination.place.host)
        if not kept:
            return []
        request = httpx.Request("GET", destination.text)
        # A server may have put anything into one, and the library would raise where it is not ASCII.
        request.headers.encoding = "utf-8"
        kept.set_cookie_header(request)
        return [pair for pair in request.headers.raw if pair[0].lower() == b"cookie"]

    def take(self, answer: HttpAnswer, url: str) -> Iterable[str]:
        """Keep the cookies that the answer of an address sets; their values that are secrets, and the host's others.

        A short value is none, and neither is one that the address shows: an app's or a district's name.
        """
        # As they came: what one header holds decides how the library reads the characters of the others.
        headers = [pair for pair in answer.headers if pair[0].lower() == b"set-cookie" and _is_read(pair[1])]
        if not headers:
            return ()
        request = httpx.Request("GET", url)
        kept = self._by_host.setdefault(request.url.raw_host.decode("ascii"), httpx.Cookies())
        readable = httpx.Response(answer.status, headers=headers[:COOKIES_OF_AN_ANSWER], request=request)
        with warnings.catch_warnings():
            # The library that reads them warns, with what it read, where it cannot.
            warnings.simplefilter("ignore")
            kept.extract_cookies(readable)
        self._cut(kept)
        asked = url.lower()
        values = [cookie.value or "" for cookie in kept.jar]
        return [
            value
            for value in values
            if len(value) >= HIDDEN_TOKEN_CHARACTERS and value.strip('"').lower() not in asked
        ]

    @staticmethod
    def _cut(kept: httpx.Cookies) -> None:
        """Forget the cookies that no server could take back together."""
        room = COOKIES_CHARACTERS
        for cookie in list(kept.jar):
            room -= len(f"{cookie.name}={cookie.value}; ")
            if room < 0:
                kept.jar.clear(cookie.domain, cookie.path, cookie.name)


def _is_read(cookie: bytes) -> bool:
    """Whether a cookie is one that a browser would keep."""
    return len(cookie) <= COOKIE_CHARACTERS
