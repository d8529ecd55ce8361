"""A connection and a fact as they may be shown, with what is secret taken out of them."""

from __future__ import annotations

from functools import cache, partial

from ..connection import Connection
from ..finding import Fact, FactDict, Facts
from .outline import SOURCED_ID
from .redactor import HIDDEN, Redactor

# Facts that hold what a server wrote as it wrote it.
_SERVER_FACTS = frozenset({"filter", "location", "product", "said", "server", "usual_server"})
_SCOPES = frozenset({"scope", "scope_given"})


def shown_connection(
    connection: Connection, redactor: Redactor, *, hides_client_id: bool = True
) -> Connection:
    """A connection as typed, without what the redaction hides and without white space around its values.

    `hides_client_id` is False where the client id passed a redaction that knew the secrets: it is the user's
    own and must be found again as it is. With a fixed token it is not used, and not shown: the token may be there.
    """
    hide = redactor.text
    client_id = "" if connection.fixed_token else connection.client_id.strip()
    return connection.but(
        base_url=hide(connection.base_url.strip()),
        token_url=hide(connection.token_url.strip()),
        client_id=hide(client_id) if hides_client_id else client_id,
        scope=hide(connection.scope),
    )


def redacted_facts(facts: Facts, redactor: Redactor) -> FactDict:
    """The facts without what the redaction hides in their texts; numbers stay as they are.

    What a server wrote loses the personal values of its records and parts of secrets as well.
    """
    return {name: _redacted(name, value, redactor) for name, value in facts.items()}


def _redacted(name: str, value: Fact, redactor: Redactor) -> Fact:
    hide = redactor.text
    if name in _SCOPES:
        hide = partial(_redacted_scope, redactor)
    elif name == "examples":
        hide = partial(_redacted_id, redactor)
    elif name in _SERVER_FACTS:
        hide = redactor.server_text
    if isinstance(value, str):
        return hide(value)
    return tuple(map(hide, value)) if isinstance(value, tuple) else value


def _redacted_id(redactor: Redactor, sourced_id: str) -> str:
    """A sourcedId that a record refers to by; what has not the form of one may be anything."""
    return redactor.server_text(sourced_id) if SOURCED_ID.fullmatch(sourced_id) else HIDDEN


def _redacted_scope(redactor: Redactor, scope: str) -> str:
    """A scope; in those of the standard no word is a person's, though people may be called so."""
    words = (
        redactor.text(word) if word in _standard_scopes() else redactor.server_text(word)
        for word in scope.split(" ")
    )
    return " ".join(words)


@cache
def _standard_scopes() -> frozenset[str]:
    from ..standard.operations import SCOPE_PREFIX
    from ..standard.scopes import all_scopes

    return frozenset(
        prefix + name for version, prefix in SCOPE_PREFIX.items() for name in all_scopes(version)
    )
