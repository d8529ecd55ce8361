"""The address of a request that a person asks for by its path: always on the host of the connection."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from ..errors import InvalidPath
from ..limits import ADDRESS_CHARACTERS
from ..standard.addresses import SERVICES
from ..standard.matching import operation_behind, operation_with
from ..standard.operations import Service
from ..target import Target
from ..urls import split, without_userinfo
from ..visible import acts
from .address import encoded_query
from .page_address import is_ours

# A scheme with its slash, or an address that begins with its host; a backslash is a slash to some.
_WHOLE = re.compile(r"(?i)[a-z][a-z0-9+.-]{0,20}:[/\\]|[/\\]{2}")
_VERSION = re.compile(r"v1p[0-9]")
# What may stand in a path as it is; escapes that were typed stay what they are.
_OF_A_PATH = "/~:@!$&()*,;=%"
_EXAMPLE = "Give a path such as /users or /users/ID, or one behind the base URL."


@dataclass(frozen=True, slots=True)
class AskedAddress:
    """An address to ask for.

    `envelope` is the key under which its records stand, "" where nobody knows; `is_single` says that it is the address
    of one record.
    """

    url: str
    service: Service
    envelope: str
    is_single: bool


def asked_address(target: Target, path: str, params: Sequence[tuple[str, str]] = ()) -> AskedAddress:
    """The address behind a path with parameters, on the host of a target.

    A path of the standard, such as `/users`, is one of its service; any other stands behind the base URL. A whole
    address is taken where it is on the same host. InvalidPath when it leads elsewhere or cannot be sent.
    """
    text, version = path.strip(), target.connection.oneroster
    _refuse(text)
    is_whole = bool(_WHOLE.match(text))
    where, text = _on_our_host(target, text) if is_whole else ("", text)
    asked, _, query = text.partition("?")
    words = [word for word in asked.split("/") if word]
    operation = operation_behind(version, "GET", words)
    if not is_whole:
        where, asked = _root(target, words), f"/{asked.lstrip('/')}"
    given = "&".join(f"{quote(name, safe='~')}={quote(value, safe='~')}" for name, value in params)
    query = "&".join(filter(None, (encoded_query(query), given)))
    url = f"{where}{quote(asked, safe=_OF_A_PATH)}{'?' if query else ''}{query}"
    if len(url) > ADDRESS_CHARACTERS:
        raise InvalidPath(f"The address would have more than {ADDRESS_CHARACTERS:,} characters.")
    if operation is None:
        return AskedAddress(url, "rostering", "", is_single=False)
    return AskedAddress(url, operation.service, operation.envelope, operation.is_single)


def _refuse(text: str) -> None:
    if not text:
        raise InvalidPath(f"The path is empty. {_EXAMPLE}")
    if any(map(acts, text)):
        raise InvalidPath(f"The path has a character that no address has. {_EXAMPLE}")
    if "#" in text:
        raise InvalidPath(
            "What stands behind “#” is never sent. Leave it out, or write %23 for the sign itself."
        )


def _on_our_host(target: Target, url: str) -> tuple[str, str]:
    """The scheme and host of the target, and what of a whole address stands behind its host."""
    parts, own = split(url), split(target.base_url)
    if parts is None or own is None or without_userinfo(url) is not None or "\\" in url:
        raise InvalidPath(f"This address cannot be read. {_EXAMPLE}")
    if not parts.hostname or not is_ours(url, target.base_place):
        raise InvalidPath(
            f"This address is not on {target.base_place.host}, and credentials go nowhere else. {_EXAMPLE}"
        )
    return f"{own.scheme}://{own.netloc}", f"{parts.path}{'?' if parts.query else ''}{parts.query}"


def _root(target: Target, words: Sequence[str]) -> str:
    """Where a path stands: below the root of its service, or of its first word's, else behind the base URL."""
    if len(words) > 1 and words[0] in SERVICES and _VERSION.fullmatch(words[1]):
        return target.base.root
    version = target.connection.oneroster
    found = operation_with(version, "GET", words) or operation_with(version, "GET", words[:1])
    return target.roots[found.service] if found else target.base.root
