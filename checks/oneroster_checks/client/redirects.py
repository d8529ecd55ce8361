"""Redirects of data requests within one scheme, host and port: whether one is followed, and what it teaches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..http.address import UnsendableURL, as_sent
from ..http.answer import Answer
from ..urls import path_of, place_of
from .address import encoded_again
from .pages import sends_data_request_to_login

_REDIRECTS = (301, 302, 303, 307, 308)
# Answers that say no more of the request than the redirect did: there is nothing at the new address.
_NOTHING_THERE = (404, 405, 410, 501)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect that was followed and led to an answer.

    `path` is what was asked for below the root; `answer` the redirect itself; `led_to` the address as it was
    then asked, with whatever secret the server put there; `root` the service root there, "" where the path
    below it is another. `slash` says that all that is new is a slash at the end of the path.
    """

    path: str
    answer: Answer
    led_to: str
    root: str
    slash: bool


def leads_on(answer: Answer) -> str:
    """The address to which a redirect of a GET may be followed, as it is sent; "" when it may not.

    The credentials go along, so it must be the same scheme, host and port, and no page where people log in.
    """
    target = answer.redirect_target if answer.status in _REDIRECTS else ""
    if not target or place_of(target) != place_of(answer.url):
        return ""
    if sends_data_request_to_login(answer) and not _adds_a_slash(answer.url, target):
        return ""
    try:
        target = as_sent(encoded_again(target))
    except (UnsendableURL, ValueError):
        return ""
    return "" if target == answer.url else target


def tells_more(answer: Answer) -> bool:
    """Whether an answer behind a redirect is one to the request: data, a refusal, or an error of the service."""
    status = answer.status
    if status is None or 300 <= status < 400 or status in _NOTHING_THERE:
        return False
    return status >= 400 or answer.is_json


def redirect_of(path: str, answer: Answer, led_to: str) -> Redirect:
    """What a redirect of a request for `path` says of the addresses to use."""
    there = urlsplit(led_to)
    slash = _adds_a_slash(answer.url, led_to)
    new = there.path.rstrip("/")
    moved = not slash and path_of(answer.url).rstrip("/").endswith(path) and new.endswith(path)
    root = f"{there.scheme}://{there.netloc}{new.removesuffix(path)}" if moved else ""
    return Redirect(path, answer, led_to, root, slash)


def _adds_a_slash(asked: str, led_to: str) -> bool:
    return path_of(led_to) == f"{path_of(asked)}/"
