"""What the user knows about a connection, with the secrets kept apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Literal, Never

from .errors import SecretPickled
from .limits import REQUEST_S

OAuthVersion = Literal[1, 2]
OneRosterVersion = Literal["1.1", "1.2"]
Share = Literal["rostering", "demographics", "gradebook", "assessments", "resources"]
# The id of the provider that this tool is made for; a connection that names none is of this one.
CAMPUS = "infinite-campus"
SHARES: tuple[Share, ...] = ("rostering", "demographics", "gradebook", "assessments", "resources")


class Secret:
    """A value that no repr, str, format or log shows.

    `Secret(text)` holds the text, `reveal()` gives it back; an empty secret is falsy. Two secrets are
    equal when their texts are.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str = "") -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself; call it only where the value is sent or stored."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret(hidden)" if self._text else "Secret(empty)"

    __str__ = __repr__

    def __reduce__(self) -> Never:
        raise SecretPickled(
            "A secret is not pickled or deep-copied: that would write it down. Hand on reveal()."
        )


@dataclass(frozen=True, slots=True)
class Credentials:
    """The secrets of one connection: the client secret and, for the grade book, the vendor's own pair."""

    client_secret: Secret = field(default_factory=Secret)
    vendor_key: Secret = field(default_factory=Secret)
    vendor_secret: Secret = field(default_factory=Secret)

    def texts(self) -> tuple[str, ...]:
        """Every text that is set; what the redaction must never let out."""
        every: Iterator[Secret] = (getattr(self, each.name) for each in fields(self))
        return tuple(secret.reveal() for secret in every if secret)


@dataclass(frozen=True, slots=True)
class Connection:
    """One connection as the user describes it, without a secret.

    `timeout` is in seconds and holds for one request. `created` is the day on which the district made the
    connection, None when nobody knows. `ca_file` is a PEM file with further certificate authorities.
    `allow_plain_http` is the user's explicit wish to send credentials over http to another machine. With
    `fixed_token`, which goes with `oauth` 2 only, the client secret is the bearer token itself: no token is
    requested, and neither the token URL nor the client id is used.
    """

    provider: str = CAMPUS
    oauth: OAuthVersion = 2
    oneroster: OneRosterVersion = "1.2"
    base_url: str = ""
    token_url: str = ""
    client_id: str = ""
    share: tuple[Share, ...] = ("rostering",)
    created: date | None = None
    scope: str = ""
    ca_file: str = ""
    timeout: float = REQUEST_S
    allow_plain_http: bool = False
    fixed_token: bool = False

    @property
    def requests_token(self) -> bool:
        """Whether a token is requested at the token URL: OAuth 2, and the token is not fixed."""
        return self.oauth == 2 and not self.fixed_token

    def shares(self, part: Share) -> bool:
        """Whether the user expects this part to be shared."""
        return part in self.share

    def but(self, **changes: object) -> Connection:
        """The same connection with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


# The fields that hold a secret, and those of the connection that hold what the user typed, a text each.
SECRET_FIELDS: tuple[str, ...] = tuple(each.name for each in fields(Credentials))
TEXT_FIELDS: tuple[str, ...] = tuple(
    each.name for each in fields(Connection) if each.type == "str" and each.name != "provider"
)

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """An answer of the district with the day on which it was given."""

    answer: Answer
    day: date


# An answer without a day was given for the run that it is handed to.
DistrictAnswer = Answer | DatedAnswer


def answer_of(given: DistrictAnswer) -> Answer:
    """The answer itself, with or without a day."""
    return given.answer if isinstance(given, DatedAnswer) else given
