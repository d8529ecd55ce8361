"""What one run knows and has learnt so far; the only way in which stages hand something on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import TYPE_CHECKING

from ..connection import Connection, Credentials, Secret
from ..evidence import Evidence
from ..providers import Provider
from ..redaction import Redactor
from ..standard.envelopes import Record
from ..standard.keys import clean_key
from ..standard.operations import Service

if TYPE_CHECKING:
    from ..client.data import DataClient
    from ..client.oauth1 import SignatureMethod
    from ..client.reading import Reading
    from ..client.token_answer import Token
    from ..http.session import Session
    from ..http.transient import TransientError
    from ..target import Target

# Rows of one page: the standard's own default, which every server must manage.
PAGE = 100
# A median above this many seconds is slow, when at least so many calls were made; this project's own measure.
SLOW_MEDIAN_S = 5.0
ENOUGH_CALLS = 4
TOO_SLOW = "the server answers slowly, so only what is needed was asked"


@dataclass(slots=True)
class TokenStory:
    """How the token was got: what was refused on the way, as evidence."""

    refused_in_header: bool = False
    needed_scope: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(slots=True)
class Whole:
    """What depth full has read to the end: every user's sourcedId, and who is enrolled in which role."""

    users: set[str] = field(default_factory=set)
    enrolled: dict[str, Counter[str]] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """One run: the connection with its keys cleaned, the wire, and what the stages learnt.

    `today` is the local day of the run. `readings` holds the first page of each collection by its path;
    `roots` the service roots in use, mended where only another form of the address works.
    """

    connection: Connection
    credentials: Credentials
    provider: Provider
    target: Target
    redactor: Redactor
    session: Session
    data: DataClient
    today: date
    roots: dict[Service, str] = field(default_factory=dict)
    token: Token | None = None
    story: TokenStory = field(default_factory=TokenStory)
    signature: SignatureMethod | None = None
    readings: dict[str, Reading] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    trace: list[Evidence] = field(default_factory=list)
    transient_errors: list[tuple[TransientError, Evidence]] = field(default_factory=list)
    # Server minus this computer, in seconds, by the first answer that had a Date.
    skew: float | None = None
    # The whole roster, None at depth quick.
    whole: Whole | None = None

    async def reading(self, path: str, *, limit: int = PAGE) -> Reading:
        """The first page of a collection, asked for once in a run whoever wants it."""
        if path not in self.readings:
            self.readings[path] = await self.data.list(path, limit=limit)
        return self.readings[path]

    def rows(self, path: str) -> tuple[Record, ...]:
        """The records of a page that was read already, none when it was not."""
        reading = self.readings.get(path)
        return reading.rows if reading else ()

    @property
    def key(self) -> str:
        """The client id as it is sent."""
        return clean_key(self.connection.client_id).text

    @property
    def secret(self) -> Secret:
        """The client secret as it is sent."""
        return Secret(clean_key(self.credentials.client_secret.reveal()).text)

    @property
    def is_slow(self) -> bool:
        """Whether the data calls so far took so long that only the necessary ones should follow."""
        times = [item.elapsed_ms / 1000 for item in self.trace if item.method == "GET"]
        return len(times) >= ENOUGH_CALLS and median(times) > SLOW_MEDIAN_S

    @property
    def scope_given(self) -> str:
        """The scope that came with the token, "" when the server named none."""
        return (self.token.scope or "") if self.token else ""
