"""How servers judge scopes: which a token endpoint gives, in which order it looks, and what its data then wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...servers import Reply, json_reply
from ...servers.reply import JSON
from .replies import error_1_2, oauth_says
from .shapes import V11, V12

CORE_11, ROSTER_11 = f"{V11}roster-core.readonly", f"{V11}roster.readonly"
CORE_12, ROSTER_12 = f"{V12}roster-core.readonly", f"{V12}roster.readonly"
DEMOGRAPHICS_11 = f"{V11}roster-demographics.readonly"
DEMOGRAPHICS_12 = f"{V12}roster-demographics.readonly"
GRADES_11, GRADES_12 = f"{V11}gradebook.readonly", f"{V12}gradebook.readonly"

INVALID_SCOPE = oauth_says(400, "invalid_scope")
FORBIDDEN = error_1_2(403, "forbidden")


@dataclass(frozen=True)
class Scopes:
    """The scope policy of one server; the defaults ask for nothing and open everything.

    At the token endpoint: `may_have` are the scopes that this client may have (None: any text); one that it may
    not have is refused with `refused`, or dropped without a word. `wants_one` refuses who asks for none, by
    `without` (None: `refused`), and `one_at_a_time` who asks for two. `default` is what a token has when nothing
    is left of what was asked. `first` is what is judged first; `tells` how the answer writes what was granted.

    At the data: `opens` are the scopes of which any lets data be read, or all with `all_of_them`; empty lets
    everybody in. `parts` has those of single collections, in place of `opens`. `closed` is said to the others.
    """

    may_have: frozenset[str] | None = None
    unknown: Literal["refused", "dropped"] = "refused"
    wants_one: bool = False
    one_at_a_time: bool = False
    refused: Reply = INVALID_SCOPE
    without: Reply | None = None
    default: str = ""
    first: Literal["credentials", "scope"] = "credentials"
    tells: Literal["in full", "short names", "nothing"] = "in full"
    opens: frozenset[str] = frozenset()
    all_of_them: bool = False
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    closed: Reply = FORBIDDEN

    def grant(self, asked: tuple[str, ...]) -> str | Reply:
        """The scope of the token for who asks for these, or the refusal."""
        if not asked:
            return (self.without or self.refused) if self.wants_one else self.default
        if self.one_at_a_time and len(asked) > 1:
            return self.refused
        known = [scope for scope in asked if self.may_have is None or scope in self.may_have]
        if len(known) < len(asked) and self.unknown == "refused":
            return self.refused
        if not known and self.wants_one:
            return self.refused
        return " ".join(known) or self.default

    def told(self, granted: str) -> str:
        """The granted scope as the token's answer names it, "" for not at all."""
        if self.tells == "nothing":
            return ""
        names = granted.split()
        return " ".join(name.rpartition("/")[2] if self.tells == "short names" else name for name in names)

    def refusal(self, granted: str, collection: str) -> Reply | None:
        """What a data call gets whose token has this scope, None when it is let in."""
        held, opening = frozenset(granted.split()), self.parts.get(collection, self.opens)
        enough = opening <= held if self.all_of_them else bool(opening & held)
        return None if enough or not opening else self.closed


def only(*scopes: str, **more: object) -> Scopes:
    """A client that may have these scopes only, and has to ask for one of them."""
    return Scopes(may_have=frozenset(scopes), wants_one=True, **more)  # type: ignore[arg-type]


def opened_by(*scopes: str, **more: object) -> Scopes:
    """A token for whoever asks, and data only for a token that has one of these scopes."""
    return Scopes(opens=frozenset(scopes), **more)  # type: ignore[arg-type]


def insufficient(status: int, words: str, **more: str) -> Reply:
    """A refusal of a data call as RFC 6750 writes it, in the body alone."""
    return json_reply(status, {"error": "insufficient_scope", "error_description": words, **more})


def challenged(status: int, scope: str, body: bytes = b"") -> Reply:
    """A refusal of a data call as RFC 6750 writes it, in its header."""
    challenge = f'Bearer realm="oneroster", error="insufficient_scope", scope="{scope}"'
    return Reply(status, body, (JSON, ("WWW-Authenticate", challenge)))
