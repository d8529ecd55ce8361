"""What can be broken in a practice district, as data: each fault changes exactly one of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Literal

from oneroster_checks.connection import Connection, Credentials, OAuthVersion, OneRosterVersion, Share

from .exchange import Ask, Reply, Site
from .rows import Pattern, Record

SHA1 = "HMAC-SHA1"
SHA256 = "HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem that a practice district can have.

    `code` is the cause that a diagnosis must name. `oauth` and `oneroster` are set where it shows only
    with that version, `share` where a part must be shared for it to show.
    """

    code: str
    title: str
    oauth: OAuthVersion | None = None
    oneroster: OneRosterVersion | None = None
    share: tuple[Share, ...] | None = None


class Line(Enum):
    """What answers at the port."""

    OPEN = auto()
    REFUSED = auto()
    SILENT = auto()
    CLOSED = auto()
    TLS_ALERT = auto()


class Certificate(Enum):
    """The certificate that the port shows; all but the untrusted one come with their authority's file."""

    UNTRUSTED = auto()
    EXPIRED = auto()
    WRONG_HOST = auto()


@dataclass(frozen=True, slots=True)
class TokenRules:
    """How the token endpoint behaves.

    `first` answers before anything is read, `known` after the client was recognised; None goes on.
    `lifetime` is in seconds. `fields` changes the answer's members.
    """

    first: Callable[[Ask], Reply | None] = lambda ask: None
    known: Callable[[Ask], Reply | None] = lambda ask: None
    fields: Callable[[dict[str, object]], dict[str, object]] = lambda members: members
    lifetime: int = 3600
    basic: bool = True
    scope_required: bool = False
    scope_without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignatureRules:
    """Which OAuth 1 requests are accepted."""

    methods: tuple[str, ...] = (SHA256, SHA1)
    refuse_all: bool = False
    refuse_query: bool = False


@dataclass(frozen=True, slots=True)
class DataRules:
    """How data calls are answered.

    `first` answers before the caller is checked, `granted` afterwards with the number of this call since
    the token was issued; None goes on. `withheld` parts are refused though the connection promises them.
    `only` names the lists that rostering still answers, None for all. `delay` is in seconds.
    """

    first: Callable[[Ask, Site], Reply | None] = lambda ask, site: None
    granted: Callable[[Ask, Site, int], Reply | None] = lambda ask, site, call: None
    anybody: bool = False
    withheld: tuple[Share, ...] = ()
    only: tuple[str, ...] | None = None
    delay: float = 0.0
    plain_errors: bool = False
    envelope: Callable[[str, str], str] = lambda path_name, key: key


@dataclass(frozen=True, slots=True)
class RosterRules:
    """What the roster holds. `kept` is by student, guardian or teacher; `empty` names entities, `*` all."""

    kept: Mapping[str, Pattern] = field(default_factory=dict)
    empty: tuple[str, ...] = ()
    years_back: int = 0
    other_version: bool = False
    change: Callable[[str, int, Record], Record] = lambda entity, place, record: record


@dataclass(frozen=True, slots=True)
class ListHabits:
    """How lists are cut, ordered and counted."""

    offset_ignored: bool = False
    limit_cap: int = 50_000  # the largest limit that Campus is known to take
    total: Literal["right", "missing", "wrong"] = "right"
    next_loops: bool = False
    duplicates: bool = False
    filters: Literal["kept", "ignored", "refused"] = "kept"
    sort_ignored: bool = False
    fields_ignored: bool = False


HandOut = Callable[[Site, Connection, Credentials], tuple[Connection, Credentials]]


def as_it_is(site: Site, connection: Connection, credentials: Credentials) -> tuple[Connection, Credentials]:
    """Hand out what is right."""
    return connection, credentials


@dataclass(frozen=True, slots=True)
class Fault:
    """One problem and how a district comes to have it."""

    problem: Problem | None = None
    hand_out: HandOut = as_it_is
    line: Line = Line.OPEN
    certificate: Certificate | None = None
    token: TokenRules = field(default_factory=TokenRules)
    signature: SignatureRules = field(default_factory=SignatureRules)
    data: DataRules = field(default_factory=DataRules)
    roster: RosterRules = field(default_factory=RosterRules)
    lists: ListHabits = field(default_factory=ListHabits)
    clock_ahead: float = 0.0  # seconds


HEALTHY = Fault()
