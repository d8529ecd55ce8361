"""The origins that a server behind a proxy may sign for: those that it names itself, and the likely ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from ..http.answer import Answer
from ..limits import ADDRESS_CHARACTERS
from ..urls import split

# Fields of an error that name an address of the server; a "type" names a document about the error.
_ADDRESS_FIELDS = frozenset("href url uri self location instance".split())
_HOST = re.compile(r"(?i)\A[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z][a-z0-9-]*(:\d{1,5})?")


def origins_named(answer: Answer) -> tuple[str, ...]:
    """The origins (scheme, host and port) by which an answer calls its own server, each once.

    Taken from a redirect, its Link and Content-Location headers, the realm of its challenge, and addresses in a
    JSON error. Nothing is ever sent there.
    """
    asked = split(answer.url)
    if asked is None:
        return ()
    found = [origin for text in _addresses(answer) if (origin := _origin(text, asked.scheme))]
    return tuple(dict.fromkeys(found))


def _addresses(answer: Answer) -> Iterator[str]:
    headers = (answer.location, answer.headers.get("content-location", ""), *answer.links.values())
    for text in headers:
        try:
            yield urljoin(answer.url, text) if text else ""
        except ValueError:
            continue
    for parameters in answer.challenges.values():
        yield parameters.get("realm", "")
    stack = [answer.document]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += item
        elif isinstance(item, dict):
            for name, value in item.items():
                if isinstance(value, str) and name.lower() in _ADDRESS_FIELDS:
                    yield value if "://" in value else ""
                elif isinstance(value, (dict, list)):
                    stack.append(value)


def _origin(text: str, scheme: str) -> str:
    """The origin of an address, or of a host alone with the scheme of the request; "" for anything else."""
    if len(text) > ADDRESS_CHARACTERS:
        return ""
    whole = f"{scheme}://{text}" if _HOST.fullmatch(text) else text
    parts = split(whole)
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    return origin_of(parts.scheme, parts.hostname, parts.port)


def origin_of(scheme: str, host: str, port: int | None) -> str:
    """Scheme, host and port as RFC 5849 section 3.4.1.2 signs them: in lower case, without an implied port."""
    name = f"[{host}]" if ":" in host else host
    implied = port is None or (scheme, port) in (("http", 80), ("https", 443))
    return f"{scheme}://{name}{'' if implied else f':{port}'}".lower()


def other_origins(url: str, named: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What a server behind a proxy may believe its origin to be when it is asked at `url`, likeliest first.

    `named` are the origins that the server has named itself.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    other = "http" if parts.scheme == "https" else "https"
    asked = origin_of(parts.scheme, host, port)
    implied = asked == origin_of(parts.scheme, host, None)
    name = f"[{host}]" if ":" in host else host
    usual = 443 if parts.scheme == "https" else 80
    guesses = (
        # Encrypted before the proxy and not behind it, or the other way about.
        origin_of(other, host, None if implied else port),
        # The port is always signed, or never.
        f"{parts.scheme}://{name}:{usual}" if implied else origin_of(parts.scheme, host, None),
        f"{other}://{name}:{usual}" if implied else origin_of(other, host, None),
    )
    others = [origin for origin in named if origin != asked]
    ordered = (*others[:1], guesses[0], *others[1:2], *guesses[1:])
    return tuple(dict.fromkeys(ordered))
