"""Whether a connection can be run at all: the kinds and choices of its fields, not what they say."""

from __future__ import annotations

from datetime import date, datetime
from typing import get_args

from .connection import SHARES, TEXT_FIELDS, Connection, OAuthVersion, OneRosterVersion
from .errors import InvalidConnection
from .labels import field_label
from .limits import LONGEST_REQUEST_S, SHORTEST_REQUEST_S, is_request_limit
from .providers import provider


def validate(connection: Connection) -> None:
    """InvalidConnection, or UnknownProvider, with one sentence when a field has a value that cannot be.

    Types are checked too, since a connection may come from a program without a type checker.
    """
    provider(connection.provider)
    for name in TEXT_FIELDS:
        if not isinstance(getattr(connection, name), str):
            raise InvalidConnection(f"The {field_label(name)} is no text.")
    _one_of("oauth", connection.oauth, get_args(OAuthVersion))
    _one_of("oneroster", connection.oneroster, get_args(OneRosterVersion))
    share: object = connection.share
    if not isinstance(share, tuple) or not set(share) <= set(SHARES):
        raise InvalidConnection(f"The {field_label('share')} is no tuple of {', '.join(SHARES)}.")
    created: object = connection.created
    if created is not None and (not isinstance(created, date) or isinstance(created, datetime)):
        raise InvalidConnection(f"The {field_label('created')} is no date.")
    if not is_request_limit(connection.timeout):
        raise InvalidConnection(
            f"The {field_label('timeout')} is no number of seconds from {SHORTEST_REQUEST_S:g} to "
            f"{LONGEST_REQUEST_S:g}."
        )


def _one_of(name: str, value: object, choices: tuple[object, ...]) -> None:
    if isinstance(value, bool) or value not in choices:
        raise InvalidConnection(f"The {field_label(name)} is one of {', '.join(map(str, choices))}.")
