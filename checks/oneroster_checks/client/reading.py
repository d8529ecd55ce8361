"""What kind of answer a data request got, by its structure rather than by its status alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import cast
from urllib.parse import urljoin

from ..evidence import Evidence
from ..http.answer import Answer
from ..http.failure import FailureKind
from ..limits import ADDRESS_CHARACTERS, HEADER_CHARACTERS
from ..standard.envelopes import Listing, Record, read_list
from ..standard.errors import StatusInfo, read_error
from .pages import sends_data_request_to_login, speaks_of_maintenance


class Kind(StrEnum):
    """The kinds of answer that a check tells apart."""

    ROWS = "rows"
    EMPTY = "empty list"
    UNAUTHORIZED = "not authorized"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"
    BAD_REQUEST = "bad request"
    # An error in the application's own words, without a status or a code that says more.
    ERROR = "error of the application"
    THROTTLED = "throttled"
    SERVER_ERROR = "server error"
    MAINTENANCE = "maintenance page"
    LOGIN_PAGE = "login page"
    REDIRECT = "redirect"
    NOT_JSON = "not JSON"
    NO_LIST = "JSON without the list"
    # Its beginning holds no record, and this tool reads no more of it.
    TOO_LARGE = "more than this tool reads"
    SILENT = "no answer"
    # JSON that the reader of a collection decodes.
    UNDECODED = "JSON as it came"


REFUSED = frozenset({Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.NOT_FOUND})
GOOD = frozenset({Kind.ROWS, Kind.EMPTY})
# What a server says to a write that it has taken: the record, its id, or nothing that anybody reads.
_TAKEN = frozenset({Kind.ROWS, Kind.EMPTY, Kind.NOT_JSON, Kind.NO_LIST, Kind.TOO_LARGE})

# A number written with a comma between its thousands.
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")


@dataclass(frozen=True, slots=True)
class Reading:
    """One data request, read: its kind, its records, and what its headers say of the whole.

    `listing` is None when the answer held no list, or came undecoded, `error` when it held no error in the standard's
    form; `limit` is the number of rows that were asked for, 0 for none. `perhaps_cut` says that other pages of the run
    ended at the same number of rows, so that the server may have cut them there, `bare` that an object without
    anything in it came and is read as an empty list.
    """

    path: str
    answer: Answer
    kind: Kind
    listing: Listing | None = None
    error: StatusInfo | None = None
    limit: int = 0
    perhaps_cut: bool = False
    bare: bool = False

    @property
    def rows(self) -> tuple[Record, ...]:
        """The records, none when the answer held no list."""
        return self.listing.records if self.listing else ()

    @property
    def cut(self) -> bool:
        """Whether more records came than `rows` has, for a limit of this tool."""
        return self.answer.content.cut

    @property
    def received(self) -> int:
        """How many records came: those that were counted, where there were more than this tool reads."""
        return len(self.rows) + self.answer.content.left_out

    def without_rows(self) -> Reading:
        """The same without what came, for who keeps it."""
        return replace(
            self,
            listing=None,
            answer=replace(self.answer, content=self.answer.content.without_documents()),
        )

    @property
    def good(self) -> bool:
        """Whether the answer was a list, even an empty one."""
        return self.kind in GOOD

    @property
    def says_nothing(self) -> bool:
        """Whether an object without anything in it came, and no header that speaks of records."""
        return self.kind is Kind.NO_LIST and self.answer.document == {} and self.total_as_sent in ("", "0")

    def as_empty_list(self, envelope: str) -> Reading:
        """The same, read as an empty list."""
        return replace(self, kind=Kind.EMPTY, listing=Listing(envelope, ()), bare=True)

    @property
    def accepted(self) -> bool:
        """Whether a request that writes was taken: a status of success, and no error inside the answer."""
        return self.status is not None and 200 <= self.status < 300 and self.kind in _TAKEN

    @property
    def shows_oneroster(self) -> bool:
        """Whether the answer has the form of OneRoster, data or error, so that the address is one of OneRoster.

        An unknown object is none: a server may say so of whatever path it does not know.
        """
        return self.good or (self.error is not None and self.kind not in (Kind.NOT_FOUND, Kind.SERVER_ERROR))

    @property
    def evidence(self) -> Evidence:
        """The request as it may be shown."""
        return self.answer.evidence

    @property
    def status(self) -> int | None:
        """The HTTP status, None when no whole answer came."""
        return self.answer.status

    @property
    def total(self) -> int | None:
        """The X-Total-Count header, None when it is absent or no one number.

        A header that is there twice comes joined by a comma and counts where both say the same.
        """
        return _number_in(self.total_as_sent)

    @property
    def total_as_sent(self) -> str:
        """The X-Total-Count header as the server wrote it, "" when it is absent."""
        return self.answer.headers.get("x-total-count", "")[:HEADER_CHARACTERS].strip()

    @property
    def whole_by_total(self) -> bool | None:
        """Whether the total says that this page holds the whole collection; None where no total shows it.

        A total that is the number of rows on a full page, or on one that was perhaps cut, may be that of the page.
        """
        if self.cut:
            return False
        if self.total is None:
            return None
        if self.total == len(self.rows) and (self.perhaps_cut or len(self.rows) == self.limit):
            return None
        return self.total <= len(self.rows)

    @property
    def next_url(self) -> str:
        """The absolute address of the next page by its Link header, "" when none is named."""
        return self._linked("next")

    @property
    def last_url(self) -> str:
        """The same of the last page."""
        return self._linked("last")

    def _linked(self, relation: str) -> str:
        target = self.answer.links.get(relation)
        if target is None or len(target) > ADDRESS_CHARACTERS:
            return ""
        try:
            return urljoin(self.answer.url, target)
        except ValueError:
            return ""

    def ids(self) -> list[str]:
        """The sourcedIds of the records, in order."""
        ids = [row.get("sourcedId") for row in self.rows]
        if set(map(type, ids)) == {str}:  # as the standard has them, and many checks ask
            return cast("list[str]", ids)
        return [str(id) for id in ids if isinstance(id, (str, int))]


@lru_cache(maxsize=256)
def _number_in(header: str) -> int | None:
    """The one number that a header holds, also where it came twice; a total is looked at again and again in a run."""
    # "120,120" may be a hundred and twenty thousand.
    is_one = "," not in header or _GROUPED.fullmatch(header)
    parts = [header] if is_one else [part.strip() for part in header.split(",")]
    first = parts[0]
    if any(part != first for part in parts) or not (first.isascii() and first.isdigit()):
        return None
    return int(first) if len(first) < 12 else None


def read(path: str, answer: Answer, envelope: str, limit: int = 0) -> Reading:
    """Read the answer to a request for `path` whose records stand under `envelope`."""
    document = answer.document
    error = read_error(document)
    kind, listing = _kind(answer, document, error, envelope)
    return Reading(path, answer, kind, listing, error, limit)


def _kind(
    answer: Answer, document: object, error: StatusInfo | None, envelope: str
) -> tuple[Kind, Listing | None]:
    status = answer.status
    if answer.failure is not None and answer.failure.kind is FailureKind.UNREADABLE:
        return Kind.NOT_JSON, None
    if status is None:
        return Kind.SILENT, None
    if status >= 300:
        return _by_status(status, answer), None
    if status == 204:
        return Kind.EMPTY, None
    content = answer.content
    if content.raw is not None:
        return Kind.UNDECODED, None
    listing = read_list(document if content.undecoded is None else content.beginning, envelope)
    if content.cut and not answer.looks_like_html and not (listing and listing.records):
        return Kind.TOO_LARGE, None
    if listing is not None and not (error and error.failure and not listing.records):
        return (Kind.ROWS if listing.records else Kind.EMPTY), listing
    if error is not None and error.failure:
        return _by_codes(error), None
    inside = status_inside(document)
    if inside is not None:
        return _by_status(inside, answer), None
    if answer.is_json:
        return (Kind.ERROR if _speaks_of_error(document) else Kind.NO_LIST), None
    if answer.looks_like_html:
        return (Kind.MAINTENANCE if speaks_of_maintenance(answer) else Kind.LOGIN_PAGE), None
    return Kind.NOT_JSON, None


def _by_status(status: int, answer: Answer) -> Kind:
    if status < 400:
        # A redirect that leads nowhere is a page.
        is_page = not answer.location and answer.looks_like_html
        return Kind.LOGIN_PAGE if is_page or sends_data_request_to_login(answer) else Kind.REDIRECT
    if status == 401:
        return Kind.UNAUTHORIZED
    if status == 403:
        return Kind.FORBIDDEN
    if status in (404, 405, 410, 501):
        return Kind.NOT_FOUND
    if status == 429:
        return Kind.THROTTLED
    return Kind.SERVER_ERROR if status >= 500 else Kind.BAD_REQUEST


def _by_codes(error: StatusInfo) -> Kind:
    if error.says("unauthorized", "unauthorisedrequest"):
        return Kind.UNAUTHORIZED
    if error.says("forbidden"):
        return Kind.FORBIDDEN
    if error.says("unknown object", "unsupported"):
        return Kind.NOT_FOUND
    if error.says("server_busy"):
        return Kind.THROTTLED
    if error.says("invalid data", "invalid_sort_field", "invalid_filter_field", "invalid_selection_field"):
        return Kind.BAD_REQUEST
    return Kind.SERVER_ERROR if error.says("internal_server_error", "deletefailure") else Kind.ERROR


def _speaks_of_error(document: object) -> bool:
    """Whether JSON without a list is an error, by the names that frameworks give one."""
    if not isinstance(document, dict):
        return False
    named = {str(key).replace("_", "").lower(): value for key, value in document.items()}
    if any(named.get(key) for key in ("error", "errors", "errorcode", "errormessage", "fault", "exception")):
        return True
    said = (named.get("success"), named.get("status"), named.get("result"))
    return any(
        value is False or str(value).lower() in ("false", "error", "fail", "failed", "failure")
        for value in said
    )


def status_inside(document: object) -> int | None:
    """The status that an error inside a 200 names, as frameworks write it."""
    if not isinstance(document, dict):
        return None
    oauth = document.get("error")
    if oauth in ("invalid_token", "unauthorized"):
        return 401
    if oauth in ("insufficient_scope", "forbidden", "access_denied"):
        return 403
    for key in ("statusCode", "status_code", "httpStatus", "status", "code"):
        value = document.get(key)
        # A status has three digits; the language refuses to read thousands of them.
        is_status = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isdigit()
        number = int(str(value)) if is_status else value
        if isinstance(number, int) and not isinstance(number, bool) and 400 <= number < 600:
            return number
    return None
