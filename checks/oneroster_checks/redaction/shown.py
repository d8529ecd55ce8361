"""A connection and a fact as they may be shown, with what is secret taken out of them."""

from __future__ import annotations

from ..connection import Connection
from ..finding import Fact
from .redactor import Redactor


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


def shown_fact(value: Fact, redactor: Redactor) -> Fact:
    """A fact without what the redaction hides in its texts; numbers stay as they are."""
    if isinstance(value, str):
        return redactor.text(value)
    return tuple(map(redactor.text, value)) if isinstance(value, tuple) else value
