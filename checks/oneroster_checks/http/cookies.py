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


class CookieJar:
    """The cookies of one run, kept apart for each host.

    By the rules of cookies one may go to other hosts of its domain; here it goes back to the host that set it,
    on whatever port, by path and `Secure` as the rules say.
    """

    def __init__(self) -> None:
        self._by_host: dict[bytes, httpx.Cookies] = {}

    def give(self, request: httpx.Request) -> None:
        """Put the cookies of a request's host into its Cookie header; none there without any."""
        kept = self._by_host.get(request.url.raw_host)
        if kept:
            kept.set_cookie_header(request)

    def take(self, response: httpx.Response) -> Iterable[str]:
        """Keep the cookies that an answer sets; their values that are secrets, with those of the host's others.

        A short value is none, and neither is one that the address shows: an app's or a district's name.
        """
        # As they came: what one header holds decides how the library reads the characters of the others.
        headers = [
            pair for pair in response.headers.raw if pair[0].lower() == b"set-cookie" and _is_read(pair[1])
        ]
        if not headers:
            return ()
        kept = self._by_host.setdefault(response.request.url.raw_host, httpx.Cookies())
        readable = httpx.Response(
            response.status_code, headers=headers[:COOKIES_OF_AN_ANSWER], request=response.request
        )
        with warnings.catch_warnings():
            # The library that reads them warns, with what it read, where it cannot.
            warnings.simplefilter("ignore")
            kept.extract_cookies(readable)
        self._cut(kept)
        asked = str(response.request.url).lower()
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
