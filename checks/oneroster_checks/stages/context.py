"""What one run knows and has learned so far; the only way in which stages hand something on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from ..connection import Connection, Secret
from ..evidence import Evidence, EvidenceKind
from ..limits import ENOUGH_REQUESTS, PAGE_ROWS, SLOW_MEDIAN_S
from ..providers import Provider
from ..redaction import Redactor
from ..standard.envelopes import Record
from ..target import Target

if TYPE_CHECKING:
    from ..client.data import DataClient
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Reading
    from ..client.token_answer import Token
    from ..http.session import Session
    from ..http.transient import TransientError

TOO_SLOW = "the server is slow, so only the necessary requests were made"


@dataclass(slots=True)
class TokenStory:
    """How the token was obtained: what was refused on the way, as evidence."""

    needed_scope: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class FullRoster:
    """What depth full has read to the end, of the records that are not deleted where it says so.

    `users` and `classes` are all sourcedIds. `enrolled` counts, by role in small letters, the enrollments of
    each user, and `enrolled_classes` those of each class, deleted ones left out; `without_user` and
    `without_class` are a few enrollments whose user or class is not there. `agents` are whom people name as
    theirs; of `people`, `students` and `guardians` have such a role, and `enabled` and `disabled` say so.
    """

    users: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    enrolled: dict[str, Counter[str]] = field(default_factory=dict)
    enrolled_classes: Counter[str] = field(default_factory=Counter)
    agents: set[str] = field(default_factory=set)
    without_user: list[str] = field(default_factory=list)
    without_class: list[str] = field(default_factory=list)
    people: int = 0
    students: int = 0
    guardians: int = 0
    enabled: int = 0
    disabled: int = 0


@dataclass(slots=True)
class RunContext:
    """One run: its target, its session, and what the stages learned.

    `today` is the local day of the run. `readings` holds the first page of each collection by its path.
    """

    target: Target
    redactor: Redactor
    session: Session
    data: DataClient
    today: date
    token: Token | None = None
    story: TokenStory = field(default_factory=TokenStory)
    # The method by which requests are signed, and the same once an answer has proved the signature accepted.
    signing: SignatureMethod | None = None
    signature: SignatureMethod | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
    # Further pages by path, offset and limit.
    pages: dict[tuple[str, int, int], Reading] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    trace: list[Evidence] = field(default_factory=list)
    transient_errors: list[tuple[TransientError, Evidence]] = field(default_factory=list)
    # Server minus this computer, in seconds, by the first answer that had a Date.
    skew: float | None = None
    # The whole roster, None at depth quick.
    full: FullRoster | None = None

    async def reading(self, path: str, *, limit: int = PAGE_ROWS) -> Reading:
        """The first page of a collection, requested once in a run whoever wants it."""
        if path not in self.readings:
            self.readings[path] = await self.data.list(path, limit=limit)
        return self.readings[path]

    async def page_at(self, path: str, offset: int, limit: int, note: str) -> Reading:
        """A page behind the first, requested once in a run whoever wants it."""
        key = (path, offset, limit)
        if key not in self.pages:
            params = {"offset": offset}
            self.pages[key] = await self.data.list(path, limit=limit, params=params, note=note)
        return self.pages[key]

    def rows(self, path: str) -> tuple[Record, ...]:
        """The records of a page that was read already, none when it was not."""
        reading = self.readings.get(path)
        return reading.rows if reading else ()

    @property
    def connection(self) -> Connection:
        """The connection as it was typed."""
        return self.target.connection

    @property
    def provider(self) -> Provider:
        """The provider of the connection."""
        return self.target.provider

    @property
    def key(self) -> str:
        """The client id as it is sent."""
        return self.target.client_id

    @property
    def secret(self) -> Secret:
        """The client secret as it is sent."""
        return self.target.secret

    @property
    def is_slow(self) -> bool:
        """Whether the data requests so far took so long that only the necessary ones should follow."""
        times = self.data_seconds()
        return len(times) >= ENOUGH_REQUESTS and median(times) > SLOW_MEDIAN_S

    def data_requests(self) -> list[Evidence]:
        """Every data request that was made so far."""
        return [each for each in self.trace if each.kind is EvidenceKind.REQUEST and each.method == "GET"]

    def data_seconds(self) -> list[float]:
        """How long each of them took, in seconds."""
        return [each.elapsed_ms / 1000 for each in self.data_requests()]

    @property
    def scope_given(self) -> str:
        """The scope that came with the token, "" when the server named none."""
        return (self.token.scope or "") if self.token else ""
