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
    from ..client.authorization import Signed
    from ..client.data import DataClient
    from ..client.oauth1 import SignatureMethod, SignedAs
    from ..client.reading import Reading
    from ..client.token_answer import Token
    from ..http.answer import Answer
    from ..http.session import Session
    from ..http.transient import TransientError

TOO_SLOW = "the server is slow, so only the necessary requests were made"


@dataclass(slots=True)
class TokenStory:
    """How the token was obtained: what was refused on the way, as evidence.

    `needed_scope` is the scope that nobody named and without which no token was issued, `data_scope` the one
    without which the token opened no data.
    """

    needed_scope: str = ""
    data_scope: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedTime:
    """That the server refuses the time in signatures: by the code that it gave, or by accepting its own time.

    `code` is "" where it gave none; `ahead_s` how far the server's time is ahead of this computer's, None when
    not known; `accepted` whether a signature with the server's time was accepted.
    """

    code: str
    ahead_s: float | None
    accepted: bool
    evidence: tuple[Evidence, ...]


@dataclass(slots=True)
class FullRoster:
    """What depth full has read to the end: every user's sourcedId, and who is enrolled in which role."""

    users: set[str] = field(default_factory=set)
    enrolled: dict[str, Counter[str]] = field(default_factory=dict)


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
    # The answer that brought the token: what the server's own answers look like.
    token_answer: Answer | None = None
    story: TokenStory = field(default_factory=TokenStory)
    # The method by which requests are signed, and the same once an answer has proved the signature accepted.
    signing: SignatureMethod | None = None
    signature: SignatureMethod | None = None
    # What signatures say in place of the address and the time of a request, None for nothing else.
    signed_as: SignedAs | None = None
    refused_time: RefusedTime | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
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

    def signer(self, method: SignatureMethod, secret: Secret | None = None) -> Signed:
        """Signs by a method as requests are signed in this run, with another secret if one is given."""
        from ..client.authorization import Signed
        from ..client.oauth1 import AS_SENT

        return Signed(self.key, secret or self.secret, method, self.signed_as or AS_SENT)

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
