"""What came back for a request, without the types of the HTTP library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urljoin

from .. import limits
from ..evidence import Evidence
from .challenges import challenges_of
from .content import Content
from .dates import moment
from .failure import Failure
from .links import links_of
from .transient import TransientError


@dataclass(frozen=True)
class Answer:
    """An answer, or the failure in its place.

    `url` is the address as it was sent (with secrets, if the user put any there: never show it, show
    `evidence.url`); `headers` have names in lower case; `content` is what its body was; `failure` is set when no
    whole answer came, and `status` is then None. `retries` are the transient errors that came before, in order.
    `followed` is the address to which a redirect of the request was followed, as it was sent, "" where none was: the
    answer is the one that came from there, or the redirect itself where nothing was there. The repr shows nothing of
    the server's.
    """

    url: str = field(repr=False)
    status: int | None
    headers: Mapping[str, str] = field(repr=False)
    content: Content = field(repr=False)
    evidence: Evidence
    failure: Failure | None = None
    retries: tuple[TransientError, ...] = ()
    followed: str = field(default="", repr=False)

    @property
    def document(self) -> object | None:
        """The decoded JSON of the body, None when it is no JSON. Every text in it can be encoded."""
        return None if self.failure else self.content.document

    @property
    def text(self) -> str:
        """The beginning of the body as text, whatever its bytes, at most `limits.PAGE_CHARACTERS`."""
        return self.content.text

    @property
    def truncated(self) -> bool:
        """Whether the body had more bytes than this tool reads."""
        return self.content.truncated

    @property
    def is_json(self) -> bool:
        """Whether the body is JSON of any kind, `null` included."""
        return self.content.is_json and not self.failure

    @property
    def looks_like_html(self) -> bool:
        """Whether the body is a web page, by its first characters rather than by its header."""
        start = self.text[: limits.PAGE_BEGINNING].lstrip("\ufeff \t\r\n").lower()
        return start.startswith(("<!doctype html", "<html", "<head", "<body")) or "<html" in start

    @property
    def succeeded(self) -> bool:
        """Whether the answer is no error: a status below 400."""
        return self.status is not None and self.status < 400

    @cached_property
    def links(self) -> Mapping[str, str]:
        """Where the Link header leads: the targets as written, by relation in lower case."""
        return links_of(self.headers.get("link", "")[: limits.LINK_CHARACTERS])

    @cached_property
    def challenges(self) -> Mapping[str, Mapping[str, str]]:
        """The schemes that the WWW-Authenticate header asks for, in lower case, with their parameters."""
        return challenges_of(self.headers.get("www-authenticate", ""))

    @property
    def location(self) -> str:
        """Where a redirect points, "" when this is none, or its address is longer than any."""
        redirect = self.status is not None and 300 <= self.status < 400
        target = self.headers.get("location", "") if redirect else ""
        return target if len(target) <= limits.ADDRESS_CHARACTERS else ""

    @property
    def redirect_target(self) -> str:
        """The whole address that a redirect points to, as far as it can be read, "" when this is none."""
        try:
            return urljoin(self.url, self.location) if self.location else ""
        except ValueError:
            return self.location

    @property
    def date(self) -> datetime | None:
        """The server's clock by its Date header, None when absent or unreadable."""
        return moment(self.headers.get("date", ""))

    @property
    def retry_after(self) -> float | None:
        """The seconds of a Retry-After header (a number or a date), None when there is none.

        At most `limits.LONGEST_RETRY_AFTER_S`.
        A date is read by the server's own clock where the answer tells it, since both clocks may differ.
        """
        raw = self.headers.get("retry-after", "").strip()[: limits.HEADER_CHARACTERS]
        if raw.isascii() and raw.replace(".", "", 1).isdigit():
            return min(float(raw), limits.LONGEST_RETRY_AFTER_S)
        until = moment(raw)
        if until is None:
            return None
        seconds = (until - (self.date or datetime.now(UTC))).total_seconds()
        return min(max(0.0, seconds), limits.LONGEST_RETRY_AFTER_S)
