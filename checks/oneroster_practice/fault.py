"""What can be broken in a practice district, as data. A fault changes one of these and leaves the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from oneroster_checks.connection import Connection, Credentials, OAuthVersion, OneRosterVersion, Share

from .exchange import Request, Response
from .form import Record
from .lazy_list import Pattern
from .planting import Plant
from .records import Records
from .site import Site

# Which side of a move a district is.
Side = Literal["old", "new"]
TracedKind = Literal["student", "teacher", "class", "grade"]

SHA1 = "HMAC-SHA1"
SHA256 = "HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Traced:
    """The record that must be traced for a problem to show.

    `kind` is what it is called, `id` gives what a person would type for it, from the records of the district.
    """

    kind: TracedKind
    id: Callable[[Records], str]


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that a practice district can have.

    `code` is the cause that a diagnosis must name, `title` says in plain words what is broken. `oauth` and
    `oneroster` are set where the problem shows only with that version, `share` where a part must be shared
    for it to show. `count` is how many times it is there unless another number is chosen, None where it cannot be
    counted. `full_depth` says that only a run that reads every record, or writes, can see it, and `consumer` whose
    steps a run must take to see it, "" for no consumer's. `pair` says that it is between the two sides of a move, so
    that no district has it alone. `traced` is the record whose trace names it; the checks of a connection do not name
    such a problem.
    """

    code: str
    title: str
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None
    share: tuple[Share, ...] | None = None
    count: int | None = None
    full_depth: bool = False
    consumer: str = ""
    pair: bool = False
    traced: Traced | None = None


class PortBehavior(Enum):
    """What the server's port does when somebody connects."""

    SERVE = auto()
    REFUSE = auto()
    STAY_SILENT = auto()
    CLOSE = auto()
    TLS_ALERT = auto()
    OTHER_PROTOCOL = auto()


class BadCertificate(Enum):
    """What is wrong with the server's certificate.

    The district hands out its authority's CA file, except for UNTRUSTED, where that file is what is missing.
    """

    UNTRUSTED = auto()
    EXPIRED = auto()
    WRONG_HOST = auto()


@dataclass(frozen=True, slots=True)
class TokenRules:
    """How the token endpoint behaves.

    `before_checks` answers before anything in the request is read, `after_login` once the client's
    credentials were accepted; None means to go on. `edit` changes the members of the token response.
    `lifetime` is in seconds. `takes_basic` says whether credentials may come in the header. A token never
    gets a scope of `withheld_scopes` (short names), and none is issued without a scope if `scope_required`.
    """

    before_checks: Callable[[Request], Response | None] = lambda request: None
    after_login: Callable[[Request], Response | None] = lambda request: None
    edit: Callable[[dict[str, object]], dict[str, object]] = lambda members: members
    lifetime: int = 3600
    takes_basic: bool = True
    scope_required: bool = False
    withheld_scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureRules:
    """Which OAuth 1 signatures are accepted: by these methods, and all, or none, or none with a query.

    With `other_scheme` those for http where the request came by https, and the other way about: a server
    behind a proxy that does not say how it was asked.
    """

    methods: tuple[str, ...] = (SHA256, SHA1)
    refuse_all: bool = False
    refuse_query: bool = False
    other_scheme: bool = False


@dataclass(frozen=True, slots=True)
class DataRules:
    """How data requests are answered.

    `before_authorization` answers before the caller is checked, `after_authorization` afterwards, with the
    number of this request since the token was issued (1 is the first); None means to go on. `open_to_all`
    asks nobody for a token. Parts in `refused_parts` are refused although the connection promises them.
    `collections` names the lists of rostering that are shared, None for all. `delay` is in seconds.
    `plain_errors` gives errors that are not in the standard's format. `list_key` gives the key under which a
    list is returned, from the collection in the path and the standard's own key; `content_type` is that of lists.
    An operation whose path has one of the `absent` shapes is not there; a list whose path has one of the `empty`
    shapes has no record. `edit` changes each record as it is sent, whatever filters see.
    """

    before_authorization: Callable[[Request, Site], Response | None] = lambda request, site: None
    after_authorization: Callable[[Request, Site, int], Response | None] = lambda request, site, number: None
    open_to_all: bool = False
    refused_parts: tuple[Share, ...] = ()
    collections: tuple[str, ...] | None = None
    delay: float = 0.0
    plain_errors: bool = False
    list_key: Callable[[str, str], str] = lambda collection, key: key
    content_type: str = "application/json"
    absent: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    edit: Callable[[Record], Record] | None = None


@dataclass(frozen=True, slots=True)
class RosterRules:
    """What is in the roster.

    `shared` says which people have a user account, by the word of their role; a role without an entry has
    all of its people. `empty` names entities without a record, `*` all. `years_back` moves the school year into the
    past, and `last_year` adds a term of the year before. `other_version` makes records in the format of the other
    OneRoster version. `edit` changes a record, from its entity and its position in the list; `plant` changes a
    number of records that is chosen, and adds some.
    """

    shared: Mapping[str, Pattern] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    years_back: int = 0
    last_year: bool = False
    other_version: bool = False
    edit: Callable[[str, int, Record], Record] | None = None
    plant: Plant | None = None


@dataclass(frozen=True, slots=True)
class ListRules:
    """How lists are cut into pages, filtered, sorted and counted.

    `limit_ignored` returns a list whole, `largest_limit` refuses requests for more records than this.
    `next_origin` is where the links to the next page lead, "" for where the district is. `delta_ignored` returns
    records whenever they were changed, and `no_match_refused` answers a filter that no record passes with an error.
    `empty_left_out` leaves out a list that has no record, and `links_missing` the links to other pages.
    """

    offset_ignored: bool = False
    limit_cap: int = 50_000  # the largest limit that Campus is known to take
    limit_ignored: bool = False
    largest_limit: int | None = None
    total: Literal["right", "missing", "wrong"] = "right"
    next_loops: bool = False
    next_origin: str = ""
    duplicates: bool = False
    filters: Literal["applied", "ignored", "refused"] = "applied"
    sort_ignored: bool = False
    fields_ignored: bool = False
    delta_ignored: bool = False
    no_match_refused: bool = False
    empty_left_out: bool = False
    links_missing: bool = False


@dataclass(frozen=True, slots=True)
class WriteRules:
    """What becomes of what a vendor writes to the grade book: refused, or changed before it is kept."""

    puts_refused: bool = False
    deletes_refused: bool = False
    keep: Callable[[Record], Record] = lambda record: record


HandedOut = tuple[Connection, Credentials]
HandOut = Callable[[Site, Connection, Credentials], HandedOut]


def unchanged(site: Site, connection: Connection, credentials: Credentials) -> HandedOut:
    """Hand out what is right."""
    return connection, credentials


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem and how a district comes to have it.

    `hand_out` makes the connection and credentials that the district gives to the vendor out of the right
    ones. `clock_ahead` is in seconds. Of a problem between the two sides of a move this is what the new one has, and
    `old` what the old one has, None for nothing.
    """

    problem: Problem | None = None
    hand_out: HandOut = unchanged
    port: PortBehavior = PortBehavior.SERVE
    certificate: BadCertificate | None = None
    token: TokenRules = field(default_factory=TokenRules)
    signature: SignatureRules = field(default_factory=SignatureRules)
    data: DataRules = field(default_factory=DataRules)
    roster: RosterRules = field(default_factory=RosterRules)
    lists: ListRules = field(default_factory=ListRules)
    writes: WriteRules = field(default_factory=WriteRules)
    clock_ahead: float = 0.0
    old: Fault | None = None


HEALTHY = Fault()
