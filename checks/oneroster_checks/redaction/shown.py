"""A connection as it may be shown, with what is secret taken out of its fields."""

from __future__ import annotations

from ..connection import Connection
from .redactor import Redactor


def shown_connection(
    connection: Connection, redactor: Redactor, *, hides_client_id: bool = True
) -> Connection:
    """A connection as typed, without what the redaction hides and without white space around its values.

    `hides_client_id` is False where the client id passed a redaction that knew the secrets: it is the user's
    own and must be found again as it is.
    """
    hide = redactor.text
    client_id = connection.client_id.strip()
    return connection.but(
        base_url=hide(connection.base_url.strip()),
        token_url=hide(connection.token_url.strip()),
        client_id=hide(client_id) if hides_client_id else client_id,
        scope=hide(connection.scope),
    )
