"""Redirects of data requests within one scheme, host and port: whether one is followed, and what it teaches."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from ..http.address import UnsendableURL, as_sent
from ..http.answer import Answer
from ..urls import adds_a_slash, path_of, place_of
from .address import encoded_again
from .pages import sends_data_request_to_login

_REDIRECTS = (301, 302, 303, 307, 308)
# Answers that say no more of the request than the redirect did: there is nothing at the new address.
_NOTHING_THERE = (404, 405, 410, 501)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A redirect that was followed.

    `path` is what was asked for below the root; `answer` the redirect itself and `behind` what came from where it
    led; `root` is the service root there, "" where the path below it is another. `slash` says that all that is
    new is a slash at the end of the path.
    """

    path: str
    answer: Answer
    behind: Answer
    root: str
    slash: bool

    @property
    def led_nowhere(self) -> bool:
        """Whether there is nothing at the new address."""
        return self.behind.status in _NOTHING_THERE

    @property
    def led_to_answer(self) -> bool:
        """Whether what came is an answer to the request, and not to one for something else.

        Below another root, or with a slash, it is the same request; anywhere else a page that is not there, or
        any page at all, says no more of it than the redirect did.
        """
        status = self.behind.status
        if status is None or 300 <= status < 400:
            return False
        if self.root or self.slash:
            return True
        return self.behind.is_json if status < 400 else not self.led_nowhere


def leads_on(answer: Answer) -> str:
    """The address to which a redirect of a GET may be followed, as it is sent; "" when it may not.

    The credentials go along, so it must be the same scheme, host and port, and no page where people log in.
    """
    target = answer.redirect_target if answer.status in _REDIRECTS else ""
    if not target or place_of(target) != place_of(answer.url):
        return ""
    if sends_data_request_to_login(answer) and not adds_a_slash(answer.url, target):
        return ""
    try:
        target = as_sent(encoded_again(target))
    except (UnsendableURL, ValueError):
        return ""
    return "" if target == answer.url else target


def redirect_of(path: str, answer: Answer, behind: Answer) -> Redirect:
    """A redirect of a request for `path`, with what it says of the addresses to use."""
    there = urlsplit(behind.url)
    slash = adds_a_slash(answer.url, behind.url)
    new = there.path.rstrip("/")
    moved = not slash and path_of(answer.url).rstrip("/").endswith(path) and new.endswith(path)
    root = f"{there.scheme}://{there.netloc}{new.removesuffix(path)}" if moved else ""
    return Redirect(path, answer, behind, root, slash)
